package org.auscult.server.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.display.Decision;
import org.auscult.display.DisplayRules;
import org.auscult.display.FiringRate;
import org.auscult.display.Past;
import org.auscult.display.Shown;
import org.auscult.display.Urgency;
import org.auscult.prediction.Call;
import org.auscult.prediction.CardId;
import org.auscult.prediction.DeploymentRun;
import org.auscult.prediction.DisplayHistory;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Subject;
import org.auscult.server.journal.JdbcPredictionJournal.JournalException;

/**
 * What was shown, from our own table. An override silences a card for the one to whom it was shown;
 * another user's answer to it does not. Rates are counted once a minute for each deployment: a
 * ceiling is a matter of days.
 */
final class JdbcDisplayHistory implements DisplayHistory {
  /** More of one patient and user in the time of silence tell nothing new. */
  private static final int MOST = 50;

  private static final Duration COUNTED = Duration.ofMinutes(1);

  private final DataSource dataSource;
  private final Cache<String, FiringRate> rates =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(COUNTED).recordStats().build();

  JdbcDisplayHistory(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Past past(String deployment, DisplayRules rules, Call call, Subject subject, Instant now) {
    FiringRate rate =
        rules.ceiling() == null
            ? FiringRate.NONE
            : rates.get(deployment, d -> rate(d, now.minus(DisplayRules.CEILING_WINDOW)));
    boolean forgets = rules.memory().isZero() || call.caller().user() == null;
    return new Past(
        forgets ? List.of() : shown(deployment, call, subject, now.minus(rules.memory())), rate);
  }

  private List<Shown> shown(String deployment, Call call, Subject subject, Instant since) {
    List<Shown> shown = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select opened_at, says, urgency, (select max(received_at) from prediction_feedback"
                    + " f where f.card = h.card and f.outcome = 'OVERRIDDEN' and f.other_user = '')"
                    + " from card_history h where subject_id = ? and viewer = ? and memory = ?"
                    + " and subject_origin = ? and opened_at >= ? and number > 0 and withheld is null"
                    + " order by opened_at desc limit "
                    + MOST)) {
      select.setString(1, subject.id());
      select.setString(2, viewer(call));
      select.setString(3, deployment);
      select.setString(4, subject.origin());
      select.setLong(5, since.toEpochMilli());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Long overridden = rows.getObject(4, Long.class);
          shown.add(
              new Shown(
                  Instant.ofEpochMilli(rows.getLong(1)),
                  rows.getString(2),
                  Urgency.valueOf(rows.getString(3)),
                  overridden == null ? null : Instant.ofEpochMilli(overridden)));
        }
      }
    } catch (SQLException e) {
      throw new JournalException("What was shown before cannot be read", e);
    }
    return shown;
  }

  private FiringRate rate(String deployment, Instant since) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(distinct journal_id), count(distinct case when number > 0 and"
                    + " withheld is null then journal_id end) from card_history where memory = ?"
                    + " and opened_at >= ?")) {
      select.setString(1, deployment);
      select.setLong(2, since.toEpochMilli());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new FiringRate(row.getLong(1), row.getLong(2));
      }
    } catch (SQLException e) {
      throw new JournalException("What was shown before cannot be counted", e);
    }
  }

  /** Two EHRs' users may have the same id. */
  private static String viewer(Call call) {
    String server = call.caller().fhirServer();
    return (server == null ? "" : server) + " " + call.caller().user();
  }

  /** Writes what an entry shows and withholds, in its transaction. */
  static void insert(Connection connection, JournalEntry entry) throws SQLException {
    for (DeploymentRun run : entry.deployments()) {
      if (run.memory() != null) {
        insert(connection, entry, run);
      }
    }
  }

  private static void insert(Connection connection, JournalEntry entry, DeploymentRun run)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into card_history (journal_id, number, card, memory, viewer, subject_origin,"
                + " subject_id, opened_at, says, urgency, withheld) values"
                + " (?,?,?,?,?,?,?,?,?,?,?)")) {
      insert.setString(1, entry.id().toString());
      insert.setString(4, run.memory());
      insert.setString(5, viewer(entry.call()));
      insert.setString(6, entry.subject().origin());
      insert.setString(7, entry.subject().id());
      insert.setLong(8, entry.recordedAt().toEpochMilli());
      List<Decision> decisions =
          run.decisions().isEmpty()
              ? List.of(new Decision(0, "", Urgency.INFO, null))
              : run.decisions();
      for (Decision decision : decisions) {
        insert.setInt(2, decision.card());
        insert.setString(
            3, decision.card() == 0 ? "" : CardId.of(entry.id(), decision.card()).toString());
        insert.setString(9, decision.says());
        insert.setString(10, decision.urgency().name());
        insert.setString(11, decision.withheld() == null ? null : decision.withheld().name());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
