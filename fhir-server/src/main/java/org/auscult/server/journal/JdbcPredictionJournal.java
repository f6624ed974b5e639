package org.auscult.server.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.prediction.Answer;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.PredictionJournal;
import org.auscult.prediction.Subject;
import org.auscult.server.journal.JournalLeaves.Leaf;
import org.jspecify.annotations.Nullable;

/**
 * The journal in our own table: one insert, committed before {@code store} returns.
 *
 * <p>It takes a connection of its own, never a running transaction's: what is shown must be durable
 * whatever else happens. H2 writes a commit to its file up to half a second later, unless told to;
 * so it is told to.
 */
public final class JdbcPredictionJournal implements PredictionJournal {
  private static final String UNIQUE_VIOLATION = "23505";

  /** In {@code audit_waits}, until the sequencer has copied the leaf. */
  private static final short AWAITS_ITS_PLACE = 1;

  private final DataSource dataSource;
  private final JournalLeaves leaves;
  private final Runnable onStored;

  /** A journal without an audit log. */
  public JdbcPredictionJournal(DataSource dataSource, Runnable onStored) {
    this(dataSource, JournalLeaves.NONE, onStored);
  }

  /**
   * @param leaves of the audit log, stored in the insert of each entry
   * @param onStored told after each commit, so that a materialiser need not wait for its next round
   */
  public JdbcPredictionJournal(DataSource dataSource, JournalLeaves leaves, Runnable onStored) {
    this.dataSource = dataSource;
    this.leaves = leaves;
    this.onStored = onStored;
  }

