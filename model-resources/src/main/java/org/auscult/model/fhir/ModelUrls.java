package org.auscult.model.fhir;

/** Canonicals of the model and prediction profiles; the guide in {@code ig} defines them. */
public final class ModelUrls {
  public static final String BASE = "https://auscult.org/fhir";
  private static final String SD = BASE + "/StructureDefinition/";

  public static final String PREDICTION_MODEL = SD + "prediction-model";
  public static final String PREDICTION = SD + "prediction";
  public static final String SCORE = SD + "score";
  public static final String POINTS = SD + "points";
  public static final String EXPLANATION = SD + "explanation";
  public static final String FEEDBACK = SD + "feedback";
  public static final String FEEDBACK_PROVENANCE = SD + "feedback-provenance";
  public static final String AI_PROVENANCE = SD + "ai-provenance";
  public static final String MODEL_DEVICE = SD + "model-device";
  public static final String HOOK_CALL = SD + "hook-call";

  public static final String INPUT = SD + "model-input";
  public static final String OUTPUT = SD + "model-output";
  public static final String ELIGIBILITY = SD + "model-eligibility";
  public static final String OUTPUT_KIND = SD + "model-output-kind";
  public static final String SENSITIVE_USE = SD + "model-sensitive-use";
  public static final String DEVICE_STATUS = SD + "model-device-status";
  public static final String INPUT_SPREAD = SD + "model-input-spread";
  public static final String ARTIFACT_SHA256 = SD + "model-artifact-sha256";

  public static final String PREDICTION_EPOCH = SD + "prediction-epoch";
  public static final String PREDICTION_MODEL_VERSION = SD + "prediction-model-version";
  public static final String PREDICTION_INPUT_PERIOD = SD + "prediction-input-period";
  public static final String ORDER_FINDING = SD + "order-finding";
  public static final String ORDER_FINDING_RULES = SD + "order-finding-rules";
  public static final String CARD_WITHHELD = SD + "card-withheld";
  public static final String PREDICTION_MARGIN = SD + "prediction-margin";
  public static final String EXPLANATION_BASE = SD + "explanation-base";
  public static final String EXPLANATION_METHOD = SD + "explanation-method";
  public static final String EXPLANATION_REFERENCE = SD + "explanation-reference";
  public static final String EXPLANATION_EVIDENCE = SD + "explanation-evidence";
  public static final String EXPLANATION_CONTRIBUTION = SD + "explanation-contribution";

  public static final String CATEGORY_SYSTEM = BASE + "/CodeSystem/model-statement";
  public static final String REASON_SYSTEM = BASE + "/CodeSystem/no-prediction-reason";
  public static final String INPUT_SYSTEM = BASE + "/CodeSystem/model-input-name";
  public static final String OUTPUT_SYSTEM = BASE + "/CodeSystem/model-output-name";
  public static final String BAND_SYSTEM = BASE + "/CodeSystem/model-band-name";
  public static final String ORDER_FINDING_SYSTEM = BASE + "/CodeSystem/order-finding";
  public static final String ORDER_ACTION_SYSTEM = BASE + "/CodeSystem/order-action";
  public static final String FEEDBACK_SYSTEM = BASE + "/CodeSystem/feedback-outcome";
  public static final String FEEDBACK_WAY_SYSTEM = BASE + "/CodeSystem/feedback-way";

  /** Our {@code $predict}. */
  public static final String PREDICT = BASE + "/OperationDefinition/patient-predict";

  private ModelUrls() {}
}
