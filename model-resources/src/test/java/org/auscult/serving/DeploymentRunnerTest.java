package org.auscult.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.display.DisplayRules;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.model.InMemoryModelCatalog;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.model.Scorer;
import org.auscult.order.DraftOrder;
import org.auscult.order.Gap;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.check.OrderCheckService;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.PredictionService;
import org.auscult.serving.DeploymentRunner.Patient;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Safety: 19. */
class DeploymentRunnerTest {
  private static final Instant NOW = Instant.parse("2024-05-03T08:00:00Z");
  private static final Code PRESSURE = Code.loinc("8480-6");
  private static final List<DraftOrder> ORDERS =
      List.of(
          new DraftOrder("MedicationRequest/1", List.of(), "metformin"),
          new DraftOrder("MedicationRequest/2", List.of(), ""));
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final PredictionService predictions =
      new PredictionService(
          new InMemoryModelCatalog()
              .add(model("good", x -> x))
              .add(model("other", x -> 2 * x))
              .add(model("bad", this::fails))
              .add(model("hangs", this::hangs)),
          new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
  private final OrderCheckService orderChecks =
      new OrderCheckService(
          rules -> Optional.empty(),
          predictions,
          new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
  private Instant now = NOW;
  private final DeploymentRunner runner =
      new DeploymentRunner(
          predictions, orderChecks, threads, new Breaker(2, Duration.ofSeconds(30), () -> now));

  private interface Function {
    double of(double x);
  }

  private double fails(double x) {
    throw new IllegalStateException("no graph");
  }

  private double hangs(double x) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return x;
  }

  @AfterEach
  void stop() throws InterruptedException {
    end.countDown();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static String canonical(String name) {
    return "https://example.org/" + name + "|1";
  }

  private static Deployment deployment(Duration budget, ModelCard... cards) {
    return new Deployment(
        "https://example.org/d" + cards.length,
        "1",
        "service",
        List.of(Hook.PATIENT_VIEW),
        "t",
        "d",
        null,
        FailureDisplay.NOT_ASSESSED,
        List.of(cards),
        null,
        List.of(),
        DisplayRules.NONE,
        budget,
        Recording.NEVER,
        null);
  }

  private static Deployment withOrders(Duration budget) {
    return new Deployment(
        "https://example.org/orders",
        "1",
        "service",
        List.of(Hook.ORDER_SIGN),
        "t",
        "d",
        null,
        FailureDisplay.NOT_ASSESSED,
        List.of(card("good", null)),
        new OrderCard("https://example.org/rules|1", "l", "m", "https://example.org"),
        List.of(),
        DisplayRules.NONE,
        budget,
        Recording.NEVER,
        null);
  }

  /** Rules that are not there fail as a model does, and each order is said not to be assessed. */
  @Test
  void failingOrderRulesLeaveNoOrderUnsaid() {
    List<DeploymentRun> runs = run(withOrders(LONG), deployment(LONG, card("other", null)));

    OrderRun orders = Objects.requireNonNull(runs.get(0).orders());
    assertThat(orders.first()).isEqualTo(1);
    assertThat(orders.check().findings())
        .extracting(OrderFinding::order, OrderFinding::orderText, OrderFinding::kind)
        .containsExactly(
            tuple("MedicationRequest/1", "metformin", Kind.NOT_ASSESSED),
            tuple("MedicationRequest/2", "", Kind.NOT_ASSESSED));
    assertThat(orders.findings()).extracting(OrderRun.Indexed::index).containsExactly(1, 2);
    assertThat(
            ((OrderFinding.Outcome.NotAssessed) orders.check().findings().get(0).outcome()).gaps())
        .extracting(Gap::code)
        .containsExactly("model-failed");
    assertThat(runs.get(0).runs()).as("its model has spoken").hasSize(1);
    assertThat(runs.get(1).runs()).extracting(ModelRun::index).containsExactly(3);
    assertThat(runs.get(1).orders()).as("judges no orders").isNull();
  }

  private static ModelCard card(String model, @Nullable String fallback) {
    return new ModelCard(
        canonical(model),
        model,
        "m",
        "https://example.org",
        List.of(new OutputText("out", "out", null)),
        Place.CARD,
        fallback == null ? null : canonical(fallback));
  }

  private List<DeploymentRun> run(Deployment... deployments) {
    PatientTimeline timeline =
        new PatientTimeline(
            "p",
            3,
            List.of(
                fact()
                    .id("sbp")
                    .codes(PRESSURE)
                    .at("2024-05-01T09:00:00Z")
                    .number("150", "mm[Hg]")
                    .build()),
            EnumSet.allOf(ResourceKind.class));
    return runner.run(List.of(deployments), new Patient(timeline, AsOf.current(NOW), ORDERS));
  }

  private int asked(String model) {
    return asked.getOrDefault(model, new AtomicInteger()).get();
  }

  private static double score(ModelRun run) {
    return ((Predicted) run.result()).scores().get(0).value();
  }

  private static String code(ModelRun run) {
    return ((NotAssessed) run.result()).reasons().get(0).code();
  }

  @Test
  void numbersTheRunsOfAllDeploymentsOn() {
    List<DeploymentRun> runs =
        run(
            deployment(LONG, card("good", null), card("other", null)),
            deployment(LONG, card("other", null)));

    assertThat(runs)
        .extracting(DeploymentRun::deployment)
        .containsExactly("https://example.org/d2|1", "https://example.org/d1|1");
    assertThat(runs.get(0).runs()).extracting(ModelRun::index).containsExactly(0, 1);
    assertThat(runs.get(1).runs()).extracting(ModelRun::index).containsExactly(2);
    assertThat(runs.get(0).runs())
        .extracting(DeploymentRunnerTest::score)
        .containsExactly(150.0, 300.0);
    assertThat(score(runs.get(1).runs().get(0))).isEqualTo(300);
  }

  @Test
  void aFailingModelTakesNothingFromTheOthers() {
    DeploymentRun run = run(deployment(LONG, card("bad", null), card("good", null))).get(0);

    ModelRun failed = run.runs().get(0);
    assertThat(failed.hasFailed()).isTrue();
    assertThat(code(failed)).isEqualTo("model-failed");
    assertThat(failed.model()).isEqualTo(canonical("bad"));
    assertThat(failed.vector().patient()).isEqualTo("p");
    assertThat(failed.vector().epoch()).isEqualTo(3);
    assertThat(score(run.runs().get(1))).isEqualTo(150);
    assertThat(run.runs().get(1).hasFailed()).isFalse();
  }

  @Test
  void aModelThatIsNotThereHasFailed() {
    assertThat(code(run(deployment(LONG, card("none", null))).get(0).runs().get(0)))
        .isEqualTo("model-failed");
  }

  @Test
  void nobodyWaitsForAModelThatHangs() {
    DeploymentRun run =
        run(deployment(SHORT, card("hangs", null)), deployment(LONG, card("good", null))).get(0);

    assertThat(code(run.runs().get(0))).isEqualTo("timed-out");
  }

  @Test
  void onlyTheNamedFallbackStandsIn() {
    DeploymentRun late = run(deployment(SHORT, card("hangs", "other"))).get(0);
    assertThat(late.runs())
        .extracting(ModelRun::model)
        .containsExactly(canonical("hangs"), canonical("other"));
    assertThat(late.runs()).extracting(ModelRun::index).containsExactly(0, 1);
    assertThat(score(late.runs().get(1))).isEqualTo(300);

    DeploymentRun failed = run(deployment(LONG, card("bad", "good"))).get(0);
    assertThat(code(failed.runs().get(0))).isEqualTo("model-failed");
    assertThat(score(failed.runs().get(1))).isEqualTo(150);

    DeploymentRun sound = run(deployment(LONG, card("good", "other"))).get(0);
    assertThat(sound.runs()).hasSize(1);
  }

  @Test
  void aModelThatFailsOftenIsNotAskedForAWhile() {
    for (int i = 0; i < 2; i++) {
      run(deployment(LONG, card("bad", null)));
    }
    int before = asked("bad");

    assertThat(code(run(deployment(LONG, card("bad", null))).get(0).runs().get(0)))
        .isEqualTo("model-paused");
    assertThat(asked("bad")).isEqualTo(before);

    now = now.plusSeconds(30);
    assertThat(code(run(deployment(LONG, card("bad", null))).get(0).runs().get(0)))
        .isEqualTo("model-failed");
    assertThat(asked("bad")).isGreaterThan(before);
  }

  @Test
  void whatFindsNoThreadHasFailed() {
    DeploymentRunner full =
        new DeploymentRunner(
            predictions,
            orderChecks,
            work -> {
              throw new RejectedExecutionException();
            },
            new Breaker(2, LONG, () -> now));
    PatientTimeline nothing =
        new PatientTimeline("p", 1, List.of(), EnumSet.allOf(ResourceKind.class));

    List<DeploymentRun> runs =
        full.run(
            List.of(deployment(LONG, card("good", null))),
            new Patient(nothing, AsOf.current(NOW), List.of()));

    assertThat(code(runs.get(0).runs().get(0))).isEqualTo("model-failed");
  }

  private RegisteredModel model(String name, Function function) {
    PredictionModel model =
        new PredictionModel(
            "https://example.org/" + name,
            "1",
            name,
            name,
            "https://example.org/set|1",
            OutputKind.VALUE,
            List.of(new ModelInput("sbp", "pressure", "mm[Hg]", "sbp", null, null, 120.0)),
            List.of(new ModelOutput("out", "out", "1", null, null)),
            List.of(),
            null,
            "");
    FeatureDefinition pressure =
        new FeatureDefinition(
            "https://example.org/sbp",
            "1",
            "sbp",
            "pressure",
            Operator.LATEST,
            Selection.of(ResourceKind.OBSERVATION, List.of(PRESSURE)),
            Window.WHOLE_RECORD,
            "mm[Hg]",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE);
    return new RegisteredModel(
        model,
        new ResolvedFeatureSet(
            "https://example.org/set", "1", "set", List.of(ResolvedFeature.of(pressure))),
        new Scorer() {
          @Override
          public Scores score(double[][] rows) {
            asked.computeIfAbsent(name, n -> new AtomicInteger()).incrementAndGet();
            double[][] values = new double[rows.length][1];
            for (int i = 0; i < rows.length; i++) {
              values[i][0] = function.of(rows[i][0]);
            }
            return new Scores(values, values);
          }

          @Override
          public void close() {}
        });
  }
}
