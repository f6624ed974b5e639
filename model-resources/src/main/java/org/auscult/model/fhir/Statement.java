package org.auscult.model.fhir;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** What an Observation of ours is about: the guide's code system model-statement. */
public enum Statement {
  SCORE("score", "Score"),
  EXPLANATION("explanation", "Explanation"),
  FEEDBACK("feedback", "Feedback"),
  OVERRIDE_REASON("override-reason", "Override reason"),
  OUTCOME_LABEL("outcome-label", "Label of an outcome"),
  ADJUDICATED_LABEL("adjudicated-label", "Adjudicated label of an outcome"),
  LABEL_REASON("label-reason", "Reason of a label"),
  COMPETING_EVENT("competing-event", "Competing event");

  private final String code;
  private final String display;

  Statement(String code, String display) {
    this.code = code;
    this.display = display;
  }

  /** As in the guide. */
  public String code() {
    return code;
  }

  /** As in the guide. */
  public String display() {
    return display;
  }

  /** As a category or a code. */
  public CodeableConcept concept() {
    return new CodeableConcept(
        new Coding().setSystem(ModelUrls.CATEGORY_SYSTEM).setCode(code).setDisplay(display));
  }
}
