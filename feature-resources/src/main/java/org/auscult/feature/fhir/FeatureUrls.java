package org.auscult.feature.fhir;

/** Canonicals of the feature profiles and extensions; the guide in {@code ig} defines them. */
public final class FeatureUrls {
  public static final String BASE = "https://auscult.org/fhir";
  private static final String SD = BASE + "/StructureDefinition/";

  public static final String FEATURE_DEFINITION = SD + "feature-definition";
  public static final String FEATURE_SET = SD + "feature-set";

  /** Profile of ConceptMaps that say what a source's codes and units mean. */
  public static final String SOURCE_MAPPING = SD + "source-mapping";

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

  public static final String VALUE_UNIT = SD + "feature-value-unit";
  public static final String NTH = SD + "feature-nth";
  public static final String RANGE = SD + "feature-range";
  public static final String BASELINE = SD + "feature-baseline";
  public static final String DISTINCT = SD + "feature-distinct";
  public static final String EXPRESSION = SD + "feature-expression";
  public static final String SINCE_ENCOUNTER = SD + "feature-since-encounter";
  public static final String SINCE_FEATURE = SD + "feature-since-feature";
  public static final String SINCE_CALENDAR = SD + "feature-since-calendar";
  public static final String WINDOW_GAP = SD + "feature-window-gap";
  public static final String WINDOW_ENDS = SD + "feature-window-ends";
  public static final String CATEGORY = SD + "feature-category";
  public static final String INTERPRETATION = SD + "feature-interpretation";
  public static final String ENCOUNTER_CLASS = SD + "feature-encounter-class";
  public static final String DISPLAY = SD + "feature-display";
  public static final String FLAG = SD + "feature-flag";
  public static final String LOCATION = SD + "feature-location";
  public static final String PERFORMER = SD + "feature-performer";
  public static final String BODY_SITE = SD + "feature-body-site";
  public static final String METHOD = SD + "feature-method";
  public static final String DEVICE = SD + "feature-device";
  public static final String CONTEXT = SD + "feature-context";

  /** Named by {@link #CONTEXT}: what infers it where the record says nothing. */
  public static final String CONTEXT_RULE = SD + "feature-context-rule";

  public static final String WITH_MODELS = SD + "feature-with-models";
  public static final String MISSING_CARRY = SD + "feature-missing-carry";
  public static final String MISSING_REFUSE = SD + "feature-missing-refuse";

  /** Hash of what the ValueSets of an active definition expand to; set by the server. */
  public static final String EXPANSION = SD + "feature-expansion";

  /** Stands in a mapping for units as they were recorded, whatever system they name. */
  public static final String RECORDED_UNIT_SYSTEM = BASE + "/CodeSystem/recorded-unit";

  public static final String REFERENCE_RANGE = SD + "feature-reference-range";

  /** Written by {@code $review} alone. */
  public static final String REVIEW = SD + "definition-review";

  public static final String OPERATOR_SYSTEM = BASE + "/CodeSystem/feature-operator";
  public static final String MISSING_REASON_SYSTEM = BASE + "/CodeSystem/missing-reason";

  private FeatureUrls() {}
}
