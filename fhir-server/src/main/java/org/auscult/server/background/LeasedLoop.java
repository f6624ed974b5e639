package org.auscult.server.background;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.auscult.server.audit.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something now and then, on one node. */
public final class LeasedLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedLoop.class);

  private final DataSource dataSource;
  private final Runnable work;
  private final String name;
  private final Lease lease;
  private final ScheduledExecutorService thread;

  private LeasedLoop(DataSource dataSource, String name, Duration interval, Runnable work) {
    this.dataSource = dataSource;
    this.work = work;
    this.name = name;
    this.lease = new Lease(name, UUID.randomUUID().toString(), interval.multipliedBy(3));
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Begins, after the first interval.
   *
   * @param name of the lease and the thread
   * @param work what fails is logged, and tried again the next time
   */
  public static LeasedLoop begin(
      DataSource dataSource, String name, Duration interval, Runnable work) {
    LeasedLoop loop = new LeasedLoop(dataSource, name, interval, work);
    long millis = interval.toMillis();
    loop.thread.scheduleWithFixedDelay(loop::once, millis, millis, TimeUnit.MILLISECONDS);
    return loop;
  }

  /** Work in parts that are whole by themselves. */
  @FunctionalInterface
  public interface Round {
    /**
     * Does all that is to be done.
     *
     * @param goesOn asked before each part
     */
    void run(Instant now, BooleanSupplier goesOn);
  }

  /** The same for rounds, which end between two parts when the loop is closed. */
  public static LeasedLoop beginRounds(
      DataSource dataSource, String name, Duration interval, Round round) {
    return begin(
        dataSource,
        name,
        interval,
        () ->
            round.run(
                InstantSource.system().instant(), () -> !Thread.currentThread().isInterrupted()));
  }

  private void once() {
    try {
      if (lease.takeAlone(dataSource)) {
        work.run();
      }
    } catch (SQLException | RuntimeException e) {
      // The message of a storage error may quote a resource; its type says enough.
      LOG.error("{} could not be done: {}", name, e.getClass().getName());
      LOG.debug("Cause", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
