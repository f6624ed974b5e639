package org.auscult.server.operation;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.auscult.model.ModelCatalog;
import org.auscult.model.OutputKind;
import org.auscult.model.RegisteredModel;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FactBasis;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.PredictionService.UnknownModelException;
import org.auscult.prediction.Reason;
import org.auscult.prediction.Score;
import org.auscult.prediction.Subject;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code Patient/[id]/$predict}: runs one model on one patient now. Like a hook call, it is in the
 * journal before it is answered.
 */
final class PredictOperation {
  private final PredictionService predictions;
  private final ModelCatalog models;
  private final TimelineReader reader;
  private final PredictionJournal journal;
  private final NamedToUsers protection;
  private final ZoneId zone;
  private final Clock clock;

  PredictOperation(
      PredictionService predictions,
      ModelCatalog models,
      TimelineReader reader,
      PredictionJournal journal,
      NamedToUsers protection,
      ZoneId zone,
      Clock clock) {
    this.predictions = predictions;
    this.models = models;
    this.reader = reader;
    this.journal = journal;
    this.protection = protection;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * Each run with its outputs and the resource that they stay in, or the reasons why there is no
   * number.
   *
   * @param model {@code url|version}
   */
  @Operation(name = "$predict", type = Patient.class, canonicalUrl = ModelUrls.PREDICT)
  public Parameters predict(
      @IdParam IdType id,
      @OperationParam(name = "model", min = 1) @Nullable StringType model,
      RequestDetails request) {
    Instant now = clock.instant();
    Question question = new Question(zone, now);
    String canonical =
        question.required("model", model, "https://auscult.org/fhir/Library/…|1.0.0");
    if (!canonical.isEmpty() && models.find(canonical).isEmpty()) {
      question.refuse("model", "'" + canonical + "' is no registered model of this server");
    } else if (!canonical.isEmpty()) {
      refuseUnlessWhole(canonical, question);
    }
    question.check();
    protection.requireNamed(request, id.getIdPart(), models.find(canonical).orElseThrow().model());
    AsOf asOf = AsOf.current(now);
    PatientTimeline timeline =
        reader
            .read(new TimelineQuery(id.getIdPart(), asOf, predictions.needs(canonical)))
            .orElseThrow(() -> new ResourceNotFoundException(id));
    List<ModelRun> runs = predictions.predict(canonical, timeline, asOf, 0);
    JournalEntry entry =
        journal.store(
            protection.found(
                request,
                new JournalEntry(
                    CardId.journal(UUID.randomUUID()),
                    now,
                    Call.ofOperation("$predict", UUID.randomUUID().toString()),
                    new Subject("", id.getIdPart()),
                    now,
                    timeline.epoch(),
                    0,
                    List.of(DeploymentRun.ofOperation(runs)),
                    FactBasis.RECORD),
                timeline));
    return answer(protection.open(entry));
  }

  /** What it may have to fall back to must be active too. */
  private void refuseUnlessWhole(String canonical, Question question) {
    try {
      predictions.withFallbacks(canonical);
    } catch (UnknownModelException e) {
      question.refuse(
          "model",
          "'" + canonical + "' falls back to a model that is not active: " + e.getMessage());
    }
  }

  private Parameters answer(JournalEntry entry) {
    Parameters answer = new Parameters();
    for (ModelRun run : entry.runs()) {
      ParametersParameterComponent part = answer.addParameter().setName("run");
      part.addPart().setName("model").setValue(new CanonicalType(run.model()));
      if (run.result() instanceof Result.Predicted predicted) {
        RegisteredModel registered = models.find(run.model()).orElseThrow();
        String type =
            registered.model().kind() == OutputKind.PROBABILITY ? "RiskAssessment" : "Observation";
        part.addPart()
            .setName("resource")
            .setValue(new Reference(type + "/" + entry.id() + "." + run.index()));
        for (Score score : predicted.scores()) {
          ParametersParameterComponent output = part.addPart().setName("output");
          output.addPart().setName("name").setValue(new StringType(score.output()));
          output.addPart().setName("value").setValue(new DecimalType(score.value()));
        }
      } else if (run.result() instanceof Result.NotEligible notEligible) {
        reasons(part, "not-eligible", notEligible.reasons());
      } else if (run.result() instanceof Result.NotAssessed notAssessed) {
        reasons(part, "not-assessed", notAssessed.reasons());
      }
    }
    return answer;
  }

  private static void reasons(
      ParametersParameterComponent part, String name, List<Reason> reasons) {
    for (Reason reason : reasons) {
      ParametersParameterComponent why = part.addPart().setName(name);
      why.addPart().setName("code").setValue(new CodeType(reason.code()));
      why.addPart().setName("text").setValue(new StringType(reason.text()));
    }
  }
}
