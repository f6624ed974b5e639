package org.auscult.cds.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.Card;
import org.auscult.cds.fhir.Asked;
import org.auscult.cds.fhir.AskedOnce;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.Hook;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.PredictionService;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers CDS Hooks 2.0: discovery, calls and feedback, as bytes in and text out.
 *
 * <p>Path of a call: envelope → patient and data → not deceased or inactive → prediction → journal
 * → cards. Nothing is shown that is not stored; what fails on the way is a 503 without a card.
 *
 * <p>Threads: safe if the ports are.
 */
public final class HookEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(HookEndpoint.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DeploymentCatalog deployments;
  private final PredictionService predictions;
  private final HookPorts ports;
  private final PatientGatherer gatherer;
  private final CardWriter cards;
  private final AskedOnce asked = new AskedOnce();
  private final Clock clock;

  /**
   * @param deployments asked anew for each call, so that a suspension holds for the next one
   */
  public HookEndpoint(
      DeploymentCatalog deployments,
      PredictionService predictions,
      HookPorts ports,
      PrefetchReader prefetch,
      HookSettings settings,
      Clock clock) {
    this.deployments = Objects.requireNonNull(deployments);
    this.predictions = Objects.requireNonNull(predictions);
    this.ports = Objects.requireNonNull(ports);
    this.gatherer = new PatientGatherer(ports, settings, prefetch);
    this.cards = new CardWriter(ports.models(), settings.zone());
    this.clock = Objects.requireNonNull(clock);
  }

  /** What is on offer: live deployments whose models are registered. Always 200. */
  public HookAnswer discover() {
    ObjectNode discovery = JsonNodeFactory.instance.objectNode();
    ArrayNode list = discovery.putArray("services");
    for (Deployment deployment : deployments.live()) {
      try {
        Asked asked = asked(deployment);
        deployment.hooks().forEach(hook -> list.add(described(deployment, hook, asked)));
      } catch (PredictionService.UnknownModelException e) {
        LOG.warn("{} is not offered: a model is not registered", deployment.canonical());
      }
    }
    return new HookAnswer(200, discovery.toString());
  }

  private static ObjectNode described(Deployment deployment, Hook hook, Asked asked) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("hook", hook.id());
    json.put("title", deployment.title());
    json.put("description", deployment.description());
    json.put("id", deployment.service());
    ObjectNode prefetch = json.putObject("prefetch");
    asked.templates().forEach(template -> prefetch.put(template.key(), template.query()));
    if (deployment.usageRequirements() != null) {
      json.put("usageRequirements", deployment.usageRequirements());
    }
    return json;
  }

  /** Cards for one call of one service. */
  public HookAnswer call(String serviceId, byte[] body) {
    try {
      return called(serviceId, body);
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (RuntimeException e) {
      return failed("call of service", e).answer();
    }
  }

  private HookAnswer called(String serviceId, byte[] body) {
    List<Deployment> named = named(serviceId);
    HookRequest request =
        EnvelopeReader.read(body, named.stream().flatMap(d -> d.hooks().stream()).toList());
    Deployment deployment =
        named.stream()
            .filter(d -> d.hooks().stream().anyMatch(h -> h.id().equals(request.hook())))
            .findFirst()
            .orElseThrow();
    if (request.isForLayPerson()) {
      return cards(List.of());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Gathered gathered = gatherer.gather(request, asked(deployment), needs(deployment), now);
    if (isDeceasedOrInactive(gathered, now)) {
      return cards(List.of());
    }
    Call call =
        new Call(
            serviceId,
            request.hook(),
            request.instance().toString(),
            request.user(),
            deployment.canonical());
    JournalEntry entry =
        ports
            .journal()
            .find(call, gathered.subject())
            .orElseGet(() -> stored(call, gathered, runs(deployment, gathered, now), now));
    return cards(cards.cards(entry, shownBy(entry).orElse(deployment)));
  }

  /** A retry shows the cards of the version that answered first. */
  private Optional<Deployment> shownBy(JournalEntry entry) {
    String canonical = entry.call().deployment();
    return canonical == null ? Optional.empty() : deployments.find(canonical);
  }

  private List<Deployment> named(String serviceId) {
    List<Deployment> named =
        deployments.live().stream().filter(d -> d.service().equals(serviceId)).toList();
    if (named.isEmpty()) {
      throw Refusal.unknownService(
          "There is no such service. GET /cds-services lists those that there are.");
    }
    return named;
  }

  private Asked asked(Deployment deployment) {
    Map<String, ResolvedFeatureSet> sets = new LinkedHashMap<>();
    for (String model : deployment.canonicals()) {
      predictions
          .withFallbacks(model)
          .forEach(m -> sets.putIfAbsent(m.features().canonical(), m.features()));
    }
    return asked.of(sets.values());
  }

  private List<Need> needs(Deployment deployment) {
    return deployment.canonicals().stream()
        .flatMap(model -> predictions.needs(model).stream())
        .distinct()
        .toList();
  }

  /** Safety rule 3. */
  private static boolean isDeceasedOrInactive(Gathered gathered, Instant now) {
    return !gathered
        .timeline()
        .asOf(AsOf.current(now))
        .facts(ResourceKind.PATIENT, Set.of(Demographics.DECEASED, Demographics.INACTIVE))
        .isEmpty();
  }

  private List<ModelRun> runs(Deployment deployment, Gathered gathered, Instant now) {
    List<ModelRun> runs = new ArrayList<>();
    for (String model : deployment.canonicals()) {
      runs.addAll(predictions.predict(model, gathered.timeline(), AsOf.current(now), runs.size()));
    }
    boolean wanting =
        runs.stream()
            .filter(run -> deployment.card(run.model()).isPresent())
            .anyMatch(run -> run.result() instanceof NotAssessed);
    if (wanting && !gathered.missingKeys().isEmpty()) {
      throw PatientGatherer.noData(gathered);
    }
    return runs;
  }

  private JournalEntry stored(Call call, Gathered gathered, List<ModelRun> runs, Instant now) {
    JournalEntry entry =
        new JournalEntry(
            CardId.journal(UUID.randomUUID()),
            now,
            call,
            gathered.subject(),
            now,
            gathered.timeline().epoch(),
            gathered.findings(),
            runs);
    try {
      return ports.journal().store(entry);
    } catch (RuntimeException e) {
      throw failed("storing the prediction " + entry.id(), e);
    }
  }

  /** What a body gets that is not declared as JSON. */
  public static HookAnswer wrongContentType() {
    return Refusal.contentType().answer();
  }

  /**
   * What a body gets that is too large.
   *
   * @param limit in bytes
   */
  public static HookAnswer tooLarge(long limit) {
    return Refusal.tooLarge(limit).answer();
  }

  private static HookAnswer cards(List<Card> cards) {
    return new HookAnswer(200, json(Map.of("cards", cards)));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cards cannot be written as JSON", e);
    }
  }

  /**
   * Takes users' answers to cards. All items are read before one is stored. An item that names no
   * card of this service gives 404 with its place; the specification is silent here, and a client
   * that mixes up cards should hear of it. The other items are kept all the same, and may be sent
   * again without counting twice.
   */
  public HookAnswer feedback(String serviceId, byte[] body) {
    try {
      named(serviceId);
      List<Feedback> feedback = FeedbackReader.read(serviceId, body);
      Refusal unknown = null;
      for (int i = 0; i < feedback.size(); i++) {
        if (!isStored(feedback.get(i)) && unknown == null) {
          unknown = Refusal.unknownCard("feedback[" + i + "].card");
        }
      }
      return unknown == null ? new HookAnswer(200, "") : unknown.answer();
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (RuntimeException e) {
      return failed("feedback to service", e).answer();
    }
  }

  private boolean isStored(Feedback feedback) {
    int run = CardId.number(feedback.card()) - 1;
    boolean ours =
        ports
            .journal()
            .find(CardId.journal(feedback.card()))
            .filter(entry -> entry.call().service().equals(feedback.service()))
            .filter(entry -> run >= 0 && run < entry.runs().size())
            .filter(entry -> !(entry.runs().get(run).result() instanceof NotEligible))
            .isPresent();
    return ours && ports.journal().store(feedback);
  }

  /** Logs the kind of failure and its place, but no message: messages may quote data. */
  private static Refusal failed(String what, RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    LOG.error(
        "Failed: {}: {} at {}", what, e.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
    return Refusal.unavailable(
        "transient",
        "The service cannot answer at the moment, so nothing is shown and nothing may be concluded."
            + " Call again with the same hookInstance; if it persists, tell its operator.");
  }
}
