package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.ChainedLeaf;
import org.jspecify.annotations.Nullable;

/**
 * Puts leaves where the sequencer takes them, many in one transaction, on a connection of its own.
 *
 * <p>Threads: one.
 */
public final class PendingLeaves implements AutoCloseable {
  private final DataSource dataSource;
  private @Nullable Connection connection;

  /**
   * @param dataSource of which it keeps one connection
   */
  public PendingLeaves(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Stores leaves durably, all or none. */
  void store(List<ChainedLeaf> leaves) throws SQLException {
    inOneTransaction(
        own -> {
          try (PreparedStatement insert =
              own.prepareStatement("insert into audit_pending (id, leaf) values (?, ?)")) {
            for (ChainedLeaf leaf : leaves) {
              insert.setString(1, leaf.leaf().id().toString());
              insert.setBytes(2, leaf.bytes());
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }

  /** Stores what a spool held; what a former try has stored already is not stored twice. */
  void storeAgain(List<byte[]> leaves) throws SQLException {
    inOneTransaction(
        own -> {
          try (PreparedStatement insert =
              own.prepareStatement(
                  "insert into audit_pending (id, leaf) select s.id, s.leaf from (select"
                      + " cast(? as varchar(36)) as id, cast(? as "
                      + (isH2(own) ? "varbinary" : "bytea")
                      + ") as leaf) s where not exists (select 1 from audit_pending p where p.id ="
                      + " s.id) and not exists (select 1 from audit_log l where l.id = s.id)")) {
            for (byte[] leaf : leaves) {
              UUID id = AuditLeaf.ChainPlace.read(leaf).link().id();
              insert.setString(1, id.toString());
              insert.setBytes(2, leaf);
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }

  private interface Work {
    void with(Connection own) throws SQLException;
  }

  private void inOneTransaction(Work work) throws SQLException {
    Connection own = connection;
    if (own == null) {
      own = dataSource.getConnection();
      own.setAutoCommit(false);
      connection = own;
    }
    try {
      work.with(own);
      own.commit();
      if (isH2(own)) {
        try (Statement sync = own.createStatement()) {
          sync.execute("checkpoint sync");
        }
        own.commit();
      }
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private static boolean isH2(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  /** Gives the connection back; the next store takes another. */
  @Override
  public void close() {
    Connection own = connection;
    connection = null;
    if (own != null) {
      try (own) {
        own.rollback();
      } catch (SQLException e) {
        // It is gone already: nothing is left to be undone.
        return;
      }
    }
  }
}
