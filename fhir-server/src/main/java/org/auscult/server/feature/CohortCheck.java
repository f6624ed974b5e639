package org.auscult.server.feature;

import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.fhir.CohortGroups;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.fhir.Parsed;
import org.hl7.fhir.r4.model.Group;

/** Holds criteria of cohorts to what can be read of them. */
final class CohortCheck {
  private final FeatureCatalog catalog;

  CohortCheck(FeatureCatalog catalog) {
    this.catalog = catalog;
  }

  /** Refuses what is wrong, if it claims to be one. */
  void check(Group group) {
    if (CohortGroups.isOne(group)
        && CohortGroups.read(group, catalog::feature)
            instanceof Parsed.Refused<CohortCriteria> refused) {
      Refused.ifAny("The criteria are refused", refused.problems());
    }
  }
}
