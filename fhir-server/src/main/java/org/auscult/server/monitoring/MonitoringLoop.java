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

/** Looks now and then, on one node. */
final class MonitoringLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringLoop.class);

  private final DataSource dataSource;
  private final MonitoringRound round;
  private final MonitoringSettings settings;
  private final Lease lease;
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
      Lease lease,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.round = round;
    this.settings = settings;
    this.lease = lease;
    this.clock = clock;
  }

  MonitoringLoop begin() {
    long millis = settings.interval().toMillis();
    thread.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    return this;
  }

  private void look() {
    try {
      if (lease.takeAlone(dataSource)) {
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
