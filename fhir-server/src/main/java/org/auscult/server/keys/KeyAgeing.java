package org.auscult.server.keys;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a new key in the place of each that has signed long enough, so that one that leaked unseen
 * does not serve for ever. A purpose without a key gets none. Of two nodes that look at the same
 * moment each may put one; both are good.
 */
final class KeyAgeing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyAgeing.class);
  private static final Duration ROUND = Duration.ofHours(6);
  private static final Duration FIRST = Duration.ofMinutes(5);

  private final KeyRing ring;
  private final AuditTrail trail;
  private final Duration age;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "key-ageing");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param age zero for keys that never grow too old
   */
  KeyAgeing(KeyRing ring, AuditTrail trail, Duration age, InstantSource clock) {
    this.ring = ring;
    this.trail = trail;
    this.age = age;
    this.clock = clock;
  }

  /** Looks now and then, from a thread of its own. */
  KeyAgeing begin() {
    if (!age.isZero()) {
      thread.scheduleWithFixedDelay(
          this::round, FIRST.toSeconds(), ROUND.toSeconds(), TimeUnit.SECONDS);
    }
    return this;
  }

  private void round() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("Keys could not be replaced; the next round tries again", e);
    }
  }

  /** Replaces what is too old. */
  void look() {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      boolean isOld =
          ring.verifying(purpose).stream()
              .limit(1)
              .anyMatch(key -> key.from().plus(age).isBefore(clock.instant()));
      if (isOld) {
        replace(purpose);
      }
    }
  }

  private void replace(KeyPurpose purpose) {
    String id = ring.rotate(purpose).id();
    LOG.info("The key for {} was {} old; {} signs now", purpose, age, id);
    trail.record(
        AuditEntry.of(AuditKind.CONFIGURATION, AuditAction.UPDATE, "key " + purpose)
            .by(AuditAgent.server("key-ageing"))
            .detail("key", id)
            .build());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
