package org.auscult.server.signature;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/** Records and their signatures in HAPI's storage. */
final class StoredRecords implements SignedRecords {
  private final DaoRegistry daos;

  StoredRecords(DaoRegistry daos) {
    this.daos = daos;
  }

  @Override
  public Optional<Resource> version(IdType versioned) {
    if (!daos.isResourceTypeSupported(versioned.getResourceType())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (Resource)
              daos.getResourceDao(versioned.getResourceType())
                  .read(versioned, new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }

  @Override
  public IdType keep(Provenance signature) {
    return new IdType(
        daos.getResourceDao(Provenance.class)
            .create(signature, new SystemRequestDetails())
            .getId()
            .getValue());
  }
}
