package org.auscult.server.timeline;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.instance.model.api.IBaseResource;
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
    String type = kind.fhirType();
    return read(daos.getResourceDao(type), new IdType(type, id, Long.toString(version)))
        .map(Resource.class::cast);
  }

  /** The version that stands; empty if it was deleted or expunged. */
  <T extends Resource> Optional<T> read(Class<T> type, String id) {
    return read(daos.getResourceDao(type), new IdType(type.getSimpleName(), id));
  }

  private static <T extends IBaseResource> Optional<T> read(IFhirResourceDao<T> dao, IdType id) {
    try {
      // HAPI gives null for a resource of which it has no version any more.
      return Optional.ofNullable(dao.read(id, new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }
}
