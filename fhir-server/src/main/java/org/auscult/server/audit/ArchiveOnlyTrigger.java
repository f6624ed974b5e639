package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.auscult.audit.tree.Hash;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Guards the rows of the log in the embedded database: a leaf may leave where an archive is noted
 * that holds it, and come back as the bytes of which the tree has the hash; nothing else of a row
 * changes, and none is deleted. H2 makes it by its name, which stands in the migration.
 */
public final class ArchiveOnlyTrigger implements Trigger {
  private static final int INDEX = 0;
  private static final int ID = 1;
  private static final int LEAF = 2;

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after)
      throws SQLException {
    if (before == null || after == null || !mayBecome(connection, before, after)) {
      throw new SQLException("Table audit_log is append-only", "45000");
    }
  }

  private static boolean mayBecome(
      Connection connection, @Nullable Object[] before, @Nullable Object[] after)
      throws SQLException {
    boolean isSamePlace =
        before[INDEX] instanceof Long index
            && index.equals(after[INDEX])
            && String.valueOf(before[ID]).equals(String.valueOf(after[ID]));
    if (!isSamePlace || !(before[INDEX] instanceof Long index)) {
      return false;
    }
    if (before[LEAF] != null && after[LEAF] == null) {
      return isArchived(connection, index);
    }
    return before[LEAF] == null
        && after[LEAF] instanceof byte[] leaf
        && Arrays.equals(hash(connection, index), Hash.ofLeaf(leaf).bytes());
  }

  private static boolean isArchived(Connection connection, long index) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from audit_archive where first_idx <= ? and ? < size")) {
      select.setLong(1, index);
      select.setLong(2, index);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static byte @Nullable [] hash(Connection connection, long index) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select hash from audit_node where level = 0 and idx = ?")) {
      select.setLong(1, index);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }
}
