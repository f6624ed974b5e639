package org.auscult.server.operation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * The patients of whom a profile is made: the members of a Group, those whom a search finds, or
 * all. A search asks for what many patients share; by a name or an identifier nobody is found.
 */
final class ProfileCohort {
  private static final Set<String> SHARED =
      Set.of("gender", "birthdate", "deceased", "death-date", "organization", "language", "active");
  private static final Set<String> SHARED_BY_OTHERS =
      Set.of("code", "date", "class", "type", "status", "clinical-status", "category");

  private final DaoRegistry daos;
  private final FhirContext fhir;
  private final MatchUrlService searches;

  ProfileCohort(DaoRegistry daos, FhirContext fhir, MatchUrlService searches) {
    this.daos = daos;
    this.fhir = fhir;
    this.searches = searches;
  }

  /**
   * Ids, one more than the most if there are more.
   *
   * @param group id of a Group, or reference; null for none
   * @param search as in {@code Patient?gender=female}, without its beginning; null for none
   */
  List<String> patients(
      @Nullable String group, @Nullable String search, int most, Question question) {
    if (group != null && search != null) {
      question.refuse("patients", "and group are both given; give one of them");
      return List.of();
    }
    return group != null
        ? members(group, most, question)
        : found(search == null ? "" : search, most, question);
  }

  private List<String> members(String group, int most, Question question) {
    Group found;
    try {
      IdType id = new IdType("Group", group.replaceFirst("^Group/", ""));
      found = daos.getResourceDao(Group.class).read(id, new SystemRequestDetails());
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      question.refuse("group", "'" + group + "' is no Group that is here");
      return List.of();
    }
    if (!found.getActual()) {
      question.refuse("group", "'" + group + "' describes patients and does not list them");
    }
    return found.getMember().stream()
        .filter(member -> !member.getInactive())
        .map(member -> member.getEntity().getReferenceElement())
        .filter(entity -> "Patient".equals(entity.getResourceType()) && entity.hasIdPart())
        .map(IIdType::getIdPart)
        .distinct()
        .limit(most + 1L)
        .toList();
  }

  private List<String> found(String search, int most, Question question) {
    for (String name : names(search)) {
      if (!isShared(name)) {
        question.refuse(
            "patients",
            "asks by '" + name + "', which may tell of one patient; ask by any of " + SHARED);
        return List.of();
      }
    }
    try {
      SearchParameterMap map =
          searches.translateMatchUrl("Patient?" + search, fhir.getResourceDefinition("Patient"));
      map.setLoadSynchronous(true);
      map.setLoadSynchronousUpTo(most + 1);
      return daos
          .getResourceDao(Patient.class)
          .searchForResourceIds(map, new SystemRequestDetails())
          .stream()
          .map(IIdType::getIdPart)
          .distinct()
          .toList();
    } catch (BaseServerResponseException | DataFormatException e) {
      question.refuse("patients", "is no search: " + e.getMessage());
      return List.of();
    }
  }

  private static List<String> names(String search) {
    return Arrays.stream(search.split("&"))
        .filter(part -> !part.isEmpty())
        .map(part -> part.replaceFirst("=.*", ""))
        .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
        .toList();
  }

  /** Also {@code gender:not}, {@code birthdate}, {@code _has:Condition:patient:code}. */
  private static boolean isShared(String name) {
    String[] parts = name.split(":", -1);
    return parts[0].equals("_has")
        ? parts.length == 4 && SHARED_BY_OTHERS.contains(parts[3])
        : parts.length <= 2 && SHARED.contains(parts[0]);
  }
}
