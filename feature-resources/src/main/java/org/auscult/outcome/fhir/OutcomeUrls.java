package org.auscult.outcome.fhir;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of the outcome profile and its extensions; the guide in {@code ig} defines them. */
public final class OutcomeUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  public static final String OUTCOME_DEFINITION = SD + "outcome-definition";

  public static final String EVENT = SD + "outcome-event";
  public static final String THRESHOLD = SD + "outcome-threshold";
  public static final String CONFIRMED_AFTER = SD + "outcome-confirmed-after";
  public static final String CONFIRMED_WITHIN = SD + "outcome-confirmed-within";
  public static final String MEASURED = SD + "outcome-measured";
  public static final String EXCEPT = SD + "outcome-except";
  public static final String EXCEPT_VALUE_SET = SD + "outcome-except-value-set";
  public static final String HORIZON = SD + "outcome-horizon";
  public static final String HORIZON_FROM = SD + "outcome-horizon-from";
  public static final String HORIZON_ENCOUNTER = SD + "outcome-horizon-encounter";
  public static final String HORIZON_ENDS = SD + "outcome-horizon-ends";
  public static final String BLANKING = SD + "outcome-blanking";
  public static final String WASHOUT = SD + "outcome-washout";
  public static final String FIRST_EVER = SD + "outcome-first-ever";
  public static final String EXCLUSION = SD + "outcome-exclusion";
  public static final String REQUIREMENT = SD + "outcome-requirement";
  public static final String COMPETING = SD + "outcome-competing";
  public static final String FOLLOW_UP_ENCOUNTER = SD + "outcome-follow-up-encounter";
  public static final String FOLLOW_UP_FEATURE = SD + "outcome-follow-up-feature";
  public static final String FOLLOW_UP_TOLERANCE = SD + "outcome-follow-up-tolerance";

  /** The Observation that holds the label of a prediction, and what goes with it. */
  public static final String LABEL = SD + "outcome-label";

  /** The Observation that holds what people said became of a prediction. */
  public static final String ADJUDICATED_LABEL = SD + "adjudicated-label";

  public static final String LABEL_PROVENANCE = SD + "outcome-label-provenance";
  public static final String LABEL_DEFINITION = SD + "outcome-label-definition";
  public static final String LABEL_OUTPUT = SD + "outcome-label-output";
  public static final String LABEL_TIME = SD + "outcome-label-time";
  public static final String EVIDENCE = SD + "outcome-evidence";

  public static final String LABEL_SYSTEM = FeatureUrls.BASE + "/CodeSystem/outcome-label";
  public static final String REASON_SYSTEM = FeatureUrls.BASE + "/CodeSystem/outcome-label-reason";

  private OutcomeUrls() {}
}
