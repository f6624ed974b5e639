package org.auscult.server.adjudication;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of adjudication; the guide in {@code ig} defines them. */
final class AdjudicationUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String PLAN = SD + "adjudication-plan";
  static final String QUESTIONNAIRE = SD + "adjudication-questionnaire";
  static final String TASK = SD + "adjudication-task";
  static final String RESPONSE = SD + "adjudication-response";
  static final String REPORT = SD + "label-quality-report";

  static final String OUTCOME = SD + "adjudication-outcome";
  static final String FORM = SD + "adjudication-form";
  static final String GUIDELINE = SD + "adjudication-guideline";
  static final String CHOICE = SD + "adjudication-choice";
  static final String SEED = SD + "adjudication-seed";
  static final String WINDOW = SD + "adjudication-window";
  static final String PERFORMER = SD + "adjudication-performer";
  static final String ANSWER = SD + "adjudication-answer";
  static final String OF_TASK = SD + "adjudication-of-task";
  static final String BY_PLAN = SD + "adjudication-by-plan";

  static final String MEASURE = FeatureUrls.BASE + "/Measure/label-quality";
  static final String VERDICT_SYSTEM = FeatureUrls.BASE + "/CodeSystem/adjudication-verdict";
  static final String COUNT_SYSTEM = FeatureUrls.BASE + "/CodeSystem/adjudication-count";

  private AdjudicationUrls() {}
}
