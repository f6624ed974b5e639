package org.auscult.server.audit;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.audit.export.ExportContent;
import org.auscult.audit.export.LogExportReader;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;

/** Moves leaves, and the rows by which their events are found, in a transaction of the caller's. */
final class ArchivedLeaves {
  private static final int PAGE = 1_000;

  private ArchivedLeaves() {}

  /**
   * Takes leaves out.
   *
   * @throws SQLException unless all of them were there
   */
  static void takeOut(Connection connection, long first, long size) throws SQLException {
    for (long from = first; from < size; from += PAGE) {
      long to = Math.min(from + PAGE, size);
      events(connection, from, to).delete(connection);
      try (PreparedStatement update =
          connection.prepareStatement(
              "update audit_log set leaf = null where idx >= ? and idx < ? and leaf is not null")) {
        update.setLong(1, from);
        update.setLong(2, to);
        if (update.executeUpdate() != to - from) {
          throw new SQLException("Some leaves from " + from + " are not there any more");
        }
      }
    }
  }

  private static EventRows events(Connection connection, long from, long to) throws SQLException {
    EventRows events = new EventRows();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select idx, leaf from audit_log where idx >= ? and idx < ? and leaf is not null")) {
      select.setLong(1, from);
      select.setLong(2, to);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Sequencer.index(events, rows.getLong(1), rows.getBytes(2));
        }
      }
    }
    return events;
  }

  /**
   * Brings leaves back, as an export holds them. The database takes none of which the tree has
   * another hash.
   *
   * @throws SQLException unless there were as many, and all of them were missing
   */
  static void bringBack(Connection connection, InputStream export, long leaves)
      throws SQLException, IOException {
    Back back = new Back(connection);
    LogExportReader.open(export).read(back);
    back.flush();
    if (back.count != leaves) {
      throw new SQLException("The archive does not hold the leaves that it should");
    }
  }

  /** Takes leaves as they are read, and writes them in pages. */
  private static final class Back implements ExportContent {
    private final Connection connection;
    private final Map<Long, byte[]> page = new LinkedHashMap<>();
    private long count;

    Back(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void leaf(long index, byte[] leaf) {
      page.put(index, leaf);
      if (page.size() == PAGE) {
        flush();
      }
    }

    void flush() {
      EventRows events = new EventRows();
      try (PreparedStatement update =
          connection.prepareStatement(
              "update audit_log set leaf = ? where idx = ? and leaf is null")) {
        for (Map.Entry<Long, byte[]> leaf : page.entrySet()) {
          update.setBytes(1, leaf.getValue());
          update.setLong(2, leaf.getKey());
          if (update.executeUpdate() != 1) {
            throw new SQLException("Leaf " + leaf.getKey() + " is not missing");
          }
          Sequencer.index(events, leaf.getKey(), leaf.getValue());
        }
        events.insert(connection);
      } catch (SQLException e) {
        throw new AuditLogException("Leaves could not be brought back; none was", e);
      }
      count += page.size();
      page.clear();
    }

    @Override
    public void head(SignedTreeHead head, List<Hash> edge) {
      // Heads have stayed in the database.
    }

    @Override
    public void end(long size) {
      // Counted by the caller.
    }

    @Override
    public void unreadable(long line, String why) {
      throw new AuditLogException("The archive breaks off at line " + line, null);
    }
  }
}
