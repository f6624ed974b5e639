package org.auscult.server.operation;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of our operations; the guide in {@code ig} defines them. */
final class OperationUrls {
  private static final String OPERATION = FeatureUrls.BASE + "/OperationDefinition/";

  static final String FEATURES = OPERATION + "patient-features";
  static final String TIMELINE = OPERATION + "patient-timeline";
  static final String FEEDBACK = OPERATION + "prediction-feedback";
  static final String LABEL = OPERATION + "patient-label";
  static final String FORECAST = OPERATION + "deployment-forecast";
  static final String REBUILD_TIMELINE = OPERATION + "patient-rebuild-timeline";
  static final String DIFF = OPERATION + "definition-diff";
  static final String USAGE = OPERATION + "definition-usage";
  static final String DOCUMENT = OPERATION + "definition-document";
  static final String REVIEW = OPERATION + "definition-review";
  static final String PROFILE = OPERATION + "definition-profile";

  private OperationUrls() {}
}
