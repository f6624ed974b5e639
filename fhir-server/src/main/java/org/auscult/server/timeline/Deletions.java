package org.auscult.server.timeline;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * When something was deleted, as the record itself says. HAPI does not tell its hooks, and another
 * look at the clock gives a later time than the one that a client reads.
 */
final class Deletions {
  private final EntityManager record;

  Deletions(EntityManager record) {
    this.record = record;
  }

  /** Of a resource that the running transaction has deleted; now, if it also wrote it again. */
  Instant at(Resource resource) {
    List<Date> dates =
        record
            .createQuery(
                "select r.myDeleted from ResourceTable r where r.myResourceType = :type and"
                    + " r.myFhirId = :id and r.myDeleted is not null",
                Date.class)
            .setParameter("type", resource.fhirType())
            .setParameter("id", resource.getIdElement().getIdPart())
            .getResultList();
    return dates.isEmpty() ? Instant.now() : Instant.ofEpochMilli(dates.get(0).getTime());
  }
}