  @Override
  public JournalEntry store(JournalEntry entry) {
    CrashPoint.pass("journal.before-insert");
    Leaf leaf = leaves.of(entry);
    boolean isUnknown = leaf != null;
    try (Connection connection = dataSource.getConnection()) {
      stored(connection, entry, leaf);
      isUnknown = false;
      if (leaf != null) {
        leaf.stored();
      }
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        isUnknown = false;
        if (leaf != null) {
          leaf.notStored();
        }
        return find(entry.call(), entry.subject()).orElseThrow(() -> failed(entry, e));
      }
      throw failed(entry, e);
    } finally {
      if (isUnknown && leaf != null) {
        leaf.unknown();
      }
    }
    CrashPoint.pass("journal.after-insert");
    onStored.run();
    return entry;
  }

  /** The entry, and what it showed, in one transaction. */
  private static void stored(Connection connection, JournalEntry entry, @Nullable Leaf leaf)
      throws SQLException {
    boolean isAlone = entry.deployments().stream().allMatch(d -> d.memory() == null);
    if (isAlone) {
      insert(connection, entry, leaf);
    } else {
      connection.setAutoCommit(false);
      try {
        insert(connection, entry, leaf);
        JdbcDisplayHistory.insert(connection, entry);
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
    makeDurable(connection);
  }

  /**
   * Inserts an entry as if to store it, and takes it back: shows that it could be stored.
   *
   * @throws JournalException if it could not
   */
  public void rehearse(JournalEntry entry) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        insert(connection, entry, null);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed(entry, e);
    }
  }

  private static void insert(Connection connection, JournalEntry entry, @Nullable Leaf leaf)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into prediction_journal (id, recorded_at, service, instance, subject_origin,"
                + " subject_id, epoch, entry, audit_id, audit_leaf, audit_waits, state, attempts)"
                + " values (?,?,?,?,?,?,?,?,?,?,?,'PENDING', 0)")) {
      insert.setString(1, entry.id().toString());
      insert.setLong(2, entry.recordedAt().toEpochMilli());
      insert.setString(3, entry.call().service());
      insert.setString(4, entry.call().instance());
      insert.setString(5, entry.subject().origin());
      insert.setString(6, entry.subject().id());
      insert.setLong(7, entry.epoch());
      insert.setString(8, JournalJson.write(entry));
      if (leaf == null) {
        insert.setNull(9, Types.VARCHAR);
        insert.setNull(10, Types.VARBINARY);
        insert.setNull(11, Types.SMALLINT);
      } else {
        insert.setString(9, leaf.id());
        insert.setBytes(10, leaf.bytes());
        insert.setShort(11, AWAITS_ITS_PLACE);
      }
      insert.executeUpdate();
    }
  }

  @Override
  public Optional<JournalEntry> find(UUID id) {
    return select("id = ?", CardId.journal(id).toString());
  }

  @Override
  public Optional<JournalEntry> find(Call call, Subject subject) {
    return select(
        "service = ? and instance = ? and subject_origin = ? and subject_id = ?",
        call.service(),
        call.instance(),
        subject.origin(),
        subject.id());
  }

  private Optional<JournalEntry> select(String where, String... arguments) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select entry from prediction_journal where " + where)) {
      for (int i = 0; i < arguments.length; i++) {
        select.setString(i + 1, arguments[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(JournalJson.read(rows.getString(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new JournalException("The prediction journal cannot be read", e);
    }
  }

  @Override
  public Optional<Answer> store(Answer answer) {
    Feedback feedback = answer.feedback();
    UUID journal = CardId.journal(feedback.card());
    Optional<JournalEntry> entry =
        CardId.number(feedback.card()) == 0 ? Optional.empty() : find(journal);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    leaves.answered(entry.get(), feedback);
    Answer stored = answer;
    try (Connection connection = dataSource.getConnection()) {
      insert(connection, journal, answer);
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw new JournalException("Feedback on card " + feedback.card() + " was not stored", e);
      }
      stored =
          answers(journal).stream()
              .filter(before -> isSame(before, answer))
              .findFirst()
              .orElseThrow(
                  () ->
                      new JournalException(
                          "Feedback on card " + feedback.card() + " was not stored", e));
    }
    onStored.run();
    return Optional.of(stored);
  }

  /** As the table's constraints have it. */
  private static boolean isSame(Answer one, Answer other) {
    return one.id().equals(other.id())
        || (one.feedback().card().equals(other.feedback().card())
            && one.feedback().outcome() == other.feedback().outcome()
            && one.feedback().at().toEpochMilli() == other.feedback().at().toEpochMilli()
            && Objects.equals(one.other(), other.other()));
  }

  private static void insert(Connection connection, UUID journal, Answer answer)
      throws SQLException {
    Feedback feedback = answer.feedback();
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into prediction_feedback (id, journal_id, card, outcome, answered_at,"
                + " received_at, answer, other_user, state, attempts) values"
                + " (?,?,?,?,?,?,?,?,'PENDING', 0)")) {
      insert.setString(1, answer.id().toString());
      insert.setString(2, journal.toString());
      insert.setString(3, feedback.card().toString());
      insert.setString(4, feedback.outcome().name());
      insert.setLong(5, feedback.at().toEpochMilli());
      insert.setLong(6, Instant.now().toEpochMilli());
      insert.setString(7, JournalJson.write(feedback));
      insert.setString(8, Objects.requireNonNullElse(answer.other(), ""));
      insert.executeUpdate();
    }
    makeDurable(connection);
  }

  @Override
  public List<Answer> answers(UUID journal) {
    List<Answer> answers = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select id, answer, other_user from prediction_feedback where journal_id = ?"
                    + " order by seq")) {
      select.setString(1, CardId.journal(journal).toString());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String other = rows.getString(3);
          answers.add(
              new Answer(
                  UUID.fromString(rows.getString(1)),
                  JournalJson.readFeedback(rows.getString(2)),
                  other.isEmpty() ? null : other));
        }
      }
      return answers;
    } catch (SQLException e) {
      throw new JournalException("Answers cannot be read", e);
    }
  }

  private static void makeDurable(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
    if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("checkpoint sync");
      }
    }
  }

  private static JournalException failed(JournalEntry entry, SQLException cause) {
    return new JournalException("Prediction " + entry.id() + " was not stored", cause);
  }

  /** The journal could not be written or read: nothing may be shown. */
  public static final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
