package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import org.auscult.feature.fhir.Parsed;
import org.auscult.monitoring.alert.AlertRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alert rules in the FHIR store. */
final class StoredAlertRules {
  private static final Logger LOG = LoggerFactory.getLogger(StoredAlertRules.class);

  private final IFhirResourceDao<PlanDefinition> plans;
  private final AlertRules reader;

  StoredAlertRules(IFhirResourceDao<PlanDefinition> plans, AlertRules reader) {
    this.plans = plans;
    this.reader = reader;
  }

  /** Those that are applied. */
  List<AlertRule> active() {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("status", new TokenParam("active"));
    List<IBaseResource> found = plans.search(search, new SystemRequestDetails()).getAllResources();
    List<AlertRule> rules = new ArrayList<>();
    for (IBaseResource resource : found) {
      PlanDefinition plan = (PlanDefinition) resource;
      if (AlertRules.isOne(plan)) {
        if (reader.read(plan) instanceof Parsed.Accepted<AlertRule> accepted) {
          rules.add(accepted.value());
        } else {
          LOG.error(
              "{} is an active alert rule that this version of the server cannot read",
              plan.getIdElement().getValue());
        }
      }
    }
    return rules;
  }
}
