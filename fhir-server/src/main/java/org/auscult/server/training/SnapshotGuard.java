package org.auscult.server.training;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Identifier;
import org.jspecify.annotations.Nullable;

/** Lets nobody write, change or delete what stands for a data set: its maker alone does. */
@Interceptor
public final class SnapshotGuard {
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void create(IBaseResource resource, @Nullable RequestDetails request) {
    refuse(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void update(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
    refuse(before, request);
    refuse(after, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void delete(IBaseResource resource, @Nullable RequestDetails request) {
    refuse(resource, request);
  }

  private static void refuse(@Nullable IBaseResource resource, @Nullable RequestDetails request) {
    if (request == null || request instanceof SystemRequestDetails) {
      return;
    }
    boolean isOurs =
        resource instanceof Group group
            ? group.getIdentifier().stream().anyMatch(SnapshotGuard::isOurs)
            : resource instanceof DocumentReference document
                && isOurs(document.getMasterIdentifier());
    if (isOurs) {
      throw new MethodNotAllowedException(
          "What describes a data set is written by $training-set alone, and never changes.");
    }
  }

  private static boolean isOurs(Identifier identifier) {
    return SnapshotResources.SYSTEM.equals(identifier.getSystem());
  }
}
