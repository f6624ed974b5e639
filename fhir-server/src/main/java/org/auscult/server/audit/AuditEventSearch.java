package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** Finds events by the sequencer's rows. Conditions are put together from our own words alone. */
final class AuditEventSearch {
  /** The most events that are counted: a count reads each of them. */
  static final int MOST_COUNTED = 100_000;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** An event's place: its leaf's index and its number there. */
  record Found(long index, int number) {}

  /** By what events are sorted; of those that are the same there, the latest come first. */
  enum Key {
    DATE("recorded_at"),
    USER("agent"),
    KIND("kind"),
    ACTION("action"),
    OUTCOME("outcome");

    private final String column;

    Key(String column) {
      this.column = column;
    }
  }

  /** An order. */
  record Order(Key key, boolean isDescending) {
    static final Order LATEST_FIRST = new Order(Key.DATE, true);

    private String sql() {
      String way = isDescending ? " desc" : "";
      return key == Key.DATE
          ? " order by e.recorded_at" + way + ", e.idx" + way + ", e.number"
          : " order by e."
              + key.column
              + way
              + " nulls last, e.recorded_at desc, e.idx desc, e.number";
    }
  }

  /**
   * One page.
   *
   * @param found at most as many as were asked for
   * @param isLast whether nothing comes after them
   */
  record Page(List<Found> found, boolean isLast) {}

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

  /** Of the log's first leaves alone: the log grows while its pages are read. */
  AuditEventSearch upTo(long size) {
    conditions.add("e.idx < ?");
    values.add(size);
    return this;
  }

  /**
   * How many there are; empty if there are too many to count.
   *
   * @param most at most {@value #MOST_COUNTED}
   */
  OptionalInt count(DataSource dataSource, int most) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from (select 1 as one from audit_event e"
                    + where()
                    + " limit "
                    + (most + 1)
                    + ") counted")) {
      fill(select);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        int counted = row.getInt(1);
        return counted > most ? OptionalInt.empty() : OptionalInt.of(counted);
      }
    } catch (SQLException e) {
      throw new AuditLogException("Audit events cannot be counted", e);
    }
  }

  /** One page. */
  Page page(DataSource dataSource, Order order, int offset, int count) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select e.idx, e.number from audit_event e"
                    + where()
                    + order.sql()
                    + " limit "
                    + (count + 1)
                    + " offset "
                    + offset)) {
      fill(select);
      List<Found> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new Found(rows.getLong(1), rows.getInt(2)));
        }
      }
      boolean isLast = found.size() <= count;
      return new Page(isLast ? found : found.subList(0, count), isLast);
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
