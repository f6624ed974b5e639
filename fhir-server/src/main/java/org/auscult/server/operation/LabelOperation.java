package org.auscult.server.operation;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.outcome.fhir.LabelParameters;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** {@code Patient/[id]/$label}: what became of a patient after a time, by an outcome definition. */
final class LabelOperation {
  private final OutcomeCatalog catalog;
  private final OutcomeLabeller labeller;
  private final TimelineReader reader;
  private final NamedToUsers protection;
  private final ZoneId zone;
  private final Clock clock;

  LabelOperation(
      OutcomeCatalog catalog,
      OutcomeLabeller labeller,
      TimelineReader reader,
      NamedToUsers protection,
      ZoneId zone,
      Clock clock) {
    this.catalog = catalog;
    this.labeller = labeller;
    this.reader = reader;
    this.protection = protection;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * The label with the evidence that it rests on, or the reason why there is none.
   *
   * @param definition canonical of the outcome definition
   * @param indexTime from when on it is asked
   * @param knownAt by what was known then; by what is known now if not given
   */
  @Operation(
      name = "$label",
      type = Patient.class,
      idempotent = true,
      canonicalUrl = OperationUrls.LABEL)
  public Parameters label(
      @IdParam IdType id,
      @OperationParam(name = "definition", min = 1) @Nullable StringType definition,
      @OperationParam(name = "indexTime", min = 1) @Nullable StringType indexTime,
      @OperationParam(name = "knownAt") @Nullable StringType knownAt,
      RequestDetails request) {
    Instant now = clock.instant();
    Question question = new Question(zone, now);
    String canonical =
        question.required("definition", definition, "https://auscult.org/fhir/Library/…|1.0.0");
    question.required("indexTime", indexTime, "2024-05-03T10:00:00Z");
    Instant index = question.instant("indexTime", indexTime).orElse(now);
    Instant known = question.instant("knownAt", knownAt).orElse(now);
    if (known.isBefore(index)) {
      question.refuse("knownAt", "lies before the index time, so nothing after it was known");
    }
    Optional<ResolvedOutcome> outcome =
        canonical.isEmpty() ? Optional.empty() : catalog.outcome(canonical);
    if (outcome.isEmpty() && !canonical.isEmpty()) {
      question.refuse(
          "definition",
          "'"
              + canonical
              + "' names no outcome definition of this server; search Library?url=… for those it"
              + " has");
    }
    question.check();
    ResolvedOutcome resolved = outcome.orElseThrow();
    protection.requireNamed(request, id.getIdPart(), resolved);
    PatientTimeline timeline =
        reader
            .read(resolved.query(id.getIdPart(), known))
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "Patient/" + id.getIdPart() + " is not known here; create it first"));
    OutcomeLabel label = labeller.label(resolved, timeline, index, known);
    return LabelParameters.render(
        resolved,
        new LabelParameters.Question(id.getIdPart(), index, known, timeline.epoch()),
        label);
  }
}
