package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A row that one node holds for some seconds at a time: who holds it, is the one sequencer. The
 * holder keeps the row locked in each of its transactions, so that one who was late, and has lost
 * it meanwhile, finds out before it writes. Time is the database's, not the node's.
 */
public final class Lease {
  private static final String UNIQUE_VIOLATION = "23505";

  private final String name;
  private final String holder;
  private final Duration length;

  /**
   * @param holder this node
   * @param length how long the node may be silent before another takes over
   */
  public Lease(String name, String holder, Duration length) {
    this.name = name;
    this.holder = holder;
    this.length = length;
  }

  /**
   * Takes or prolongs it, and locks its row until the transaction ends.
   *
   * @return whether this node holds it
   */
  boolean take(Connection transaction) throws SQLException {
    try (PreparedStatement select =
        transaction.prepareStatement(
            "select holder, until_at, "
                + now(transaction)
                + " from audit_lease where name = ? for update")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        if (row.next()) {
          boolean isMine = row.getString(1).equals(holder) || row.getLong(2) < row.getLong(3);
          return isMine && prolong(transaction, row.getLong(3));
        }
      }
    }
    return insert(transaction);
  }

  /**
   * Takes or prolongs it in a transaction of its own, for work that may run twice once in a while.
   *
   * @return whether this node holds it
   */
  public boolean takeAlone(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean isMine = take(connection);
        connection.commit();
        return isMine;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Lets it go at once, so that another need not wait for its end. */
  void release(Connection transaction) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update audit_lease set until_at = 0 where name = ? and holder = ?")) {
      update.setString(1, name);
      update.setString(2, holder);
      update.executeUpdate();
    }
  }

  private boolean prolong(Connection transaction, long now) throws SQLException {
    try (PreparedStatement update =
        transaction.prepareStatement(
            "update audit_lease set holder = ?, until_at = ? where name = ?")) {
      update.setString(1, holder);
      update.setLong(2, now + length.toMillis());
      update.setString(3, name);
      return update.executeUpdate() == 1;
    }
  }

  /** The first one ever; held from the next round on. */
  private boolean insert(Connection transaction) throws SQLException {
    try (PreparedStatement insert =
        transaction.prepareStatement(
            "insert into audit_lease (name, holder, until_at) values (?, ?, 0)")) {
      insert.setString(1, name);
      insert.setString(2, holder);
      insert.executeUpdate();
      transaction.commit();
      return false;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static String now(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2")
        ? "cast(extract(epoch from current_timestamp) * 1000 as bigint)"
        : "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
  }
}
