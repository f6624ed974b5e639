package org.auscult.server.journal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Drives the materialiser: soon after it is told of new rows, otherwise once in an interval.
 *
 * <p>It is in no hurry: rows gather for a moment, since many in one transaction cost half of what
 * each alone does, and a batch lets the calls in hand be answered first. Both are far below the
 * second within which a prediction is to be found, and whoever reads one by its id gets it at once.
 */
final class MaterialiserLoop implements SmartLifecycle {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration GATHERING = Duration.ofMillis(150);
  private static final Duration GIVING_WAY = Duration.ofMillis(100);

  private final Materialiser materialiser;
  private final CallsInFlight calls;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private volatile Thread thread = new Thread(() -> {});

  MaterialiserLoop(Materialiser materialiser, CallsInFlight calls) {
    this.materialiser = materialiser;
    this.calls = calls;
  }

  /** There is something to do. */
  void wake() {
    work.release();
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::run, "materialiser");
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        if (work.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          Thread.sleep(GATHERING.toMillis());
          work.drainPermits();
        }
        do {
          calls.awaitNone(GIVING_WAY);
        } while (running && materialiser.runOnce() >= materialiser.batch());
      } catch (RuntimeException e) {
        Materialiser.logged().accept(e);
        pause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the batch in hand finish; what is left is pending for the next start. */
  @Override
  public void stop() {
    running = false;
    work.release();
    try {
      thread.join(Duration.ofSeconds(15).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
