package org.auscult.audit.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;

/**
 * Lets no AuditEvent into the store, by whatever road: they are made of the audit log, and nobody
 * else's may stand beside them.
 */
@Interceptor
public final class AuditEventGuard {
  /** On a create. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void create(IBaseResource resource) {
    refuse(resource);
  }

  /** On an update or a patch. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void update(IBaseResource before, IBaseResource after) {
    refuse(after);
  }

  /** On a delete. */
  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
  public void delete(IBaseResource resource) {
    refuse(resource);
  }

  private static void refuse(IBaseResource resource) {
    if (resource instanceof AuditEvent) {
      throw new MethodNotAllowedException(
          "AuditEvents are made of the audit log alone. Read or search them; nobody writes them.");
    }
  }
}
