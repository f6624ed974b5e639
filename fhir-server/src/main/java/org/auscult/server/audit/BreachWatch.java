package org.auscult.server.audit;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.export.Verification;
import org.auscult.server.audit.Suspicion.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the rules now and then, on one node, and checks what was added to the log since. */
final class BreachWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BreachWatch.class);
  private static final AuditAgent WATCH = AuditAgent.server("breach-watch");
  private static final int MOST_CHECKED = 10_000;

  private final DataSource dataSource;
  private final BreachRules rules;
  private final Breaches breaches;
  private final LogCheck check;
  private final Lease lease;
  private final InstantSource clock;
  private long checked = -1;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "breach-watch");
            made.setDaemon(true);
            return made;
          });

  /** Verifies a part of the log, as the offline verifier does. */
  interface LogCheck {
    /**
     * From a leaf, at least so many, up to a head.
     *
     * @param from -1 for the first leaf that is in the database
     */
    Verification of(long from, int least) throws IOException;
  }

  BreachWatch(
      DataSource dataSource,
      BreachRules rules,
      Breaches breaches,
      LogCheck check,
      Lease lease,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.rules = rules;
    this.breaches = breaches;
    this.check = check;
    this.lease = lease;
    this.clock = clock;
  }

  BreachWatch begin(Duration interval) {
    thread.scheduleWithFixedDelay(
        this::round, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void round() {
    try {
      if (lease.takeAlone(dataSource)) {
        look();
      }
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.error("The log could not be looked at for breaches: {}", e.getClass().getName(), e);
    }
  }

  /** One look. */
  void look() throws IOException {
    Instant now = clock.instant();
    List<Suspicion> found = rules.look(now);
    found.forEach(suspicion -> breaches.open(suspicion, WATCH));
    Verification verification = check.of(checked, MOST_CHECKED);
    if (!verification.isIntact()) {
      LOG.error("The audit log does not verify: {} findings", verification.found());
      breaches.open(new Suspicion(Rule.LOG_ALTERED, null, null, now, now, ""), WATCH);
    }
    checked = verification.header().size();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
