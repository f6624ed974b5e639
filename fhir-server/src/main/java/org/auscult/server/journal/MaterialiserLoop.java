package org.auscult.server.journal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Drives the materialiser: at once when told of new rows, otherwise once in an interval. */
final class MaterialiserLoop implements SmartLifecycle {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Materialiser materialiser;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private volatile Thread thread = new Thread(() -> {});

  MaterialiserLoop(Materialiser materialiser) {
    this.materialiser = materialiser;
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
        while (running && materialiser.runOnce() > 0) {
          work.drainPermits();
        }
        if (work.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
          work.drainPermits();
        }
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
