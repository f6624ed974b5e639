package org.auscult.server.retraining;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of retraining plans; the guide in {@code ig} defines them. */
final class RetrainingUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String PLAN = SD + "retraining-plan";
  static final String TRIGGER = SD + "retraining-trigger";
  static final String WINDOW = SD + "retraining-window";
  static final String SITE = SD + "retraining-site";

  private RetrainingUrls() {}
}
