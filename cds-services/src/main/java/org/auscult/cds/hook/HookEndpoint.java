package org.auscult.cds.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.auscult.cds.Card;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.fhir.PrefetchReader;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.order.DraftOrder;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.FeedbackService;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.PredictionService;
import org.auscult.serving.DeploymentRunner;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers CDS Hooks 2.0: discovery, calls and feedback, as bytes in and text out.
 *
 * <p>Path of a call: envelope → deployments → patient and data → not deceased or inactive →
 * predictions → what is shown → journal → cards. Nothing is shown that is not stored; what fails on
 * the way is a 503 without a card.
 *
 * <p>Threads: safe if the ports are.
 */
public final class HookEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(HookEndpoint.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final DeploymentCatalog deployments;
  private final DeploymentRunner runner;
  private final HookPorts ports;
  private final Offers offers;
  private final FeedbackService answers;
  private final FeedbackTaker feedback;
  private final PatientGatherer gatherer;
  private final CardWriter cards;
  private final CardBoard board;
  private final CallProtection protections;
  private final Clients clients;
  private final Clock clock;

  /**
   * @param deployments asked anew for each call, so that a suspension holds for the next one
   */
  public HookEndpoint(
      DeploymentCatalog deployments,
      PredictionService predictions,
      OrderCheckService orderChecks,
      DeploymentRunner runner,
      HookPorts ports,
      PrefetchReader prefetch,
      HookSettings settings,
      Clock clock) {
    this.deployments = Objects.requireNonNull(deployments);
    this.runner = Objects.requireNonNull(runner);
    this.ports = Objects.requireNonNull(ports);
    this.offers = new Offers(deployments, predictions, orderChecks);
    this.gatherer = new PatientGatherer(ports, settings, prefetch);
    this.cards = new CardWriter(ports.models(), settings.zone());
    this.board = new CardBoard(cards, ports);
    this.protections = new CallProtection(ports);
    this.answers =
        new FeedbackService(
            ports.journal(),
            (entry, card) -> board.suggestions(entry, card, this::version),
            settings.localSources(),
            clock);
    this.feedback = new FeedbackTaker(answers, offers);
    this.clients = settings.clients();
    this.clock = Objects.requireNonNull(clock);
  }

  /** The EHRs that it knows. */
  public Clients clients() {
    return clients;
  }

  /** What is on offer: live deployments whose models are registered. Always 200. */
  public HookAnswer discover() {
    return discover(clients.plain());
  }

  /** What is on offer to one client. */
  public HookAnswer discover(ClientProfile client) {
    return new HookAnswer(200, offers.described(client).toString());
  }

  /** Cards for one call of one service, at the plain path. */
  public HookAnswer call(String serviceId, byte[] body) {
    return call(clients.plain(), serviceId, body);
  }

  /** Cards for one call of one service, of whoever calls at the path of a client. */
  public HookAnswer call(ClientProfile path, String serviceId, byte[] body) {
    return call(path, null, serviceId, body);
  }

  /**
   * Cards for one call of one service.
   *
   * @param path the client whose path is called; its discovery is what the caller has read
   * @param who what a token proved of the caller; null if nothing
   */
  public HookAnswer call(
      ClientProfile path, @Nullable CallerIdentity who, String serviceId, byte[] body) {
    return answered("call of service", () -> called(path, who, serviceId, body));
  }

  /** A play of the past that tells how often a deployment, live or not, would speak. */
  public FiringForecast forecast(Deployment deployment, Hook hook) {
    return new FiringForecast(runner, cards, deployment, hook, needs(List.of(deployment)));
  }

  /** Takes answers whichever way they come; {@link #feedback} is the way of EHRs. */
  public FeedbackService answers() {
    return answers;
  }

  /** What a card offered to be taken over, or would have offered had it not been withheld. */
  public CardOffer offered(JournalEntry entry, int card) {
    return board.offered(entry, card, this::version);
  }

  /** Takes users' answers to cards, of whoever sends them. */
  public HookAnswer feedback(String serviceId, byte[] body) {
    return feedback(null, serviceId, body);
  }

  /**
   * Takes users' answers to cards.
   *
   * @param who what a token proved of the caller; null if nothing
   */
  public HookAnswer feedback(@Nullable CallerIdentity who, String serviceId, byte[] body) {
    return answered("feedback to service", () -> feedback.take(who, serviceId, body));
  }

  private static HookAnswer answered(String what, Supplier<HookAnswer> answer) {
    try {
      return answer.get();
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (RuntimeException e) {
      return failed(what, e).answer();
    }
  }

  private HookAnswer called(
      ClientProfile path, @Nullable CallerIdentity who, String serviceId, byte[] body) {
    List<Deployment> named = offers.named(serviceId);
    HookRequest request =
        EnvelopeReader.read(
            body, named.stream().flatMap(d -> d.hooks().stream()).filter(path::offers).toList());
    ClientProfile client = client(path, who, request.fhirServer());
    if (!Hook.of(request.hook()).map(client::offers).orElse(false)) {
      throw Refusal.invalid("hook", "is not offered to the client whose fhirServer this is.");
    }
    List<Deployment> answering =
        named.stream()
            .filter(d -> d.hooks().stream().anyMatch(h -> h.id().equals(request.hook())))
            .toList();
    if (request.isForLayPerson()) {
      // Safety rule 26: nothing is predicted either, since nobody would be shown it.
      return cards(List.of());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    boolean checksOrders = answering.stream().anyMatch(d -> d.orders() != null);
    Gathered gathered =
        gatherer.gather(
            request, offers.asked(answering, path), needs(answering), now, checksOrders);
    if (isDeceasedOrInactive(gathered.timeline().asOf(AsOf.current(now)))) {
      return cards(List.of());
    }
    Call call =
        new Call(
            serviceId,
            request.hook(),
            request.instance().toString(),
            new Caller(
                request.fhirServer(), request.user(), request.patient(), request.encounter(), who));
    JournalEntry entry = protections.disclosed(entry(call, gathered, answering, now), call);
    return answer(
        client.fit(board.shown(entry, this::version)),
        client.fitActions(board.actions(entry, this::version)));
  }

  private ClientProfile client(
      ClientProfile path, @Nullable CallerIdentity who, @Nullable String fhirServer) {
    return who == null
        ? clients.calling(path, fhirServer).orElseThrow(Refusal::anothersServer)
        : clients.calling(path, who.client(), fhirServer).orElseThrow(Refusal::notTheirServer);
  }

  /**
   * A retry is rare: the journal tells when it refuses to store a second entry, and is not asked
   * before each call. What can no longer be predicted may have been the first time.
   */
  private JournalEntry entry(
      Call call, Gathered gathered, List<Deployment> answering, Instant now) {
    JournalEntry predicted;
    try {
      predicted = predicted(call, gathered, answering, gathered.orders(), now);
    } catch (RuntimeException e) {
      return ports.journal().find(call, gathered.subject()).orElseThrow(() -> e);
    }
    return stored(predicted);
  }

  private List<Need> needs(List<Deployment> answering) {
    List<Need> needs = new ArrayList<>(offers.needs(answering));
    if (answering.stream().anyMatch(d -> !d.display().audience().settings().isEmpty())) {
      needs.add(EncounterSettings.NEED);
    }
    return needs;
  }

  /** A retry shows the cards of the version that answered first. */
  private Deployment version(String canonical) {
    return deployments
        .find(canonical)
        .orElseThrow(() -> new IllegalStateException("Deployment " + canonical + " is gone"));
  }

  /** Safety rule 3. */
  static boolean isDeceasedOrInactive(PatientSnapshot snapshot) {
    return !snapshot
        .facts(ResourceKind.PATIENT, Set.of(Demographics.DECEASED, Demographics.INACTIVE))
        .isEmpty();
  }

  private JournalEntry predicted(
      Call call,
      Gathered gathered,
      List<Deployment> answering,
      List<DraftOrder> orders,
      Instant now) {
    AsOf asOf = AsOf.current(now);
    List<DeploymentRun> runs =
        runner.run(answering, new DeploymentRunner.Patient(gathered.timeline(), asOf, orders));
    if (!gathered.missingKeys().isEmpty() && lacksDataOnly(answering, runs)) {
      throw PatientGatherer.noData(gathered);
    }
    JournalEntry entry =
        new JournalEntry(
                CardId.journal(UUID.randomUUID()),
                now,
                call,
                gathered.subject(),
                now,
                gathered.timeline().epoch(),
                gathered.findings(),
                runs,
                gathered.basis())
            .drafting(isAboutToOrder(call) ? orders : List.of());
    Viewer viewer =
        new Viewer(
            () -> rolesOf(call.caller()), EncounterSettings.of(gathered.timeline().asOf(asOf)));
    return board.decided(protections.found(entry, gathered), answering, viewer);
  }

  /** Other hooks bring orders that are placed already, or appointments. */
  private static boolean isAboutToOrder(Call call) {
    return Hook.of(call.hook())
        .filter(hook -> hook == Hook.ORDER_SELECT || hook == Hook.ORDER_SIGN)
        .isPresent();
  }

  private Set<String> rolesOf(Caller caller) {
    return caller.user() == null ? Set.of() : ports.roles().of(caller.fhirServer(), caller.user());
  }

  /** Whether some card lacks data, and none has anything to say. */
  private static boolean lacksDataOnly(List<Deployment> answering, List<DeploymentRun> runs) {
    List<ModelRun> ofCards = new ArrayList<>();
    Set<Kind> ofOrders = EnumSet.noneOf(Kind.class);
    for (int i = 0; i < answering.size(); i++) {
      Deployment deployment = answering.get(i);
      runs.get(i).runs().stream()
          .filter(r -> deployment.card(r.model()).filter(c -> c.place() == Place.CARD).isPresent())
          .forEach(ofCards::add);
      OrderRun orders = runs.get(i).orders();
      if (orders != null) {
        orders.check().findings().forEach(finding -> ofOrders.add(finding.kind()));
      }
    }
    boolean lacks =
        ofOrders.contains(Kind.NOT_ASSESSED)
            || ofCards.stream().anyMatch(r -> r.result() instanceof NotAssessed && !r.hasFailed());
    return lacks
        && !ofOrders.contains(Kind.ADVISED)
        && !ofOrders.contains(Kind.UNSTABLE)
        && !ofOrders.contains(Kind.ON_DIALYSIS)
        && ofCards.stream().noneMatch(r -> r.result() instanceof Predicted);
  }

  private JournalEntry stored(JournalEntry entry) {
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

  /** What a body gets that is too large for a client. */
  public static HookAnswer tooLarge(ClientProfile client) {
    return Refusal.tooLarge(client).answer();
  }

  /** What a caller gets that may not call. */
  public static HookAnswer refused(CallerVerdict.Refused refused) {
    return Refusal.caller(refused).answer();
  }

  /** What a call gets while nobody can say whose it is. */
  public static HookAnswer unverifiable(RuntimeException cause) {
    return failed("finding out who calls", cause).answer();
  }

  /** What a path of a client gets that is not configured. */
  public static HookAnswer unknownClient() {
    return Refusal.unknownClient().answer();
  }

  private static HookAnswer cards(List<Card> cards) {
    return answer(cards, List.of());
  }

  private static HookAnswer answer(List<Card> cards, List<Card.Action> actions) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("cards", cards);
    if (!actions.isEmpty()) {
      answer.put("systemActions", actions);
    }
    return new HookAnswer(200, json(answer));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cards cannot be written as JSON", e);
    }
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
