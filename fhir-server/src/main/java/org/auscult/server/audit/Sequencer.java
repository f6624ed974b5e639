package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditLeaf.ChainPlace;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.auscult.audit.tree.Subtree;
import org.auscult.server.journal.CrashPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives leaves their place: takes what waits in the journal's rows and among the pending leaves,
 * appends it to the log and to its tree, and makes the rows by which AuditEvents are found; all in
 * one transaction, under the lease.
 *
 * <p>Idea: whatever the leaf's bytes were when its request was answered, these are the bytes in the
 * log; nothing is written anew. Each chain stands wholly in one of the two tables, whose numbers
 * grow with it, so that reading by these numbers keeps every chain's order. The journal's rows are
 * emptied later, in a transaction of their own and when the materialiser has done with them, whose
 * locks must not meet ours; until then the log itself says that they are done.
 *
 * <p>Threads: one at a time.
 */
public final class Sequencer {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final int MOST = 500;

  private final DataSource dataSource;
  private final Lease lease;
  private @Nullable Frontier edge;

  /**
   * @param lease under which it appends: that of this node
   */
  public Sequencer(DataSource dataSource, Lease lease) {
    this.dataSource = dataSource;
    this.lease = lease;
  }

  /**
   * What came of a round.
   *
   * @param holds whether this node is the sequencer
   * @param appended how many leaves found their place
   */
  public record Round(boolean holds, int appended) {}

  /** Appends what waits, at most {@value #MOST} of each table. */
  public Round runOnce() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean holds = lease.take(connection);
        int appended = holds ? append(connection) : 0;
        if (appended > 0) {
          CrashPoint.pass("audit.before-append");
        }
        connection.commit();
        if (appended > 0) {
          CrashPoint.pass("audit.after-append");
        }
        if (holds) {
          emptyJournal(connection);
        }
        return new Round(holds, appended);
      } catch (SQLException | RuntimeException e) {
        edge = null;
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new AuditLogException("The audit log could not be appended to", e);
    }
  }

  /** Lets another node go on at once. */
  void resign() {
    try (Connection connection = dataSource.getConnection()) {
      lease.release(connection);
    } catch (SQLException e) {
      throw new AuditLogException("The lease could not be let go", e);
    }
  }

  /** How many leaves have their place. */
  static long size(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select max(idx) from audit_log")) {
      row.next();
      long last = row.getLong(1);
      return row.wasNull() ? 0 : last + 1;
    }
  }

  private int append(Connection connection) throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    leaves.addAll(ofJournal(connection));
    List<String> pending = new ArrayList<>();
    leaves.addAll(pending(connection, pending));
    if (leaves.isEmpty()) {
      return 0;
    }
    long size = size(connection);
    JdbcSubtreeHashes stored = new JdbcSubtreeHashes(connection);
    Frontier known = edge;
    Frontier growing = known != null && known.size() == size ? known : Frontier.read(stored, size);
    edge = null;
    Map<Subtree, Hash> made = new LinkedHashMap<>();
    EventRows events = new EventRows();
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit_log (idx, id, leaf) values (?,?,?)")) {
      for (byte[] leaf : leaves) {
        insert.setLong(1, growing.size());
        insert.setString(2, ChainPlace.read(leaf).link().id().toString());
        insert.setBytes(3, leaf);
        insert.addBatch();
        index(events, growing.size(), leaf);
        growing.add(Hash.ofLeaf(leaf), made::put);
      }
      insert.executeBatch();
    }
    stored.write(made);
    events.insert(connection);
    delete(connection, pending);
    edge = growing;
    return leaves.size();
  }

  /** A leaf of a later form, by a node that is newer, has its place all the same. */
  static void index(EventRows events, long index, byte[] leaf) {
    try {
      events.add(index, AuditLeaf.read(leaf));
    } catch (IllegalArgumentException e) {
      LOG.error("Leaf {} of the audit log is of no form that is known here", index);
    }
  }

  private static List<byte[]> ofJournal(Connection connection) throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select audit_leaf from prediction_journal j where audit_waits = 1 and not exists"
                    + " (select 1 from audit_log l where l.id = j.audit_id) order by seq limit "
                    + MOST);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        leaves.add(rows.getBytes(1));
      }
    }
    return leaves;
  }

  private static List<byte[]> pending(Connection connection, List<String> ids) throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select id, leaf from audit_pending order by seq limit " + MOST);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
        leaves.add(rows.getBytes(2));
      }
    }
    return leaves;
  }

  private static void delete(Connection connection, List<String> pending) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from audit_pending where id = ?")) {
      for (String id : pending) {
        delete.setString(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private static void emptyJournal(Connection connection) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select id from prediction_journal j where audit_waits = 1 and state <> 'PENDING' and"
                    + " exists (select 1 from audit_log l where l.id = j.audit_id) order by seq"
                    + " limit "
                    + MOST
                    + " for update skip locked");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "update prediction_journal set audit_leaf = null, audit_waits = null where id = ?")) {
      for (String id : ids) {
        update.setString(1, id);
        update.addBatch();
      }
      update.executeBatch();
    }
    connection.commit();
  }
}
