package org.auscult.server.audit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Drives the sequencer, soon after it is told of new leaves and otherwise several times a second;
 * where another node is the sequencer, once a second, to take over if that one is gone.
 */
final class SequencerLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SequencerLoop.class);
  private static final Duration INTERVAL = Duration.ofMillis(400);
  private static final Duration GATHERING = Duration.ofMillis(100);
  private static final Duration OF_OTHERS = Duration.ofSeconds(1);

  private final Sequencer sequencer;
  private final TreeHeads heads;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private volatile Thread thread = new Thread(() -> {});

  SequencerLoop(Sequencer sequencer, TreeHeads heads) {
    this.sequencer = sequencer;
    this.heads = heads;
  }

  /** There is something to do. */
  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::run, "audit-sequencer");
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        Sequencer.Round round = sequencer.runOnce();
        while (running && round.appended() > 0) {
          round = sequencer.runOnce();
        }
        if (round.holds()) {
          heads.signIfDue();
        }
        pause(round.holds());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("A round of the audit sequencer failed: {}", e.getClass().getName(), e);
        sleep(OF_OTHERS);
      }
    }
    try {
      sequencer.resign();
    } catch (RuntimeException e) {
      LOG.warn("The audit sequencer's lease runs out by itself: {}", e.getClass().getName());
    }
  }

  private void pause(boolean holds) throws InterruptedException {
    if (!holds) {
      Thread.sleep(OF_OTHERS.toMillis());
    } else if (work.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
      Thread.sleep(GATHERING.toMillis());
    }
    work.drainPermits();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

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

  /** Stops after all that answer requests, and before what it reads from. */
  @Override
  public int getPhase() {
    return 1;
  }
}
