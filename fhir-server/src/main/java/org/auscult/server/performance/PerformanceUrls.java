package org.auscult.server.performance;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of performance reports; the guide in {@code ig} defines them. */
public final class PerformanceUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  public static final String MEASURE = FeatureUrls.BASE + "/Measure/model-performance";
  public static final String REPORT = SD + "performance-report";
  public static final String MODEL = SD + "performance-model";
  public static final String OUTPUT = SD + "performance-output";
  public static final String OUTCOME = SD + "performance-outcome";
  public static final String COHORT = SD + "performance-cohort";
  public static final String STANDING_SYSTEM = FeatureUrls.BASE + "/CodeSystem/prediction-standing";
  public static final String MONITOR = FeatureUrls.BASE + "/OperationDefinition/monitor";

  private PerformanceUrls() {}
}
