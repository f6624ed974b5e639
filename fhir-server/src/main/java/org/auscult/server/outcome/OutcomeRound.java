package org.auscult.server.outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.server.background.Backoff;
import org.auscult.server.journal.CrashPoint;
import org.auscult.server.timeline.Merges;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Labels predictions, on any number of nodes.
 *
 * <p>Idea: a patient's inbox rows are locked, then its cases; what the record says now is labelled,
 * and what differs from the label that stands is written together with the Observation, in the
 * transaction that empties the inbox. So a crash anywhere leaves the rows where they were, two
 * nodes never say the same twice, and labelling again changes nothing. A patient who fails is tried
 * again after ever longer pauses, and never stops the others.
 */
public final class OutcomeRound {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeRound.class);

  /** Cases that are rung for at once. */
  private static final int RING = 500;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final OutcomeCases cases;
  private final OutcomeCatalog catalog;
  private final OutcomeLabeller labeller;
  private final TimelineReader reader;
  private final LabelWriter writer;
  private final InstantSource clock;

  /**
   * @param transaction on the same database as {@code jdbc}
   * @param writer writes within that transaction
   */
  public OutcomeRound(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      OutcomeCases cases,
      OutcomeCatalog catalog,
      OutcomeLabeller labeller,
      TimelineReader reader,
      LabelWriter writer,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.cases = cases;
    this.catalog = catalog;
    this.labeller = labeller;
    this.reader = reader;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * Does all that waits.
   *
   * @param goesOn asked before each patient
   */
  public void runAll(BooleanSupplier goesOn) {
    while (transaction.execute(status -> cases.ring(clock.instant(), RING)) == RING) {
      // There may be more.
    }
    // Nobody's predictions wait for these. Who is predicted meanwhile rings for himself.
    jdbc.update(
        "delete from outcome_inbox where not exists (select 1 from outcome_case c where c.patient ="
            + " outcome_inbox.patient) and not exists (select 1 from patient_epoch e where"
            + " e.merged_into = outcome_inbox.patient)");
    Map<String, Optional<ResolvedOutcome>> outcomes = new HashMap<>();
    while (goesOn.getAsBoolean() && one(outcomes)) {
      CrashPoint.pass("outcomes.after-commit");
    }
  }

  /** Rows that wait, of whoever. */
  public long backlog() {
    Long rows = jdbc.queryForObject("select count(*) from outcome_inbox", Long.class);
    return rows == null ? 0 : rows;
  }

  /**
   * What is claimed of the inbox.
   *
   * @param rows of the patient, which nobody else has in hand
   * @param knownAt when the latest of them became known
   */
  private record Claim(String patient, int attempts, List<Long> rows, Instant knownAt) {}

  /** Labels the predictions of one patient; false if none waits. */
  private boolean one(Map<String, Optional<ResolvedOutcome>> outcomes) {
    AtomicReference<Claim> claimed = new AtomicReference<>();
    try {
      transaction.executeWithoutResult(
          status -> {
            claimed.set(claim());
            if (claimed.get() != null) {
              label(claimed.get(), outcomes);
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
    List<String> next =
        jdbc.queryForList(
            "select patient from outcome_inbox where not_before <= ? order by seq limit 1 for"
                + " update skip locked",
            String.class,
            clock.millis());
    if (next.isEmpty()) {
      return null;
    }
    List<Long> rows = new ArrayList<>();
    int[] attempts = {0};
    long[] knownAt = {clock.millis()};
    jdbc.query(
        "select seq, known_at, attempts from outcome_inbox where patient = ? order by seq for"
            + " update skip locked",
        row -> {
          rows.add(row.getLong(1));
          knownAt[0] = Math.max(knownAt[0], row.getLong(2));
          attempts[0] = Math.max(attempts[0], row.getInt(3));
        },
        next.get(0));
    return new Claim(next.get(0), attempts[0], rows, Instant.ofEpochMilli(knownAt[0]));
  }

  private void later(Claim claim, RuntimeException e) {
    int attempts = claim.attempts() + 1;
    Duration pause = Backoff.after(attempts);
    // The message of a storage error may quote a resource; its type says enough.
    LOG.warn(
        "Labels of a patient could not be written ({} times), next try in {}: {}",
        attempts,
        pause,
        e.getClass().getName());
    LOG.debug("Cause", e);
    jdbc.update(
        "update outcome_inbox set attempts = ?, not_before = ? where patient = ?",
        attempts,
        clock.instant().plus(pause).toEpochMilli(),
        claim.patient());
  }

  private void label(Claim claim, Map<String, Optional<ResolvedOutcome>> outcomes) {
    CrashPoint.pass("outcomes.claimed");
    for (OutcomeCase each : cases.lock(Merges.mergedInto(claim.patient(), jdbc))) {
      label(each, claim.knownAt(), outcomes);
    }
    CrashPoint.pass("outcomes.written");
    jdbc.batchUpdate(
        "delete from outcome_inbox where seq = ?",
        claim.rows().stream().map(row -> new Object[] {row}).toList());
    CrashPoint.pass("outcomes.before-commit");
  }

  private void label(
      OutcomeCase each, Instant now, Map<String, Optional<ResolvedOutcome>> outcomes) {
    ResolvedOutcome outcome =
        outcomes
            .computeIfAbsent(each.outcome(), catalog::outcome)
            .orElseThrow(
                () -> new IllegalStateException(each.outcome() + " cannot be read any more"));
    Instant knownAt = now.isBefore(each.indexTime()) ? each.indexTime() : now;
    String home = new Merges(jdbc).resolve(each.patient());
    Optional<PatientTimeline> timeline = reader.read(outcome.query(home, knownAt));
    if (timeline.isEmpty()) {
      return;
    }
    OutcomeLabel label = labeller.label(outcome, timeline.get(), each.indexTime(), knownAt);
    boolean isOpen = label.isOpen();
    cases.due(
        each,
        OutcomeLabeller.again(outcome, timeline.get(), label, each.indexTime(), knownAt),
        labeller.closes(outcome, timeline.get(), each.indexTime(), knownAt));
    boolean isNew = !OutcomeCase.inShort(label).equals(each.stands());
    if (isNew && !(isOpen && each.stands() == null)) {
      cases.stands(each, label, knownAt);
      writer.write(each, outcome, label, knownAt);
    }
  }
}
