package org.auscult.server.outcome;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.auscult.model.ModelOutput;
import org.auscult.model.PredictionModel;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.server.config.Database;
import org.auscult.server.journal.PredictionWatch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is to be observed of predictions, and what was said of it. */
public final class OutcomeCases implements PredictionWatch {
  private static final String COLUMNS =
      "id, label_id, prediction, output, outcome, patient, index_time, stands, sequence";

  /** Later than any time that is asked about. */
  private static final long NOBODY_KNOWS = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  private final JdbcTemplate jdbc;
  private final OutcomeInbox inbox;
  private final String insert;

  public OutcomeCases(JdbcTemplate jdbc, Database.Vendor vendor, OutcomeInbox inbox) {
    this.jdbc = jdbc;
    this.inbox = inbox;
    this.insert =
        switch (vendor) {
          case POSTGRESQL ->
              "insert into outcome_case (label_id, prediction, output, outcome, patient,"
                  + " index_time) values (?, ?, ?, ?, ?, ?) on conflict (label_id) do nothing";
          case H2 ->
              "merge into outcome_case t using (values (cast(? as varchar), cast(? as varchar),"
                  + " cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as"
                  + " bigint))) s(l, p, o, d, w, i) on t.label_id = s.l when not matched then"
                  + " insert (label_id, prediction, output, outcome, patient, index_time) values"
                  + " (s.l, s.p, s.o, s.d, s.w, s.i)";
        };
  }

  /** Opens a case for each output whose outcome is observed; again, it changes nothing. */
  @Override
  public void predicted(Made made, PredictionModel model) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      ModelOutput output = model.outputs().get(i);
      if (output.outcome() != null) {
        rows.add(
            new Object[] {
              made.id() + ".label." + i,
              made.reference(),
              output.name(),
              output.outcome(),
              made.patient(),
              made.indexTime().toEpochMilli()
            });
      }
    }
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(insert, rows);
      inbox.changed(List.of(made.patient()), Instant.now());
    }
  }

  /** Those of some patients, locked until the transaction ends. */
  List<OutcomeCase> lock(Collection<String> patients) {
    List<Object> arguments = List.copyOf(patients);
    return jdbc.query(
        "select "
            + COLUMNS
            + " from outcome_case where patient in ("
            + String.join(", ", arguments.stream().map(a -> "?").toList())
            + ") order by id for update",
        OutcomeCases::read,
        arguments.toArray());
  }

  /** What is said of a case from now on. */
  void stands(OutcomeCase of, OutcomeLabel label, Instant knownAt) {
    jdbc.update(
        "insert into outcome_label (case_id, sequence, label, reason, happened_at, known_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        of.id(),
        of.sequence() + 1,
        label.code(),
        label.why() == null ? null : label.why().code(),
        millis(label.when()),
        knownAt.toEpochMilli());
    jdbc.update(
        "update outcome_case set stands = ?, sequence = ? where id = ?",
        OutcomeCase.inShort(label),
        of.sequence() + 1,
        of.id());
  }

  /**
   * When a case has to be looked at though nothing is written, and when its horizon closes.
   *
   * @param at null for never
   * @param closes from then on its label counts; null while nobody knows
   */
  void due(OutcomeCase of, @Nullable Instant at, @Nullable Instant closes) {
    jdbc.update(
        "update outcome_case set due_at = ?, closes_at = ? where id = ?",
        millis(at),
        closes == null ? NOBODY_KNOWS : millis(closes),
        of.id());
  }

  /**
   * Puts the patients of cases that are due into the inbox.
   *
   * @return how many cases
   */
  int ring(Instant now, int most) {
    List<Long> ids = new ArrayList<>();
    Set<String> patients = new LinkedHashSet<>();
    jdbc.query(
        "select id, patient from outcome_case where due_at <= ? order by due_at limit ? for update"
            + " skip locked",
        row -> {
          ids.add(row.getLong(1));
          patients.add(row.getString(2));
        },
        now.toEpochMilli(),
        most);
    inbox.changed(patients, now);
    jdbc.batchUpdate(
        "update outcome_case set due_at = null where id = ?",
        ids.stream().map(id -> new Object[] {id}).toList());
    return ids.size();
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static OutcomeCase read(ResultSet row, int number) throws SQLException {
    return new OutcomeCase(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)),
        row.getString(8),
        row.getInt(9));
  }
}
