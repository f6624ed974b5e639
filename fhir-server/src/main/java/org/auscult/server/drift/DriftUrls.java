package org.auscult.server.drift;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of drift reports; the guide in {@code ig} defines them. */
public final class DriftUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  public static final String MEASURE = FeatureUrls.BASE + "/Measure/model-drift";
  public static final String REPORT = SD + "drift-report";
  static final String REFERENCE_REPORT = SD + "drift-reference-report";
  static final String REFERENCE = SD + "drift-reference";
  static final String BAND = SD + "figure-band";
  static final String DRIFT = FeatureUrls.BASE + "/OperationDefinition/drift";
  static final String DRIFT_REFERENCE = FeatureUrls.BASE + "/OperationDefinition/drift-reference";

  private DriftUrls() {}
}
