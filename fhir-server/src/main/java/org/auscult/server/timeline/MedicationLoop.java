package org.auscult.server.timeline;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Follows changed Medications each second, on every node. */
final class MedicationLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(MedicationLoop.class);
  private static final long INTERVAL_MILLIS = 1000;
  private static final long PATIENCE_SECONDS = 15;

  private final MedicationRound round;
  private volatile ScheduledExecutorService thread = Executors.newScheduledThreadPool(0);
  private volatile boolean running;

  MedicationLoop(MedicationRound round) {
    this.round = round;
  }

  @Override
  public void start() {
    running = true;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "medications");
              made.setDaemon(true);
              return made;
            });
    thread.scheduleWithFixedDelay(
        this::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      round.runAll(() -> running);
    } catch (RuntimeException e) {
      LOG.error("Medications could not be followed: {}", e.getClass().getName(), e);
    }
  }

  /** Lets the transaction in hand be finished; what is left waits for the next start. */
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
