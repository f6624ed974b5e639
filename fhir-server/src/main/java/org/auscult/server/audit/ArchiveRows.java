package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which parts of the log are in which files. Rows are never deleted. */
final class ArchiveRows {
  private ArchiveRows() {}

  /**
   * A file.
   *
   * @param first index of its first leaf
   * @param size of the log up to its last leaf
   * @param restored when its leaves came back; null while they are in the file alone
   */
  record Archive(
      String name,
      long first,
      long size,
      String sha256,
      Instant written,
      @Nullable Instant restored) {
    /** Whether some leaves from an index (inclusive) to another (exclusive) are in it alone. */
    boolean holds(long from, long to) {
      return restored == null && first < to && from < size;
    }
  }

  /** All of them, in the order of their leaves. */
  static List<Archive> all(Connection connection) throws SQLException {
    List<Archive> archives = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select name, first_idx, size, sha256, written_at, restored_at from audit_archive"
                    + " order by first_idx, written_at");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long restored = rows.getLong(6);
        boolean isArchived = rows.wasNull();
        archives.add(
            new Archive(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getString(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                isArchived ? null : Instant.ofEpochMilli(restored)));
      }
    }
    return archives;
  }

  /** The one that alone holds a leaf of this part; empty if all leaves are in the database. */
  static Optional<Archive> holding(Connection connection, long from, long to) throws SQLException {
    return all(connection).stream().filter(a -> a.holds(from, to)).findFirst();
  }

  static void insert(Connection connection, Archive archive) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into audit_archive (name, first_idx, size, sha256, written_at) values"
                + " (?,?,?,?,?)")) {
      insert.setString(1, archive.name());
      insert.setLong(2, archive.first());
      insert.setLong(3, archive.size());
      insert.setString(4, archive.sha256());
      insert.setLong(5, archive.written().toEpochMilli());
      insert.executeUpdate();
    }
  }

  static void restored(Connection connection, String name, Instant when) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update audit_archive set restored_at = ? where name = ? and restored_at is null")) {
      update.setLong(1, when.toEpochMilli());
      update.setString(2, name);
      if (update.executeUpdate() != 1) {
        throw new SQLException("Another node restores " + name);
      }
    }
  }
}
