package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Finds events by the sequencer's rows. Conditions are put together from our own words alone. */
final class AuditEventSearch {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** An event's place: its leaf's index and its number there. */
  record Found(long index, int number) {}

  /** One of several values of a column of {@code audit_event}. */
  AuditEventSearch in(String column, Collection<String> wanted) {
    if (!wanted.isEmpty()) {
      conditions.add(
          "e."
              + column
              + " in ("
              + String.join(",", Collections.nCopies(wanted.size(), "?"))
              + ")");
      values.addAll(wanted);
    }
    return this;
  }

  /** One of several values of a term. */
  AuditEventSearch term(String name, Collection<String> wanted) {
    if (!wanted.isEmpty()) {
      conditions.add(
          "exists (select 1 from audit_term t where t.name = '"
              + name
              + "' and t.idx = e.idx and t.number = e.number and t.term in ("
              + String.join(",", Collections.nCopies(wanted.size(), "?"))
              + "))");
      values.addAll(wanted);
    }
    return this;
  }

  /** The event of a place. */
  AuditEventSearch at(long index, int number) {
    conditions.add("e.idx = ? and e.number = ?");
    values.add(index);
    values.add((long) number);
    return this;
  }

  /** Of each leaf its first event alone. */
  AuditEventSearch firstOfLeaf() {
    conditions.add("e.number = 0");
    return this;
  }

  /** Nothing at all. */
  AuditEventSearch none() {
    conditions.add("1 = 0");
    return this;
  }

  /** At this time, in milliseconds, or later. */
  AuditEventSearch from(long time) {
    conditions.add("e.recorded_at >= ?");
    values.add(time);
    return this;
  }

  /** Before this time, in milliseconds, or at it. */
  AuditEventSearch to(long time) {
    conditions.add("e.recorded_at <= ?");
    values.add(time);
    return this;
  }

  /** How many there are. */
  int count(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select count(*) from audit_event e" + where())) {
      fill(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return (int) Math.min(row.getLong(1), Integer.MAX_VALUE);
      }
    } catch (SQLException e) {
      throw new AuditLogException("Audit events cannot be counted", e);
    }
  }

  /** One page. */
  List<Found> page(DataSource dataSource, boolean oldestFirst, int offset, int count) {
    String way = oldestFirst ? "" : " desc";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select e.idx, e.number from audit_event e"
                    + where()
                    + " order by e.recorded_at"
                    + way
                    + ", e.idx"
                    + way
                    + ", e.number limit "
                    + count
                    + " offset "
                    + offset)) {
      fill(select);
      List<Found> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Found(rows.getLong(1), rows.getInt(2)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new AuditLogException("Audit events cannot be searched", e);
    }
  }

  private String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  private void fill(PreparedStatement select) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Long number) {
        select.setLong(i + 1, number);
      } else {
        select.setString(i + 1, (String) values.get(i));
      }
    }
  }
}
