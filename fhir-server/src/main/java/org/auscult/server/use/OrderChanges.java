package org.auscult.server.use;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.TreeSet;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Hears of orders that stand in no timeline, in the transaction that writes them. */
@Interceptor
public final class OrderChanges {
  private final OrderRows rows;

  OrderChanges(OrderRows rows) {
    this.rows = rows;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void create(IBaseResource resource) {
    changed(resource);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void update(IBaseResource before, IBaseResource after) {
    changed(before, after);
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_DELETED)
  public void delete(IBaseResource resource) {
    changed(resource);
  }

  private void changed(@Nullable IBaseResource... versions) {
    TreeSet<String> patients = new TreeSet<>();
    for (IBaseResource version : versions) {
      if (version instanceof ServiceRequest order) {
        IIdType subject = order.getSubject().getReferenceElement();
        if ("Patient".equals(subject.getResourceType()) && !subject.isAbsolute()) {
          patients.add(subject.getIdPart());
        }
      }
    }
    rows.ordered(patients);
  }
}
