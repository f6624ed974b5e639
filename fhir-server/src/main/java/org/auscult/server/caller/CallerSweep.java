package org.auscult.server.caller;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Forgets expired tokens and past days, once in a minute. That several nodes do the same does no
 * harm.
 */
final class CallerSweep implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(CallerSweep.class);

  private final JdbcTokenLedger tokens;
  private final DailyQuotas quotas;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "caller-sweep");
            made.setDaemon(true);
            return made;
          });
  private volatile boolean running;

  CallerSweep(JdbcTokenLedger tokens, DailyQuotas quotas) {
    this.tokens = tokens;
    this.quotas = quotas;
  }

  @Override
  public void start() {
    running = true;
    thread.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
  }

  /** A database that is away for a while must not end the rounds. */
  private void sweep() {
    try {
      tokens.sweep();
      quotas.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Expired tokens of callers were not removed: {}", e.getClass().getName());
    }
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
