package org.auscult.server.outcome;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Labels now and then, on every node. */
final class OutcomeLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeLoop.class);
  private static final long PATIENCE_SECONDS = 15;

  private final OutcomeRound round;
  private final OutcomeSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "outcomes");
            made.setDaemon(true);
            return made;
          });
  private volatile boolean running;

  OutcomeLoop(OutcomeRound round, OutcomeSettings settings) {
    this.round = round;
    this.settings = settings;
  }

  @Override
  public void start() {
    running = true;
    long millis = settings.interval().toMillis();
    thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      round.runAll(() -> running);
    } catch (RuntimeException e) {
      LOG.error("Labels could not be written: {}", e.getClass().getName(), e);
    }
  }

  /** Lets the patient in hand be finished; who is left waits for the next start. */
  @Override
  public void stop() {
    running = false;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
