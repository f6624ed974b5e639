package org.auscult.server.operation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.access.Requester;
import org.auscult.display.Decision;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.FeedbackResources;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.CardId;
import org.auscult.prediction.FeedbackResult;
import org.auscult.prediction.FeedbackService;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.PredictionJournal;
import org.auscult.server.journal.Materialiser;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * {@code $feedback}: a user's answer to a prediction, under the user's own access token (safety
 * rule 26). EHRs answer by CDS Hooks' {@code /feedback}; what is taken is decided by {@link
 * FeedbackService} for both.
 *
 * <p>It is called on what stands for a prediction or a card: the RiskAssessment, the Observation of
 * a value or score, the DetectedIssue of an order finding; and on the GuidanceResponse of a card
 * that said why there is no number, if that call showed one such card. Whoever may call it may see
 * the resource: that was decided before.
 */
final class FeedbackOperation {
  private static final Set<String> PREDICTIONS =
      Set.of(
          ModelUrls.PREDICTION,
          ModelUrls.SCORE,
          ModelUrls.POINTS,
          ModelUrls.ORDER_FINDING,
          ModelUrls.HOOK_CALL);

  private static final Pattern ID =
      Pattern.compile(
          "(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.(?:(\\d{1,3})|call(?:\\.(\\d{1,3}))?)");

  private static final int MOST_RUNS = 254;

  private final FeedbackService answers;
  private final PredictionJournal journal;
  private final ModelCatalog models;
  private final Materialiser materialiser;
  private final DaoRegistry daos;
  private final ZoneId zone;

  FeedbackOperation(
      FeedbackService answers,
      PredictionJournal journal,
      ModelCatalog models,
      Materialiser materialiser,
      DaoRegistry daos,
      ZoneId zone) {
    this.answers = answers;
    this.journal = journal;
    this.models = models;
    this.materialiser = materialiser;
    this.daos = daos;
    this.zone = zone;
  }

