package org.auscult.feature.fhir;

/** Canonicals of the feature profiles and extensions; the guide in {@code ig} defines them. */
public final class FeatureUrls {
  public static final String BASE = "https://auscult.org/fhir";
  private static final String SD = BASE + "/StructureDefinition/";

  public static final String FEATURE_DEFINITION = SD + "feature-definition";
  public static final String FEATURE_SET = SD + "feature-set";

  public static final String OPERATOR = SD + "feature-operator";
  public static final String LOOKBACK = SD + "feature-lookback";
  public static final String UNIT = SD + "feature-unit";
  public static final String PLAUSIBLE_RANGE = SD + "feature-plausible-range";
  public static final String MISSING_DEFAULT = SD + "feature-missing-default";
  public static final String STATUS = SD + "feature-status";
  public static final String TRUE_VALUES = SD + "feature-true-values";
  public static final String FALSE_VALUES = SD + "feature-false-values";
  public static final String TRUE_ABOVE = SD + "feature-true-above";
  public static final String ANCHOR = SD + "feature-anchor";

  public static final String OPERATOR_SYSTEM = BASE + "/CodeSystem/feature-operator";
  public static final String MISSING_REASON_SYSTEM = BASE + "/CodeSystem/missing-reason";

  private FeatureUrls() {}
}
