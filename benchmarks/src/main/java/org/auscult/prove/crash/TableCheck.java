package org.auscult.prove.crash;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Compares what the callers saw with what the tables hold. */
final class TableCheck {
  private static final int PARTS = TableWriter.PARTS.size();

  private final Connection connection;
  private final Shown shown;

  TableCheck(Connection connection, Shown shown) {
    this.connection = connection;
    this.shown = shown;
  }

  /** What must hold in every moment. */
  List<String> afterKill(int kill) throws SQLException {
    String when = " after kill " + kill;
    List<String> failures = new ArrayList<>(lost(when));
    none(
        failures,
        "select count(*) from prediction_journal j where state = 'DONE' and "
            + PARTS
            + " <>"
            + " (select count(*) from crash_resource r where r.journal = j.id)",
        "rows are marked as done without all of their resources" + when);
    return failures;
  }

  /** What must hold once nothing is pending. */
  List<String> atTheEnd(Set<UUID> answered) throws SQLException {
    List<String> failures = new ArrayList<>(afterKill(Integer.MAX_VALUE));
    none(
        failures,
        "select count(*) from prediction_journal where state <> 'DONE'",
        "rows never became resources");
    none(
        failures,
        "select count(*) - count(distinct instance) from prediction_journal",
        "calls are in the journal twice");
    none(
        failures,
        "select count(*) from crash_resource where versions <> 1",
        "resources have a second version");
    none(
        failures,
        "select count(*) from crash_resource r where not exists (select 1 from prediction_journal"
            + " j where j.id = r.journal and j.entry = r.content) and not exists (select 1 from"
            + " prediction_feedback f where f.id = r.journal and f.answer = r.content)",
        "resources say other than the journal");
    if (count("select count(*) from prediction_journal") != shown.all().size()) {
      failures.add("the journal holds more entries than calls were shown");
    }
    none(
        failures,
        "select count(*) from prediction_feedback f where state <> 'DONE' or not exists (select 1"
            + " from crash_resource r where r.id = f.id)",
        "answers never became a resource");
    if (count("select count(distinct journal_id) from prediction_feedback") < answered.size()) {
      failures.add("answers to cards are lost");
    }
    none(
        failures,
        "select count(*) - count(distinct card) from prediction_feedback",
        "answers to cards are there twice");
    return failures;
  }

  private List<String> lost(String when) throws SQLException {
    Map<String, UUID> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select instance, id from prediction_journal")) {
      while (rows.next()) {
        stored.put(rows.getString(1), UUID.fromString(rows.getString(2)));
      }
    }
    List<String> lost = new ArrayList<>();
    shown
        .all()
        .forEach(
            (instance, id) -> {
              if (!id.equals(stored.get(instance))) {
                lost.add("call " + instance + ", shown as " + id + ", is not stored so" + when);
              }
            });
    return lost;
  }

  private void none(List<String> failures, String countOf, String what) throws SQLException {
    long found = count(countOf);
    if (found != 0) {
      failures.add(found + " " + what);
    }
  }

  private long count(String sql) throws SQLException {
    return count(connection, sql);
  }

  /** Rows that still wait for the materialiser. */
  static long pending(Connection connection) throws SQLException {
    return count(connection, "select count(*) from prediction_journal where state = 'PENDING'")
        + count(connection, "select count(*) from prediction_feedback where state = 'PENDING'");
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
