package org.auscult.server.training;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.auscult.access.fhir.CohortSearch;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.training.TrainingPlan.Cohort;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Patient;

/**
 * Whom cohorts name. Who may not be seen, and whom criteria do not let in, is taken out when rows
 * are made, not here.
 */
final class Cohorts implements RunPorts.Members {
  private final DaoRegistry daos;
  private final StoredGroups groups;
  private final MatchUrlService urls;
  private final CohortSearch rules;
  private final FhirContext fhir;

  Cohorts(
      DaoRegistry daos,
      StoredGroups groups,
      MatchUrlService urls,
      CohortSearch rules,
      FhirContext fhir) {
    this.daos = daos;
    this.groups = groups;
    this.urls = urls;
    this.rules = rules;
    this.fhir = fhir;
  }

  /**
   * What is wrong with one.
   *
   * @param name of the parameter
   * @throws BaseServerResponseException if the requester may not search by what it searches by
   */
  Optional<Problem> problem(String name, Cohort cohort, RequestDetails request) {
    String where = "Parameters.parameter('" + name + "')";
    if (cohort instanceof Cohort.Found found) {
      rules.check(request, parameters(found.url()));
      try {
        SearchParameterMap unused = search(found);
        return Optional.empty();
      } catch (BaseServerResponseException | IllegalArgumentException e) {
        return Optional.of(
            new Problem(
                where, name + ": '" + found.url() + "' is no search", "Try it as a GET first."));
      }
    }
    if (cohort instanceof Cohort.Members members && groups.listing(members.group()).isEmpty()) {
      return Optional.of(
          new Problem(
              where,
              name + ": Group/" + members.group() + " is not here, or lists no members",
              "Give a Group that lists members, or one whose actual is false, with criteria."));
    }
    return Optional.empty();
  }

  @Override
  public Optional<SortedSet<String>> patients(Cohort cohort) {
    if (cohort instanceof Cohort.Found found) {
      SortedSet<String> ids = new TreeSet<>();
      for (IIdType id :
          daos.getResourceDao(Patient.class)
              .searchForResourceIds(search(found), new SystemRequestDetails())) {
        ids.add(id.getIdPart());
      }
      return Optional.of(ids);
    }
    if (cohort instanceof Cohort.Members members) {
      return Optional.of(
          groups.listing(members.group()).map(StoredGroups::members).orElseGet(TreeSet::new));
    }
    return Optional.empty();
  }

  private SearchParameterMap search(Cohort.Found found) {
    return urls.translateMatchUrl(found.url(), fhir.getResourceDefinition("Patient"))
        .setLoadSynchronous(true);
  }

  private static Map<String, String[]> parameters(String url) {
    Map<String, String[]> parameters = new LinkedHashMap<>();
    for (String part : url.substring(url.indexOf('?') + 1).split("&")) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      parameters.put(name, new String[] {value});
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
