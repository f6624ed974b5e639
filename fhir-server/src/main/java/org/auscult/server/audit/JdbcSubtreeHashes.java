package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.auscult.audit.tree.Hash;
import org.auscult.audit.tree.Subtree;
import org.auscult.audit.tree.SubtreeHashes;

/** The tree's hashes in our own table, within a transaction of the caller's. */
final class JdbcSubtreeHashes implements SubtreeHashes {
  private final Connection connection;

  JdbcSubtreeHashes(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Map<Subtree, Hash> read(Collection<Subtree> subtrees) {
    Map<Subtree, Hash> hashes = new HashMap<>();
    if (subtrees.isEmpty()) {
      return hashes;
    }
    List<Subtree> wanted = new ArrayList<>(new LinkedHashSet<>(subtrees));
    try (PreparedStatement select =
        connection.prepareStatement(
            "select level, idx, hash from audit_node where (level, idx) in ("
                + String.join(",", Collections.nCopies(wanted.size(), "(?,?)"))
                + ")")) {
      int next = 1;
      for (Subtree subtree : wanted) {
        select.setInt(next++, subtree.level());
        select.setLong(next++, subtree.index());
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          hashes.put(new Subtree(rows.getInt(1), rows.getLong(2)), Hash.of(rows.getBytes(3)));
        }
      }
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's tree cannot be read", e);
    }
    if (hashes.size() != wanted.size()) {
      throw new IllegalStateException("The audit log's tree lacks a hash that it should have");
    }
    return hashes;
  }

  @Override
  public void write(Map<Subtree, Hash> hashes) {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit_node (level, idx, hash) values (?,?,?)")) {
      for (Map.Entry<Subtree, Hash> hash : hashes.entrySet()) {
        insert.setInt(1, hash.getKey().level());
        insert.setLong(2, hash.getKey().index());
        insert.setBytes(3, hash.getValue().bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's tree cannot be written", e);
    }
  }
}
