package org.auscult.server.training;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupMemberComponent;
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

  /** Its active members of our own record, by their logical ids. */
  static SortedSet<String> members(Group group) {
    SortedSet<String> ids = new TreeSet<>();
    group.getMember().stream()
        .filter(member -> !member.getInactive())
        .map(GroupMemberComponent::getEntity)
        .map(entity -> entity.getReferenceElement())
        .filter(id -> "Patient".equals(id.getResourceType()) && !id.hasBaseUrl())
        .forEach(id -> ids.add(id.getIdPart()));
    return ids;
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
