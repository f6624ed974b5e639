package org.auscult.server.training;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;

/** Reads the Groups that cohorts name. */
final class StoredGroups {
  private final DaoRegistry daos;

  StoredGroups(DaoRegistry daos) {
    this.daos = daos;
  }

  /** One that lists its members. */
  Optional<Group> listing(String id) {
    return group(id).filter(Group::getActual).filter(Group::hasMember);
  }

  /** One that describes its members. */
  Optional<Group> describing(String id) {
    return group(id).filter(Group::hasActual).filter(group -> !group.getActual());
  }

  private Optional<Group> group(String id) {
    try {
      return Optional.of(
          daos.getResourceDao(Group.class)
              .read(new IdType("Group", id), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }
}
