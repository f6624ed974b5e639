package org.auscult.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.ModelCard;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.PredictionService;
import org.auscult.prediction.Reason;
import org.auscult.prediction.ReasonCode;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientTimeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the deployments of one call side by side, each within its own time.
 *
 * <p>A model that fails, is late, or is paused because it failed often, is followed by the version
 * that its deployment names as fallback, and by no other (safety rule 19). Where there is one, the
 * first has half of the time. What still has no answer becomes a run that says so: one failing
 * model takes nothing from the others, and nobody waits longer than the deployment says.
 *
 * <p>Threads: safe. A model that does not come back keeps its thread; when all are taken, further
 * runs fail at once.
 */
public final class DeploymentRunner {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentRunner.class);

  private final PredictionService predictions;
  private final Executor threads;
  private final Breaker breaker;

  /**
   * @param threads bounded; refuses what it has no room for
   */
  public DeploymentRunner(PredictionService predictions, Executor threads, Breaker breaker) {
    this.predictions = predictions;
    this.threads = threads;
    this.breaker = breaker;
  }

  /**
   * Runs all models of all deployments.
   *
   * @return one for each deployment, in their order; indices of runs go on from one to the next
   */
  public List<DeploymentRun> run(
      List<Deployment> deployments, PatientTimeline timeline, AsOf asOf) {
    List<List<CompletableFuture<List<ModelRun>>>> started = new ArrayList<>();
    for (Deployment deployment : deployments) {
      started.add(
          deployment.models().stream()
              .map(card -> started(card, deployment.budget(), timeline, asOf))
              .toList());
    }
    List<DeploymentRun> done = new ArrayList<>();
    int index = 0;
    for (int i = 0; i < deployments.size(); i++) {
      List<ModelRun> runs = new ArrayList<>();
      for (CompletableFuture<List<ModelRun>> one : started.get(i)) {
        for (ModelRun run : one.join()) {
          runs.add(run.at(index++));
        }
      }
      done.add(DeploymentRun.undecided(deployments.get(i).canonical(), runs));
    }
    return done;
  }

  private CompletableFuture<List<ModelRun>> started(
      ModelCard card, Duration budget, PatientTimeline timeline, AsOf asOf) {
    String fallback = card.fallback();
    if (fallback == null) {
      return started(card.model(), budget, timeline, asOf);
    }
    Duration half = budget.dividedBy(2);
    return started(card.model(), half, timeline, asOf)
        .thenCompose(
            first ->
                hasFailed(first)
                    ? started(fallback, half, timeline, asOf)
                        .thenApply(second -> joined(first, second))
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

  /** Never fails: a failure is a run that says so. */
  private CompletableFuture<List<ModelRun>> started(
      String model, Duration budget, PatientTimeline timeline, AsOf asOf) {
    if (!breaker.permits(model)) {
      return CompletableFuture.completedFuture(
          failed(model, ReasonCode.MODEL_PAUSED, "it failed often and is paused", timeline, asOf));
    }
    CompletableFuture<List<ModelRun>> running;
    try {
      running =
          CompletableFuture.supplyAsync(
              () -> predictions.predict(model, timeline, asOf, 0), threads);
    } catch (RejectedExecutionException e) {
      running = CompletableFuture.failedFuture(e);
    }
    return running
        .orTimeout(budget.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (runs, failure) -> {
              if (failure == null) {
                breaker.succeeded(model);
                return runs;
              }
              breaker.failed(model);
              return failed(model, failure, timeline, asOf);
            });
  }

  /** Logs the kind of failure alone: messages may quote data. */
  private static List<ModelRun> failed(
      String model, Throwable failure, PatientTimeline timeline, AsOf asOf) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.warn("Model {} gave no answer: {}", model, cause.getClass().getName());
    return cause instanceof TimeoutException
        ? failed(model, ReasonCode.TIMED_OUT, "it did not answer in time", timeline, asOf)
        : failed(model, ReasonCode.MODEL_FAILED, "it could not be run", timeline, asOf);
  }

  private static List<ModelRun> failed(
      String model, ReasonCode code, String text, PatientTimeline timeline, AsOf asOf) {
    FeatureVector unread =
        new FeatureVector("", timeline.patient(), asOf, timeline.epoch(), List.of());
    Reason reason = new Reason(code.code(), model, "The model gave no answer: " + text, List.of());
    return List.of(new ModelRun(0, model, unread, new NotAssessed(List.of(reason))));
  }
}
