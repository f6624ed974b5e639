package org.auscult.server.performance;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of performance reports; the guide in {@code ig} defines them. */
final class PerformanceUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String MEASURE = FeatureUrls.BASE + "/Measure/model-performance";
  static final String REPORT = SD + "performance-report";
  static final String MODEL = SD + "performance-model";
  static final String OUTPUT = SD + "performance-output";
  static final String OUTCOME = SD + "performance-outcome";
  static final String WINDOW = SD + "performance-window-kind";
  static final String STANDING_SYSTEM = FeatureUrls.BASE + "/CodeSystem/prediction-standing";
  static final String MONITOR = FeatureUrls.BASE + "/OperationDefinition/monitor";

  private PerformanceUrls() {}
}
