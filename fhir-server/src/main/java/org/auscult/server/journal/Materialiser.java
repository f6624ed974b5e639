package org.auscult.server.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.server.journal.ResourceWriter.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes FHIR resources of pending journal rows, in batches, on any number of nodes.
 *
 * <p>Idea: rows are locked with {@code FOR UPDATE SKIP LOCKED}, their resources are PUT under ids
 * that follow from the row, then the rows are marked and the lock is let go. A crash anywhere
 * leaves the rows pending, and writing the same resources again changes nothing: so each prediction
 * is there exactly once. A row that fails in a batch is tried alone, then again after ever longer
 * pauses, and parked after {@value #MOST_ATTEMPTS} attempts: so one poison row never stops the
 * others, and a store that is away for some minutes parks nothing.
 */
public final class Materialiser {
  private static final Logger LOG = LoggerFactory.getLogger(Materialiser.class);
  private static final int MOST_ATTEMPTS = 6;

  /** Seconds until the second attempt; each later pause is four times as long. */
  private static final long FIRST_PAUSE = 1;

  private final DataSource dataSource;
  private final ResourceWriter writer;
  private final int batch;
  private final Semaphore hands;
  private final InstantSource clock;

  /**
   * @param batch rows written in one transaction at the most
   * @param atOnce rounds at the same time at the most: each holds two connections, one for its rows
   *     and one for what it writes, so that as many as a pool has would wait for each other
   * @param clock says when a failed row is due again
   */
  public Materialiser(
      DataSource dataSource, ResourceWriter writer, int batch, int atOnce, InstantSource clock) {
    this.dataSource = dataSource;
    this.writer = writer;
    this.batch = batch;
    this.hands = new Semaphore(atOnce, true);
    this.clock = clock;
  }

  /**
   * Does one batch of predictions and one of answers.
   *
   * @return how many rows were looked at; 0 if nothing was pending
   */
  public int runOnce() {
    return round(Queue.PREDICTIONS, Claim.ANY) + round(Queue.ANSWERS, Claim.ANY);
  }

  /** How many rows of a kind a round takes at the most; if it took fewer, it took all. */
  int batch() {
    return batch;
  }

  /**
   * Does one entry at once, if it is pending: for a reader who asks for it by id. If a round has it
   * in hand, waits for that.
   */
  public void materialise(UUID journalId) {
    round(Queue.PREDICTIONS, Claim.of(journalId));
  }

  /** The same for one answer. */
  public void materialiseAnswer(UUID answerId) {
    round(Queue.ANSWERS, Claim.of(answerId));
  }

  /** Rows that are waiting. */
  public long backlog() {
    return count(State.PENDING);
  }

  /** Rows that could not be written and wait for a person. */
  public long parked() {
    return count(State.PARKED);
  }

  private long count(State state) {
    try (Connection connection = dataSource.getConnection()) {
      long sum = 0;
      for (Queue queue : Queue.values()) {
        try (PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from " + queue.table + " where state = ?")) {
          select.setString(1, state.name());
          try (ResultSet rows = select.executeQuery()) {
            rows.next();
            sum += rows.getLong(1);
          }
        }
      }
      return sum;
    } catch (SQLException e) {
      throw new JdbcPredictionJournal.JournalException("The journal cannot be counted", e);
    }
  }

  private enum State {
    PENDING,
    DONE,
    PARKED
  }

  private enum Queue {
    PREDICTIONS(
        "prediction_journal",
        "select id, entry, attempts, recorded_at, '' from prediction_journal q"),
    ANSWERS(
        "prediction_feedback",
        "select id, answer, attempts, received_at, (select entry from prediction_journal j where j.id ="
            + " q.journal_id) from prediction_feedback q");

    private final String table;
    private final String select;

    Queue(String table, String select) {
      this.table = table;
      this.select = select;
    }
  }

  private record Row(String id, String document, int attempts, Instant stored, String entry) {
    Row triedAgain() {
      return new Row(id, document, attempts + 1, stored, entry);
    }
  }

  /** Which rows, and what to do about those that others have locked. */
  private record Claim(String condition, String locked) {
    private static final Claim ANY = new Claim("", " skip locked");

    static Claim of(UUID id) {
      return new Claim(" and id = '" + id + "'", "");
    }
  }

  private int round(Queue queue, Claim which) {
    hands.acquireUninterruptibly();
    try {
      return transaction(queue, which);
    } finally {
      hands.release();
    }
  }

  private int transaction(Queue queue, Claim which) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int done = round(connection, queue, which);
        connection.commit();
        CrashPoint.pass("materialiser.after-commit");
        return done;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new JdbcPredictionJournal.JournalException("The journal cannot be materialised", e);
    }
  }

  private int round(Connection connection, Queue queue, Claim which) throws SQLException {
    List<Row> rows = claim(connection, queue, which);
    if (rows.isEmpty()) {
      return 0;
    }
    CrashPoint.pass("materialiser.claimed");
    if (written(queue, rows)) {
      CrashPoint.pass("materialiser.written");
      mark(connection, queue, rows, State.DONE);
    } else {
      for (Row row : rows) {
        alone(connection, queue, row);
      }
    }
    CrashPoint.pass("materialiser.before-commit");
    return rows.size();
  }

  private void alone(Connection connection, Queue queue, Row row) throws SQLException {
    if (written(queue, List.of(row))) {
      mark(connection, queue, List.of(row), State.DONE);
      return;
    }
    Row tried = row.triedAgain();
    int attempts = tried.attempts();
    boolean park = attempts >= MOST_ATTEMPTS;
    if (park) {
      LOG.error(
          "Row {} of {} could not be written {} times and is parked; its prediction is safe in the"
              + " journal, but not visible over FHIR",
          row.id(),
          queue.table,
          attempts);
    }
    mark(connection, queue, List.of(tried), park ? State.PARKED : State.PENDING);
  }

  private boolean written(Queue queue, List<Row> rows) {
    try {
      switch (queue) {
        case PREDICTIONS -> writer.write(entries(rows));
        case ANSWERS ->
            writer.writeAnswers(
                rows.stream()
                    .map(
                        r ->
                            new Answer(
                                r.id(),
                                JournalJson.readFeedback(r.document()),
                                r.stored(),
                                JournalJson.read(r.entry())))
                    .toList());
      }
      return true;
    } catch (RuntimeException e) {
      // The message of a storage error may quote a resource; its type says enough.
      LOG.warn(
          "{} rows of {}, first {}, were not written: {}",
          rows.size(),
          queue.table,
          rows.get(0).id(),
          e.getClass().getName());
      LOG.debug("Cause", e);
      return false;
    }
  }

  private static List<JournalEntry> entries(List<Row> rows) {
    return rows.stream().map(r -> JournalJson.read(r.document())).toList();
  }

  private List<Row> claim(Connection connection, Queue queue, Claim which) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            queue.select
                + " where state = 'PENDING' and not_before <= ?"
                + which.condition()
                + " order by seq limit "
                + batch
                + " for update"
                + which.locked())) {
      select.setLong(1, clock.millis());
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Row(
                  found.getString(1),
                  found.getString(2),
                  found.getInt(3),
                  Instant.ofEpochMilli(found.getLong(4)),
                  found.getString(5)));
        }
      }
    }
    return rows;
  }

  private void mark(Connection connection, Queue queue, List<Row> rows, State state)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update "
                + queue.table
                + " set state = ?, attempts = ?, not_before = ? where id = ?")) {
      for (Row row : rows) {
        update.setString(1, state.name());
        update.setInt(2, row.attempts());
        update.setLong(
            3, state == State.PENDING ? clock.millis() + pauseMillis(row.attempts()) : 0);
        update.setString(4, row.id());
        update.addBatch();
      }
      update.executeBatch();
    }
  }

  private static long pauseMillis(int attempts) {
    return TimeUnit.SECONDS.toMillis(FIRST_PAUSE << (2 * (attempts - 1)));
  }

  /** For the loop that drives it: what to do with an error of a whole round. */
  static Consumer<RuntimeException> logged() {
    return e -> LOG.warn("A round of the materialiser failed: {}", e.getClass().getName(), e);
  }
}
