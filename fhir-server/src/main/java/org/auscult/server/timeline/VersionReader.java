package org.auscult.server.timeline;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;

/** Reads one stored version of a resource. */
final class VersionReader {
  private final DaoRegistry daos;

  VersionReader(DaoRegistry daos) {
    this.daos = daos;
  }

  /** The version as it was stored; empty if it was expunged. */
  Optional<Resource> read(ResourceKind kind, String id, long version) {
    try {
      // HAPI gives null for a resource of which it has no version any more.
      return Optional.ofNullable(
          (Resource)
              daos.getResourceDao(kind.fhirType())
                  .read(
                      new IdType(kind.fhirType(), id, Long.toString(version)),
                      new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }
}
