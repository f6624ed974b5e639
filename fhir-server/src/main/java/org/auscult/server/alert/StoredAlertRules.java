package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.util.List;
import org.auscult.monitoring.alert.AlertRule;
import org.auscult.server.life.ActivePlans;
import org.hl7.fhir.r4.model.PlanDefinition;

/** The alert rules in the FHIR store. */
final class StoredAlertRules {
  private final IFhirResourceDao<PlanDefinition> plans;
  private final AlertRules reader;

  StoredAlertRules(IFhirResourceDao<PlanDefinition> plans, AlertRules reader) {
    this.plans = plans;
    this.reader = reader;
  }

  /** Those that are applied. */
  List<AlertRule> active() {
    return ActivePlans.read(plans, AlertRules::isOne, reader::read);
  }
}
