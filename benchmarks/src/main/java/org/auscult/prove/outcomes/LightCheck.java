package org.auscult.prove.outcomes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what was answered with what the tables of {@link LabelChild} hold. */
final class LightCheck {
  private final Connection connection;
  private final LightWork work;

  LightCheck(Connection connection, LightWork work) {
    this.connection = connection;
    this.work = work;
  }

  /** What must hold in every moment. */
  List<String> always(String when) throws SQLException {
    List<String> failures = new ArrayList<>();
    Set<String> cases = column("select patient from outcome_case");
    Set<String> conditions = column("select id from light_condition");
    lacking(work.patients(), cases, failures, "predictions are not observed" + when);
    lacking(work.conditions(), conditions, failures, "diagnoses are lost" + when);
    none(
        failures,
        "select count(*) from outcome_case c where c.sequence <> (select count(*) from"
            + " outcome_label l where l.case_id = c.id) or c.sequence <> (select"
            + " coalesce(max(l.sequence), 0) from outcome_label l where l.case_id = c.id)",
        "cases count other labels than there are" + when);
    none(
        failures,
        "select count(*) from outcome_case c where c.sequence <> (select count(*) from light_label l"
            + " where l.id = c.label_id)",
        "cases have other labels than were written" + when);
    none(
        failures,
        "select count(*) from (select id, sequence from light_label group by id, sequence having"
            + " count(*) > 1) d",
        "labels are doubled" + when);
    none(
        failures,
        "select count(*) from light_label a join light_label b on b.id = a.id and b.sequence ="
            + " a.sequence + 1 where a.content = b.content",
        "labels say what the one before said" + when);
    return failures;
  }

  /** What must hold when nothing waits. */
  List<String> atTheEnd() throws SQLException {
    List<String> failures = new ArrayList<>(always(" at the end"));
    none(failures, "select count(*) from outcome_inbox", "rows wait at the end");
    // The label must be of the earliest diagnosis that is no error; of none, that it may come.
    none(
        failures,
        "select count(*) from outcome_case c where exists (select 1 from light_condition d where"
            + " d.patient = c.patient and not d.in_error) and not exists (select 1 from"
            + " light_condition d join light_label l on l.id = c.label_id and l.sequence ="
            + " c.sequence where d.patient = c.patient and not d.in_error and l.content ="
            + " concat('event  [Condition/', d.id, '/_history/', d.version, ']') and not exists"
            + " (select 1 from light_condition e where e.patient = c.patient and not e.in_error"
            + " and e.onset < d.onset))",
        "predictions are labelled by another diagnosis than the first, or by none");
    none(
        failures,
        "select count(*) from outcome_case c where not exists (select 1 from light_condition d"
            + " where d.patient = c.patient and not d.in_error) and exists (select 1 from"
            + " light_label l where l.id = c.label_id and l.sequence = c.sequence and l.content <>"
            + " 'censored horizon-open []')",
        "predictions are labelled by a diagnosis that was an error");
    return failures;
  }

  private static void lacking(
      Set<String> asked, Set<String> there, List<String> failures, String what) {
    Set<String> lost = new HashSet<>(asked);
    lost.removeAll(there);
    if (!lost.isEmpty()) {
      failures.add(lost.size() + " " + what);
    }
  }

  private void none(List<String> failures, String countOf, String what) throws SQLException {
    long found = count(countOf);
    if (found != 0) {
      failures.add(found + " " + what);
    }
  }

  /** How many labels there are. */
  long labels() throws SQLException {
    return count("select count(*) from light_label");
  }

  /** How many cases. */
  long cases() throws SQLException {
    return count("select count(*) from outcome_case");
  }

  /** Forgets the pauses of who failed: the next life is not to wait for them. */
  void hurry() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update outcome_inbox set not_before = 0");
    }
  }

  private long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private Set<String> column(String sql) throws SQLException {
    Set<String> values = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
