package org.auscult.serving;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.auscult.prediction.ReasonCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts work that must not be waited for: it fails, is late, or is not begun because it failed
 * often, and what says so takes its place.
 *
 * <p>Threads: safe. What does not come back keeps its thread; when all are taken, further work
 * fails at once.
 */
final class TimedRuns {
  private static final Logger LOG = LoggerFactory.getLogger(TimedRuns.class);

  private final Executor threads;
  private final Breaker breaker;

  TimedRuns(Executor threads, Breaker breaker) {
    this.threads = threads;
    this.breaker = breaker;
  }

  /**
   * Starts one piece of work. What comes back never fails, and is there when its time is over.
   *
   * @param name of what is run: what fails often is not run for a while, by this name
   * @param instead what stands for a failure
   */
  <T> CompletableFuture<T> start(
      String name, Duration budget, Supplier<T> work, Function<ReasonCode, T> instead) {
    if (!breaker.permits(name)) {
      return CompletableFuture.completedFuture(instead.apply(ReasonCode.MODEL_PAUSED));
    }
    CompletableFuture<T> running;
    try {
      running = CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException e) {
      running = CompletableFuture.failedFuture(e);
    }
    return running
        .orTimeout(budget.toNanos(), TimeUnit.NANOSECONDS)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                breaker.succeeded(name);
                return done;
              }
              breaker.failed(name);
              return instead.apply(reason(name, failure));
            });
  }

  /** Logs the kind of failure alone: messages may quote data. */
  private static ReasonCode reason(String name, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    LOG.warn("{} gave no answer: {}", name, cause.getClass().getName());
    return cause instanceof TimeoutException ? ReasonCode.TIMED_OUT : ReasonCode.MODEL_FAILED;
  }

  /** What a failure is, for people. */
  static String text(ReasonCode failure) {
    return switch (failure) {
      case TIMED_OUT -> "it did not answer in time";
      case MODEL_PAUSED -> "it failed often and is paused";
      default -> "it could not be run";
    };
  }
}
