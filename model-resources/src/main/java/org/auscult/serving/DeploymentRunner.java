package org.auscult.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.feature.FeatureVector;
import org.auscult.order.DraftOrder;
import org.auscult.order.Gap;
import org.auscult.order.OrderCheck;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.Stability;
import org.auscult.order.check.OrderCheckService;
import org.auscult.order.check.OrderCheckService.Checked;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.OrderRun;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.jspecify.annotations.Nullable;

/**
 * Runs the deployments of one call side by side, each within its own time.
 *
 * <p>A model that fails, is late, or is paused because it failed often, is followed by the version
 * that its deployment names as fallback, and by no other (safety rule 19). Where there is one, the
 * first has half of the time. What still has no answer becomes a run that says so: one failing
 * model takes nothing from the others, and nobody waits longer than the deployment says.
 *
 * <p>Threads: safe.
 */
public final class DeploymentRunner {
  /** The models' own code for it. */
  private static final String UNSTABLE = "acute-kidney-injury";

  private final PredictionService predictions;
  private final OrderCheckService orderChecks;
  private final TimedRuns timed;

  /**
   * @param threads bounded; refuses what it has no room for
   */
  public DeploymentRunner(
      PredictionService predictions,
      OrderCheckService orderChecks,
      Executor threads,
      Breaker breaker) {
    this.predictions = predictions;
    this.orderChecks = orderChecks;
    this.timed = new TimedRuns(threads, breaker);
  }

  /**
   * The patient of a call.
   *
   * @param orders that are about to be placed
   */
  public record Patient(PatientTimeline timeline, AsOf asOf, List<DraftOrder> orders) {
    public Patient {
      orders = List.copyOf(orders);
    }

    /** Stands where no features were read. */
    private FeatureVector unread() {
      return new FeatureVector("", timeline.patient(), asOf, timeline.epoch(), List.of());
    }
  }

  /** What one deployment has begun. */
  private record Begun(
      Deployment deployment,
      List<CompletableFuture<List<ModelRun>>> models,
      @Nullable CompletableFuture<Checked> orders) {}

  /**
   * Runs all models and order rules of all deployments.
   *
   * @return one for each deployment, in their order; indices go on from one to the next
   */
  public List<DeploymentRun> run(List<Deployment> deployments, Patient patient) {
    List<Begun> begun = new ArrayList<>();
    for (Deployment deployment : deployments) {
      begun.add(
          new Begun(
              deployment,
              deployment.models().stream()
                  .map(card -> begun(card, deployment.budget(), patient))
                  .toList(),
              begun(deployment.orders(), deployment.budget(), patient)));
    }
    List<DeploymentRun> done = new ArrayList<>();
    int next = 0;
    for (Begun one : begun) {
      DeploymentRun run = done(one, next);
      next += run.runs().size() + (run.orders() == null ? 0 : run.orders().findings().size());
      done.add(run);
    }
    return done;
  }

  private static DeploymentRun done(Begun begun, int first) {
    List<ModelRun> runs = new ArrayList<>();
    begun.models().forEach(model -> runs.addAll(model.join()));
    OrderCheck check = null;
    if (begun.orders() != null) {
      Checked checked = begun.orders().join();
      runs.addAll(checked.runs());
      check = checked.check();
    }
    List<ModelRun> numbered = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      ModelRun run = inSteadyState(runs.get(i), begun.deployment(), check);
      numbered.add(run.at(first + i));
    }
    return DeploymentRun.undecided(
        begun.deployment().canonical(),
        numbered,
        check == null ? null : new OrderRun(first + runs.size(), check));
  }

  /**
   * What stands beside an order check speaks of chronic disease: of kidneys that the check found in
   * no steady state it says nothing (safety rules 10 and 13).
   */
  private static ModelRun inSteadyState(
      ModelRun run, Deployment deployment, @Nullable OrderCheck check) {
    boolean isContext =
        deployment.card(run.model()).filter(card -> card.place() == Place.CONTEXT).isPresent();
    if (!isContext
        || check == null
        || check.stability().state() != Stability.State.UNSTABLE
        || !(run.result() instanceof Predicted)) {
      return run;
    }
    Reason reason =
        new Reason(UNSTABLE, check.rules(), check.stability().text(), check.stability().evidence());
    return new ModelRun(run.index(), run.model(), run.vector(), new NotEligible(List.of(reason)));
  }

  private CompletableFuture<List<ModelRun>> begun(
      ModelCard card, Duration budget, Patient patient) {
    String fallback = card.fallback();
    if (fallback == null) {
      return begun(card.model(), budget, patient);
    }
    Duration half = budget.dividedBy(2);
    return begun(card.model(), half, patient)
        .thenCompose(
            first ->
                hasFailed(first)
                    ? begun(fallback, half, patient).thenApply(second -> joined(first, second))
                    : CompletableFuture.completedFuture(first));
  }

  private static List<ModelRun> joined(List<ModelRun> first, List<ModelRun> second) {
    List<ModelRun> runs = new ArrayList<>(first);
    runs.addAll(second);
    return runs;
  }

  /** The model's own run is the last one. */
  private static boolean hasFailed(List<ModelRun> runs) {
    return runs.get(runs.size() - 1).hasFailed();
  }

  private CompletableFuture<List<ModelRun>> begun(String model, Duration budget, Patient patient) {
    return timed.start(
        model,
        budget,
        () -> predictions.predict(model, patient.timeline(), patient.asOf(), 0),
        failure -> List.of(failed(model, failure, patient)));
  }

  private static ModelRun failed(String model, ReasonCode failure, Patient patient) {
    String text = "The model gave no answer: " + TimedRuns.text(failure);
    Reason reason = new Reason(failure.code(), model, text, List.of());
    return new ModelRun(0, model, patient.unread(), new NotAssessed(List.of(reason)));
  }

  private @Nullable CompletableFuture<Checked> begun(
      @Nullable OrderCard card, Duration budget, Patient patient) {
    if (card == null || patient.orders().isEmpty()) {
      return null;
    }
    String rules = card.rules();
    return timed.start(
        rules,
        budget,
        () -> orderChecks.check(rules, patient.orders(), patient.timeline(), patient.asOf(), 0),
        failure -> new Checked(List.of(), unchecked(rules, failure, patient)));
  }

  private static OrderCheck unchecked(String rules, ReasonCode failure, Patient patient) {
    Gap gap =
        new Gap(
            failure.code(),
            rules,
            "The order rules gave no answer: " + TimedRuns.text(failure),
            List.of());
    List<OrderFinding> findings =
        patient.orders().stream()
            .map(
                order ->
                    new OrderFinding(
                        order.reference(),
                        order.text(),
                        null,
                        new Outcome.NotAssessed(List.of(gap)),
                        List.of()))
            .toList();
    return new OrderCheck(
        rules,
        patient.unread(),
        new Stability(Stability.State.NOT_JUDGED, "it was not looked at", List.of()),
        List.of(),
        findings,
        null);
  }
}
