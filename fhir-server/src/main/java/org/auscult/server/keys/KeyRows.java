package org.auscult.server.keys;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The two tables of keys. It takes connections of its own, never a running transaction's: a key
 * that was given out must be there whatever becomes of the work that asked for it.
 */
final class KeyRows {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final int DATA_KEY = 1;

  /**
   * A row.
   *
   * @param number 1 for the first key of a purpose
   * @param beginsAtMillis when it begins to sign, in milliseconds since 1970
   * @param publicKey encrypted, in base64
   * @param privateKey encrypted, in base64; null once it is erased
   */
  record Row(
      String id,
      KeyPurpose purpose,
      int number,
      long beginsAtMillis,
      String publicKey,
      @Nullable String privateKey) {
    /** Binds a half of the key to its row. */
    String context(String half) {
      return String.join(
          "|",
          "keys",
          half,
          purpose.name(),
          Integer.toString(number),
          Long.toString(beginsAtMillis),
          id);
    }

    /** Without the halves, encrypted though they are. */
    @Override
    public String toString() {
      return "Row[" + purpose + " " + number + "]";
    }
  }

  private final DataSource dataSource;

  KeyRows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** The data key, encrypted, in base64; empty if none was made yet. */
  Optional<String> dataKey() {
    return run(
        "select keyset from data_key where number = ?",
        select -> {
          select.setInt(1, DATA_KEY);
          try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.<String>empty();
          }
        });
  }

  /** Whether it was stored: not if another node was faster. */
  boolean insertDataKey(String encrypted) {
    return inserted(
        "insert into data_key (number, keyset) values (?, ?)",
        insert -> {
          insert.setInt(1, DATA_KEY);
          insert.setString(2, encrypted);
          return insert.executeUpdate();
        });
  }

  /** Puts the same key, encrypted anew, in the old one's place, unless another node did. */
  void replaceDataKey(String former, String encrypted) {
    run(
        "update data_key set keyset = ? where number = ? and keyset = ?",
        update -> {
          update.setString(1, encrypted);
          update.setInt(2, DATA_KEY);
          update.setString(3, former);
          return update.executeUpdate();
        });
  }

  /** All keys of a purpose, the newest first. */
  List<Row> of(KeyPurpose purpose) {
    return run(
        "select id, number, begins_at, public_key, private_key from signing_key where purpose = ?"
            + " order by number desc",
        select -> {
          select.setString(1, purpose.name());
          List<Row> found = new ArrayList<>();
          try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              found.add(
                  new Row(
                      rows.getString(1),
                      purpose,
                      rows.getInt(2),
                      rows.getLong(3),
                      rows.getString(4),
                      rows.getString(5)));
            }
          }
          return found;
        });
  }

  /** Whether it was stored: not if another node stored the key of this number before. */
  boolean insert(Row row) {
    return inserted(
        "insert into signing_key (id, purpose, number, begins_at, public_key, private_key)"
            + " values (?, ?, ?, ?, ?, ?)",
        insert -> {
          insert.setString(1, row.id());
          insert.setString(2, row.purpose().name());
          insert.setInt(3, row.number());
          insert.setLong(4, row.beginsAtMillis());
          insert.setString(5, row.publicKey());
          insert.setString(6, row.privateKey());
          return insert.executeUpdate();
        });
  }

  /** Erases the private halves of the keys before this one. */
  void erasePrivateBefore(KeyPurpose purpose, int number) {
    run(
        "update signing_key set private_key = null where purpose = ? and number < ?"
            + " and private_key is not null",
        update -> {
          update.setString(1, purpose.name());
          update.setInt(2, number);
          return update.executeUpdate();
        });
  }

  private interface Work<T> {
    T on(PreparedStatement statement) throws SQLException;
  }

  private boolean inserted(String sql, Work<Integer> work) {
    try {
      execute(sql, work);
      return true;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw failed(e);
    }
  }

  private <T> T run(String sql, Work<T> work) {
    try {
      return execute(sql, work);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private <T> T execute(String sql, Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.on(statement);
    }
  }

  /** Without the driver's words, which may quote what was to be stored. */
  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException(
        "The store of keys cannot be reached: SQL state " + e.getSQLState());
  }
}
