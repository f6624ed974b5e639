package org.auscult.model.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.auscult.display.Markdown;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A clinician's answer as an Observation about what it answers, and a Provenance that says by whom
 * and by which way it came. A pure function, so that writing them again changes nothing.
 *
 * <p>Ids: the answer's own for the Observation, {@code {answer}.provenance}. What was stored before
 * it was kept who answers has no Provenance, since that could name nobody.
 */
public final class FeedbackResources {
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private FeedbackResources() {}

  /**
   * The resources of one answer; each would be written by PUT to its id.
   *
   * @param received when it was stored
   * @param subject what the patient is called here
   * @param models resolves a model's canonical
   */
  public static List<Resource> render(
      String id,
      Feedback feedback,
      Instant received,
      JournalEntry entry,
      String subject,
      Function<String, PredictionModel> models) {
    Observation observation = observation(id, feedback, entry, subject, models);
    observation.setIssued(Date.from(received));
    Answerer by = feedback.by();
    return by == null || by.user() == null
        ? List.of(observation)
        : List.of(observation, provenance(observation, by, feedback.at(), received));
  }

  private static Observation observation(
      String id,
      Feedback feedback,
      JournalEntry entry,
      String subject,
      Function<String, PredictionModel> models) {
    Observation observation = new Observation();
    observation.setId(id);
    observation.getMeta().addProfile(ModelUrls.FEEDBACK);
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(Statement.FEEDBACK.concept());
    observation.setCode(Statement.FEEDBACK.concept());
    observation.setSubject(new Reference(subject));
    observation.setEffective(PredictionResources.instant(feedback.at()));
    observation.setValue(
        coded(ModelUrls.FEEDBACK_SYSTEM, feedback.outcome().name().toLowerCase(Locale.ROOT)));
    about(entry, CardId.number(feedback.card()), models)
        .forEach(what -> observation.addFocus(new Reference(what)));
    Answerer by = feedback.by();
    if (by != null) {
      observation.setMethod(coded(ModelUrls.FEEDBACK_WAY_SYSTEM, by.way().code()));
      if (by.user() != null) {
        observation.addPerformer(user(by));
      }
    }
    reason(feedback, observation);
    String comment = feedback.userComment();
    if (comment != null) {
      observation.addNote().setText(Markdown.escaped(comment));
    }
    return observation;
  }

  private static void reason(Feedback feedback, Observation observation) {
    String code = feedback.reasonCode();
    if (code == null || feedback.outcome() != Feedback.Outcome.OVERRIDDEN) {
      return;
    }
    Coding reason = new Coding().setCode(code).setDisplay(feedback.reasonDisplay());
    String system = feedback.reasonSystem();
    if (system != null && !system.isEmpty()) {
      reason.setSystem(system);
    }
    observation
        .addComponent()
        .setCode(Statement.OVERRIDE_REASON.concept())
        .setValue(new CodeableConcept(reason));
  }

  /**
   * What an answer to a card is about, as references: the prediction, the order finding, or the
   * resource that tells why there is neither.
   */
  public static List<String> about(
      JournalEntry entry, int number, Function<String, PredictionModel> models) {
    List<String> about = new ArrayList<>();
    for (ModelRun run : entry.runs()) {
      if (run.result() instanceof Predicted && run.index() == number - 1) {
        about.add(PredictionResources.reference(entry, run, models.apply(run.model()).kind()));
      }
    }
    for (DeploymentRun run : entry.deployments()) {
      if (run.orders() != null) {
        run.orders().findings().stream()
            .filter(one -> one.index() == number - 1 && OrderIssues.isIssue(one.finding()))
            .forEach(one -> about.add("DetectedIssue/" + OrderIssues.id(entry, one.index())));
      }
    }
    if (about.isEmpty()) {
      entry.deployments().stream()
          .filter(run -> run.decision(number).isPresent())
          .filter(run -> !PredictionResources.reasons(run).isEmpty())
          .forEach(run -> about.add("GuidanceResponse/" + PredictionResources.callId(entry, run)));
    }
    return about;
  }

  private static Provenance provenance(
      Observation observation, Answerer by, Instant answered, Instant received) {
    Provenance provenance = new Provenance();
    provenance.setId(observation.getIdElement().getIdPart() + ".provenance");
    provenance.getMeta().addProfile(ModelUrls.FEEDBACK_PROVENANCE);
    provenance.addTarget(
        new Reference("Observation/" + observation.getIdElement().getIdPart() + "/_history/1"));
    provenance.setOccurred(PredictionResources.instant(answered));
    provenance.setRecordedElement(new InstantType(Date.from(received)));
    provenance.setActivity(coded(ModelUrls.FEEDBACK_WAY_SYSTEM, by.way().code()));
    provenance.addAgent().setType(coded(PARTICIPANT, "author")).setWho(user(by));
    String client = by.client();
    if (client != null) {
      Reference application = new Reference();
      application.getIdentifier().setValue(client);
      provenance.addAgent().setType(coded(PARTICIPANT, "enterer")).setWho(application);
    }
    observation
        .getFocus()
        .forEach(
            what ->
                provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(what.copy()));
    return provenance;
  }

  /** By the server's URL where it is another's; by the id alone where nobody told whose. */
  private static Reference user(Answerer by) {
    @Nullable String reference = by.reference();
    if (reference != null) {
      return new Reference(reference);
    }
    IdType user = new IdType(Objects.requireNonNull(by.user()));
    Reference named = new Reference().setType(user.getResourceType());
    named.getIdentifier().setValue(user.getIdPart());
    return named;
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }
}
