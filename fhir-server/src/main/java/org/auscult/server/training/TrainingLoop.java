package org.auscult.server.training;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.auscult.server.training.TrainingRun.StoppedException;
import org.auscult.server.training.TrainingRun.Tools;
import org.auscult.server.training.TrainingSets.LostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes data sets, one at a time on each node: whatever waits, and what a node left that died. A
 * job that a fault breaks off is tried again from its last shard, three times.
 */
final class TrainingLoop implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_ATTEMPTS = 3;

  private final Tools tools;
  private final PlanReader plans;
  private final String holder = UUID.randomUUID().toString();
  private final Semaphore work = new Semaphore(0);
  private volatile boolean running;
  private volatile Thread thread = new Thread(() -> {});

  TrainingLoop(Tools tools, PlanReader plans) {
    this.tools = tools;
    this.plans = plans;
  }

  /** There is something to do. */
  void wake() {
    work.release();
  }

  @Override
  public void start() {
    running = true;
    thread = new Thread(this::run, "training-sets");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        Optional<TrainingJob> job = tools.sets().claim(holder);
        if (job.isPresent()) {
          make(job.get());
        } else {
          boolean unused = work.tryAcquire(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
          work.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("Data sets cannot be looked for: {}", e.getClass().getName(), e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void make(TrainingJob job) {
    try {
      KeptRequest request = KeptRequest.read(job.request());
      PlanReader.Read read = plans.read(request.parameters(), job.cut());
      TrainingPlan plan = read.plan();
      if (plan == null) {
        fail(job, "A definition is not there any more: " + read.problems().get(0));
      } else if (!KeptRequest.of(plan).definitions().equals(request.definitions())) {
        fail(job, "A definition, or what its ValueSets hold, has changed since the start.");
      } else {
        new TrainingRun(tools, plan, job, holder).run();
        LOG.info("Data set {} is made", job.id());
      }
    } catch (LostException e) {
      LOG.info("Data set {} was cancelled, or another node makes it", job.id());
    } catch (StoppedException e) {
      release(job);
    } catch (RuntimeException | IOException e) {
      broken(job, e);
    }
  }

  private void broken(TrainingJob job, Exception why) {
    if (Thread.currentThread().isInterrupted() || !running) {
      release(job);
      return;
    }
    LOG.error("Data set {} broke off: {}", job.id(), why.getClass().getName(), why);
    int attempts = tools.sets().find(job.id()).map(TrainingJob::attempts).orElse(MOST_ATTEMPTS);
    if (attempts >= MOST_ATTEMPTS) {
      fail(
          job, "It broke off " + attempts + " times at the same place; the server's log says why.");
    }
    // Otherwise the lease runs out, and it is taken up again.
  }

  private void fail(TrainingJob job, String problem) {
    try {
      tools.sets().fail(job.id(), holder, problem);
    } catch (LostException e) {
      LOG.info("Data set {} was cancelled, or another node makes it", job.id());
    }
  }

  /** Without the thread's interruption, at which the database's driver would give up. */
  private void release(TrainingJob job) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      tools.sets().release(job.id(), holder);
    } catch (RuntimeException e) {
      LOG.warn("The lease of data set {} runs out by itself: {}", job.id(), e.getClass().getName());
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before what it reads from. */
  @Override
  public int getPhase() {
    return 2;
  }
}
