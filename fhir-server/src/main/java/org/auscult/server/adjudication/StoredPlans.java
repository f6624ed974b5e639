package org.auscult.server.adjudication;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.monitoring.adjudication.AdjudicationPlan;
import org.auscult.server.life.ActivePlans;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;

/** The plans in the FHIR store, and what they name. */
final class StoredPlans {
  private final DaoRegistry daos;
  private final AdjudicationPlans reader;

  StoredPlans(DaoRegistry daos, AdjudicationPlans reader) {
    this.daos = daos;
    this.reader = reader;
  }

  /** Those that are carried out. */
  List<AdjudicationPlan> active() {
    return ActivePlans.read(
        daos.getResourceDao(PlanDefinition.class), AdjudicationPlans::isOne, reader::read);
  }

  /**
   * The plan of {@code url|version}, whether it is active still or not.
   *
   * @throws IllegalStateException if it cannot be read any more
   */
  AdjudicationPlan plan(String canonical) {
    return all(PlanDefinition.class, canonical).stream()
        .filter(AdjudicationPlans::isOne)
        .findFirst()
        .map(plan -> reader.read(plan).orThrow())
        .orElseThrow(() -> new IllegalStateException(canonical + " cannot be read any more"));
  }

  /** The Questionnaire of {@code url|version}. */
  Optional<Questionnaire> form(String canonical) {
    return all(Questionnaire.class, canonical).stream().findFirst();
  }

  /** Whether a practitioner is here. */
  boolean isThere(String practitioner) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("_id", new TokenParam(new IdType(practitioner).getIdPart()));
    return !search(Practitioner.class, search).isEmpty();
  }

  /** A problem if another resource has the same url and version. */
  List<Problem> another(MetadataResource resource) {
    if (!resource.hasUrl() || !resource.hasVersion()) {
      return List.of();
    }
    String canonical = resource.getUrl() + "|" + resource.getVersion();
    return all(resource.getClass(), canonical).stream()
        .map(found -> found.getIdElement().getIdPart())
        .filter(id -> !id.equals(resource.getIdElement().getIdPart()))
        .map(
            id ->
                new Problem(
                    resource.fhirType() + ".version",
                    canonical + " is already " + resource.fhirType() + "/" + id,
                    "Give the new one a version of its own."))
        .toList();
  }

  private <T extends Resource> List<T> all(Class<T> type, String canonical) {
    int bar = canonical.indexOf('|');
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("url", new UriParam(canonical.substring(0, bar)));
    search.add("version", new TokenParam(canonical.substring(bar + 1)));
    return search(type, search);
  }

  private <T extends Resource> List<T> search(Class<T> type, SearchParameterMap search) {
    return daos
        .getResourceDao(type)
        .search(search, new SystemRequestDetails())
        .getAllResources()
        .stream()
        .map(type::cast)
        .toList();
  }
}
