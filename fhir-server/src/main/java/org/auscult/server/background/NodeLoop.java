package org.auscult.server.background;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Does all that waits, now and then, on every node: those who do it see to it that none meet. */
public final class NodeLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);
  private static final long PATIENCE_SECONDS = 15;

  private final String name;
  private final Duration interval;
  private final Work work;
  private volatile ScheduledExecutorService thread = Executors.newScheduledThreadPool(0);
  private volatile boolean running;

  /** What is done; what fails is logged, and tried again the next time. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does all that waits.
     *
     * @param goesOn asked before each part that is whole by itself
     */
    void runAll(BooleanSupplier goesOn);
  }

  /**
   * @param name of the thread
   * @param interval from the end of one round to the next
   */
  public NodeLoop(String name, Duration interval, Work work) {
    this.name = name;
    this.interval = interval;
    this.work = work;
  }

  @Override
  public void start() {
    running = true;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    long millis = interval.toMillis();
    thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      work.runAll(() -> running);
    } catch (RuntimeException e) {
      // The message of a storage error may quote a resource; its type says enough.
      LOG.error("{} could not be done: {}", name, e.getClass().getName());
      LOG.debug("Cause", e);
    }
  }

  /** Lets the part in hand be finished; what is left waits for the next start. */
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