  /** An answer to a probability. */
  @Operation(name = "$feedback", type = RiskAssessment.class, canonicalUrl = OperationUrls.FEEDBACK)
  public Observation risk(
      @IdParam IdType id,
      @OperationParam(name = "outcome", min = 1) @Nullable CodeType outcome,
      @OperationParam(name = "time") @Nullable InstantType time,
      @OperationParam(name = "reason") @Nullable Coding reason,
      @OperationParam(name = "comment") @Nullable StringType comment,
      @OperationParam(name = "acceptedSuggestion", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> suggestions,
      RequestDetails request) {
    return answered(
        "RiskAssessment",
        id,
        new FeedbackParameters(outcome, time, reason, comment, suggestions),
        request);
  }

  /** An answer to a value or a score. */
  @Operation(name = "$feedback", type = Observation.class, canonicalUrl = OperationUrls.FEEDBACK)
  public Observation score(
      @IdParam IdType id,
      @OperationParam(name = "outcome", min = 1) @Nullable CodeType outcome,
      @OperationParam(name = "time") @Nullable InstantType time,
      @OperationParam(name = "reason") @Nullable Coding reason,
      @OperationParam(name = "comment") @Nullable StringType comment,
      @OperationParam(name = "acceptedSuggestion", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> suggestions,
      RequestDetails request) {
    return answered(
        "Observation",
        id,
        new FeedbackParameters(outcome, time, reason, comment, suggestions),
        request);
  }

  /** An answer to what was said of a drug order. */
  @Operation(name = "$feedback", type = DetectedIssue.class, canonicalUrl = OperationUrls.FEEDBACK)
  public Observation orderFinding(
      @IdParam IdType id,
      @OperationParam(name = "outcome", min = 1) @Nullable CodeType outcome,
      @OperationParam(name = "time") @Nullable InstantType time,
      @OperationParam(name = "reason") @Nullable Coding reason,
      @OperationParam(name = "comment") @Nullable StringType comment,
      @OperationParam(name = "acceptedSuggestion", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> suggestions,
      RequestDetails request) {
    return answered(
        "DetectedIssue",
        id,
        new FeedbackParameters(outcome, time, reason, comment, suggestions),
        request);
  }

  /** An answer to a card without a number. */
  @Operation(
      name = "$feedback",
      type = GuidanceResponse.class,
      canonicalUrl = OperationUrls.FEEDBACK)
  public Observation call(
      @IdParam IdType id,
      @OperationParam(name = "outcome", min = 1) @Nullable CodeType outcome,
      @OperationParam(name = "time") @Nullable InstantType time,
      @OperationParam(name = "reason") @Nullable Coding reason,
      @OperationParam(name = "comment") @Nullable StringType comment,
      @OperationParam(name = "acceptedSuggestion", max = OperationParam.MAX_UNLIMITED)
          @Nullable List<StringType> suggestions,
      RequestDetails request) {
    return answered(
        "GuidanceResponse",
        id,
        new FeedbackParameters(outcome, time, reason, comment, suggestions),
        request);
  }

  private Observation answered(
      String type, IdType id, FeedbackParameters given, RequestDetails request) {
    if (!(request.getAttribute(Requester.ATTRIBUTE) instanceof Requester who)) {
      throw new AuthenticationException("An answer is given under a user's own access token")
          .addAuthenticateHeaderForRealm("fhir");
    }
    String user = who.fhirUser();
    if (user == null) {
      throw noClinician();
    }
    UUID card = card(type, id);
    String service = entry(card).call().service();
    FeedbackResult result =
        answers.ofUser(
            Answerer.ofUser(user, who.client()),
            given.feedback(card, service, zone),
            given.at().orElse(null));
    if (result instanceof FeedbackResult.Refused refused) {
      throw refusal(refused.why());
    }
    return kept(((FeedbackResult.Taken) result).answer());
  }

  private UUID card(String type, IdType id) {
    Matcher named = ID.matcher(id.getIdPart());
    if (!named.matches() || !isPrediction(type, id)) {
      throw noPrediction();
    }
    UUID journalId = UUID.fromString(named.group(1));
    if (named.group(2) != null) {
      int run = Integer.parseInt(named.group(2));
      if (run > MOST_RUNS) {
        throw noPrediction();
      }
      return CardId.of(CardId.journal(journalId), run + 1);
    }
    return cardOf(entry(journalId), type + "/" + id.getIdPart());
  }

  /** As it is stored; anybody may give a resource an id that looks like ours, but not a profile. */
  private boolean isPrediction(String type, IdType id) {
    Resource stored =
        (Resource)
            daos.getResourceDao(type)
                .read(new IdType(type, id.getIdPart()), new SystemRequestDetails());
    return stored.getMeta().getProfile().stream()
        .map(CanonicalType::getValue)
        .anyMatch(PREDICTIONS::contains);
  }

  /** The one shown card of which this resource tells why there is no number. */
  private UUID cardOf(JournalEntry entry, String call) {
    List<Integer> shown =
        entry.deployments().stream()
            .flatMap(run -> run.decisions().stream())
            .filter(Decision::shows)
            .map(Decision::card)
            .filter(card -> FeedbackResources.about(entry, card, this::model).contains(call))
            .toList();
    if (shown.size() != 1) {
      throw new UnprocessableEntityException(
          "This call showed "
              + shown.size()
              + " cards without a number, so an answer to it would be to none of them alone");
    }
    return CardId.of(entry.id(), shown.get(0));
  }

  private PredictionModel model(String canonical) {
    return models
        .find(canonical)
        .orElseThrow(() -> new IllegalStateException("Model " + canonical + " is gone"))
        .model();
  }

  private JournalEntry entry(UUID card) {
    return journal.find(CardId.journal(card)).orElseThrow(FeedbackOperation::noPrediction);
  }

  /** As it stands in the record now, so that it can be read and searched at once. */
  private Observation kept(Answer answer) {
    materialiser.materialiseAnswer(answer.id());
    try {
      return daos.getResourceDao(Observation.class)
          .read(new IdType("Observation", answer.id().toString()), new SystemRequestDetails());
    } catch (ResourceNotFoundException e) {
      throw new UnclassifiedServerFailureException(
          503,
          "The answer is kept and will be in the record later; sending it again changes nothing");
    }
  }

  private static BaseServerResponseException refusal(FeedbackResult.Reason why) {
    return switch (why) {
      case UNKNOWN -> noPrediction();
      case NO_CLINICIAN -> noClinician();
      case FUTURE ->
          new InvalidRequestException(
              "time is more than "
                  + FeedbackService.SKEW.toSeconds()
                  + " s ahead of this server's");
      case NOTHING_TO_ACCEPT ->
          new UnprocessableEntityException(
              "accepted is for what a shown card suggested, and there was nothing to accept; say"
                  + " overridden, or nothing");
      case NO_SUGGESTION_OF_IT ->
          new UnprocessableEntityException(
              "acceptedSuggestion takes the uuids of the card's own suggestions, at least one");
    };
  }

  private static UnprocessableEntityException noPrediction() {
    return new UnprocessableEntityException(
        "This is no prediction of this server, so there is nothing to answer");
  }

  private static ForbiddenOperationException noClinician() {
    return new ForbiddenOperationException(
        "Only a clinician, named by the token's fhirUser as Practitioner or PractitionerRole, answers"
            + " a prediction");
  }
}
