package org.auscult.server.life;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.auscult.feature.fhir.Parsed;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PlanDefinitions of one kind that are applied. */
public final class ActivePlans {
  private static final Logger LOG = LoggerFactory.getLogger(ActivePlans.class);

  private ActivePlans() {}

  /**
   * Reads them. One that cannot be read is left out, and the log says so.
   *
   * @param isOne whether a PlanDefinition claims to be of this kind
   */
  public static <T> List<T> read(
      IFhirResourceDao<PlanDefinition> plans,
      Predicate<PlanDefinition> isOne,
      Function<PlanDefinition, Parsed<T>> reader) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add(PlanDefinition.SP_STATUS, new TokenParam("active"));
    List<T> read = new ArrayList<>();
    plans.search(search, new SystemRequestDetails()).getAllResources().stream()
        .map(PlanDefinition.class::cast)
        .filter(isOne)
        .forEach(
            plan -> {
              if (reader.apply(plan) instanceof Parsed.Accepted<T> accepted) {
                read.add(accepted.value());
              } else {
                LOG.error(
                    "{} is active, and this version of the server cannot read it",
                    plan.getIdElement().getValue());
              }
            });
    return read;
  }
}
