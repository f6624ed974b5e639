package org.auscult.server.timeline;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.auscult.server.background.Backoff;
import org.auscult.server.journal.CrashPoint;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.fhir.MedicationVersion;
import org.hl7.fhir.r4.model.Medication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes anew what names a Medication that changed, where that is more than the change itself took
 * along; on any number of nodes. It also enters, once, the Medications that were stored before
 * there were states of them.
 *
 * <p>Idea: what waits is a row of the inbox, written by the transaction that changed the
 * Medication. It is taken out by the transaction that finds nothing behind any more; so a crash
 * anywhere leaves it where it was, and doing it again changes nothing.
 */
final class MedicationRound {
  private static final Logger LOG = LoggerFactory.getLogger(MedicationRound.class);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final StoredMedications medications;
  private final TimelineWriter writer;
  private final Function<String, Optional<Medication>> stored;
  private final InstantSource clock;
  private volatile boolean isAllEntered;

  /**
   * @param stored the version of a Medication that stands, by its id; empty if it is gone
   */
  MedicationRound(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      StoredMedications medications,
      TimelineWriter writer,
      Function<String, Optional<Medication>> stored,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.medications = medications;
    this.writer = writer;
    this.stored = stored;
    this.clock = clock;
  }

  private record Claim(String medication, int attempts, List<Long> rows) {}

  private record Numbered(long number, String id) {}

  /**
   * Does all that waits.
   *
   * @param goesOn asked before each transaction
   */
  void runAll(BooleanSupplier goesOn) {
    while (!isAllEntered && goesOn.getAsBoolean()) {
      transaction.executeWithoutResult(status -> isAllEntered = enterNext());
    }
    while (goesOn.getAsBoolean() && one()) {
      CrashPoint.pass("medications.after-commit");
    }
  }

  /** Medications that wait. */
  long backlog() {
    Long waiting =
        jdbc.queryForObject("select count(distinct medication) from medication_inbox", Long.class);
    return waiting == null ? 0 : waiting;
  }

  /** Follows one Medication for a while; false if none waits. */
  private boolean one() {
    AtomicReference<Claim> claimed = new AtomicReference<>();
    try {
      transaction.executeWithoutResult(
          status -> {
            claimed.set(claim());
            if (claimed.get() != null) {
              follow(claimed.get());
            }
          });
    } catch (RuntimeException e) {
      if (claimed.get() == null) {
        throw e;
      }
      later(claimed.get(), e);
    }
    return claimed.get() != null;
  }

  private @Nullable Claim claim() {
    List<Claim> next =
        jdbc.query(
            "select medication, attempts from medication_inbox where not_before <= ? order by seq"
                + " limit 1 for update skip locked",
            (row, n) -> new Claim(row.getString(1), row.getInt(2), List.of()),
            clock.millis());
    if (next.isEmpty()) {
      return null;
    }
    String medication = next.get(0).medication();
    List<Long> rows =
        jdbc.queryForList(
            "select seq from medication_inbox where medication = ? for update skip locked",
            Long.class,
            medication);
    return new Claim(medication, next.get(0).attempts(), rows);
  }

  private void follow(Claim claim) {
    MedicationState state = medications.shared(claim.medication());
    List<Change> behind = medications.behind(claim.medication(), state, StoredMedications.AT_ONCE);
    writer.apply(behind, List.of(), List.of());
    if (behind.size() < StoredMedications.AT_ONCE) {
      jdbc.batchUpdate(
          "delete from medication_inbox where seq = ?",
          claim.rows().stream().map(row -> new Object[] {row}).toList());
    }
    CrashPoint.pass("medications.before-commit");
  }

  private void later(Claim claim, RuntimeException e) {
    int attempts = claim.attempts() + 1;
    Duration pause = Backoff.after(attempts);
    LOG.warn(
        "What names Medication/{} could not be written anew ({} times), next try in {}: {}",
        claim.medication(),
        attempts,
        pause,
        e.getClass().getName());
    LOG.debug("Cause", e);
    jdbc.update(
        "update medication_inbox set attempts = ?, not_before = ? where medication = ?",
        attempts,
        clock.instant().plus(pause).toEpochMilli(),
        claim.medication());
  }

  /** Whether there is none left; each in a transaction of its own, since it is locked there. */
  private boolean enterNext() {
    List<Long> position =
        jdbc.queryForList(
            "select position from medication_progress where not finished for update", Long.class);
    if (position.isEmpty()) {
      return true;
    }
    List<Numbered> next =
        jdbc.query(
            "select res_id, fhir_id from hfj_resource where res_type = 'Medication' and"
                + " res_deleted_at is null and res_id > ? order by res_id limit 1",
            (row, n) -> new Numbered(row.getLong(1), row.getString(2)),
            position.get(0));
    for (Numbered one : next) {
      // Read behind the lock: a state means that it was written since, by who knew of states.
      if (medications.alone(one.id()).number() == 0) {
        stored
            .apply(one.id())
            .map(MedicationVersion::of)
            .ifPresent(version -> writer.apply(List.of(), List.of(), List.of(version)));
      }
      jdbc.update("update medication_progress set position = ?", one.number());
    }
    if (next.isEmpty()) {
      jdbc.update("update medication_progress set finished = ?", true);
    }
    return next.isEmpty();
  }
}
