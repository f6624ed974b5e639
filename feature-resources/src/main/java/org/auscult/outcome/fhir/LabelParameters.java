package org.auscult.outcome.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabel.Competing;
import org.auscult.outcome.ResolvedOutcome;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Renders a label as FHIR Parameters, the answer of {@code $label}.
 *
 * <p>{@code time} is when it happened, or until when the patient was followed, or was last known to
 * be without it; an excluded patient has none. Evidence is versioned.
 */
public final class LabelParameters {
  private LabelParameters() {}

  /** What was asked: one patient, two clocks, and the epoch that was read. */
  public record Question(String patient, Instant indexTime, Instant knownAt, long epoch) {}

  public static Parameters render(ResolvedOutcome outcome, Question question, OutcomeLabel label) {
    Parameters parameters = new Parameters();
    parameters.addParameter("definition", new CanonicalType(outcome.canonical()));
    parameters.addParameter("patient", new Reference("Patient/" + question.patient()));
    parameters.addParameter("indexTime", instant(question.indexTime()));
    parameters.addParameter("knownAt", instant(question.knownAt()));
    parameters.addParameter("epoch", new DecimalType(question.epoch()));
    parameters.addParameter(
        "label", new Coding().setSystem(OutcomeUrls.LABEL_SYSTEM).setCode(label.code()));
    if (label.when() != null) {
      parameters.addParameter("time", instant(label.when()));
    }
    if (label instanceof Competing competing) {
      parameters.addParameter("competing", new StringType(competing.what()));
    }
    if (label.why() != null) {
      parameters.addParameter(
          "reason", new Coding().setSystem(OutcomeUrls.REASON_SYSTEM).setCode(label.why().code()));
      parameters.addParameter("detail", new StringType(label.why().detail()));
    }
    label
        .evidence()
        .references()
        .forEach(reference -> parameters.addParameter("evidence", new Reference(reference)));
    Optional.ofNullable(label.evidence().known())
        .ifPresent(known -> parameters.addParameter("known", instant(known)));
    return parameters;
  }

  private static InstantType instant(Instant instant) {
    InstantType type = new InstantType(Date.from(instant));
    type.setTimeZoneZulu(true);
    return type;
  }
}
