package org.auscult.server.monitoring;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.auscult.server.audit.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens each minute and looks now and then, each on one node. */
final class MonitoringLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringLoop.class);

  private static final long LISTENED_SECONDS = 60;

  private final DataSource dataSource;
  private final MonitoringRound round;
  private final MonitoringSettings settings;
  private final Leases leases;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "monitoring");
            made.setDaemon(true);
            return made;
          });

  MonitoringLoop(
      DataSource dataSource,
      MonitoringRound round,
      MonitoringSettings settings,
      Leases leases,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.round = round;
    this.settings = settings;
    this.leases = leases;
    this.clock = clock;
  }

  /**
   * Which node does what.
   *
   * @param listening for who listens, for some minutes
   * @param looking for who looks, for some intervals
   */
  record Leases(Lease listening, Lease looking) {}

  MonitoringLoop begin() {
    thread.scheduleWithFixedDelay(
        this::listen, LISTENED_SECONDS, LISTENED_SECONDS, TimeUnit.SECONDS);
    long millis = settings.interval().toMillis();
    thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    return this;
  }

  private void listen() {
    try {
      if (leases.listening().takeAlone(dataSource)) {
        round.listen();
      }
    } catch (SQLException | RuntimeException e) {
      LOG.error("Sources could not be listened to: {}", e.getClass().getName(), e);
    }
  }

  private void look() {
    try {
      if (leases.looking().takeAlone(dataSource)) {
        round.look(clock.instant(), settings.window(), settings.sample(), clock.millis());
      }
    } catch (SQLException | RuntimeException e) {
      LOG.error("What was served could not be looked at: {}", e.getClass().getName(), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
