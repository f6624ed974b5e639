package org.auscult.prove.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.audit.export.ExportHeader;
import org.auscult.audit.export.LogExportWriter;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.auscult.audit.tree.Subtree;

/** The audit log's tables, read as they stand. */
final class LogTables {
  private static final String LOG = "crash-log";

  private final Connection connection;

  LogTables(Connection connection) {
    this.connection = connection;
  }

  /** Leaves that have no place yet. */
  static long waiting(Connection connection) throws SQLException {
    return number(
            connection, "select count(*) from prediction_journal where audit_waits is not null")
        + number(connection, "select count(*) from audit_pending");
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** What must hold in every moment: places without a gap, and the tree of just these leaves. */
  List<String> check(String when) throws SQLException {
    List<String> failures = new ArrayList<>();
    List<byte[]> leaves = leaves();
    if (number(connection, "select coalesce(max(idx) + 1, 0) from audit_log") != leaves.size()) {
      failures.add("the audit log's places have gaps" + when);
    }
    Frontier tree = Frontier.empty();
    Map<Subtree, Hash> expected = new HashMap<>();
    leaves.forEach(l -> tree.add(Hash.ofLeaf(l), expected::put));
    if (!stored().equals(expected)) {
      failures.add("the audit log's tree is not that of its leaves" + when);
    }
    return failures;
  }

  private List<byte[]> leaves() throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select leaf from audit_log order by idx")) {
      while (rows.next()) {
        leaves.add(rows.getBytes(1));
      }
    }
    return leaves;
  }

  private Map<Subtree, Hash> stored() throws SQLException {
    Map<Subtree, Hash> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select level, idx, hash from audit_node")) {
      while (rows.next()) {
        stored.put(new Subtree(rows.getInt(1), rows.getLong(2)), Hash.of(rows.getBytes(3)));
      }
    }
    return stored;
  }

  /** All leaves under one head, signed here: the child signs none. */
  byte[] export() throws SQLException, IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    HeadKeys keys = HeadKeys.of(List.of(new HeadKey("k1", pair.getPublic(), null, null)));
    List<byte[]> leaves = leaves();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogExportWriter writer =
        LogExportWriter.begin(
            out, new ExportHeader(LOG, 0, leaves.size(), List.of(), keys, Instant.EPOCH));
    Frontier tree = Frontier.empty();
    for (byte[] leaf : leaves) {
      writer.leaf(leaf);
      tree.add(Hash.ofLeaf(leaf));
    }
    TreeHead head = new TreeHead(LOG, tree.size(), tree.root(), Instant.EPOCH, "k1");
    writer.head(head.sign(pair.getPrivate()), tree.hashes());
    writer.end();
    return out.toByteArray();
  }
}
