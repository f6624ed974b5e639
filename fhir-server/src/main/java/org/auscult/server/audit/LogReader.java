package org.auscult.server.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.ConsistencyProof;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;
import org.auscult.audit.tree.InclusionProof;
import org.auscult.audit.tree.Subtree;
import org.auscult.server.audit.ArchiveRows.Archive;

/** Reads the log: leaves, proofs, and whole parts in the form that the offline verifier reads. */
final class LogReader {
  private final DataSource dataSource;
  private final TreeHeads heads;
  private final InstantSource clock;

  LogReader(DataSource dataSource, TreeHeads heads, InstantSource clock) {
    this.dataSource = dataSource;
    this.heads = heads;
    this.clock = clock;
  }

  /** How many leaves have their place. */
  long size() {
    try (Connection connection = dataSource.getConnection()) {
      return Sequencer.size(connection);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The place of a leaf; empty if it has none (yet). */
  OptionalLong index(UUID id) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select idx from audit_log where id = ?")) {
      select.setString(1, id.toString());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** From where on all leaves are in the database, and none in an archive alone. */
  long begin() {
    try (Connection connection = dataSource.getConnection()) {
      return ArchiveRows.all(connection).stream()
          .filter(a -> a.restored() == null)
          .mapToLong(Archive::size)
          .max()
          .orElse(0);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The archive that alone holds one of these leaves; empty if all are in the database. */
  Optional<Archive> archive(long from, long to) {
    try (Connection connection = dataSource.getConnection()) {
      return ArchiveRows.holding(connection, from, to);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** A leaf's hash, wherever the leaf is. */
  Hash hash(long index) {
    Subtree place = new Subtree(0, index);
    try (Connection connection = dataSource.getConnection()) {
      return Objects.requireNonNull(
          new JdbcSubtreeHashes(connection).read(List.of(place)).get(place));
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** A leaf's bytes; empty if there is none, or it is in an archive. */
  Optional<byte[]> leaf(long index) {
    try (Connection connection = dataSource.getConnection()) {
      List<byte[]> leaves = leaves(connection, index, index + 1);
      return leaves.isEmpty() ? Optional.empty() : Optional.of(leaves.get(0));
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  InclusionProof inclusion(long index, long size) {
    try (Connection connection = dataSource.getConnection()) {
      return InclusionProof.of(new JdbcSubtreeHashes(connection), index, size);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  ConsistencyProof consistency(long first, long second) {
    try (Connection connection = dataSource.getConnection()) {
      return ConsistencyProof.of(new JdbcSubtreeHashes(connection), first, second);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The root of the tree of the first leaves, as it is stored. */
  Hash root(long size) {
    try (Connection connection = dataSource.getConnection()) {
      return Frontier.read(new JdbcSubtreeHashes(connection), size).root();
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /**
   * Writes the leaves from an index up to a head, with all heads between.
   *
   * @param first at most the size of the head
   */
  void export(long first, SignedTreeHead upTo, OutputStream out) throws IOException {
    part(first, upTo).writeTo(out);
  }

  /** The same, written as it is read. */
  InputStream open(long first, SignedTreeHead upTo) throws IOException {
    return part(first, upTo).open();
  }

  private LogExport.Source part(long first, SignedTreeHead upTo) {
    return new LogExport.Source(dataSource, heads.publicKeys(), clock.instant(), first, upTo);
  }

  static List<byte[]> leaves(Connection connection, long from, long to) throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select leaf from audit_log where idx >= ? and idx < ? and leaf is not null order by"
                + " idx")) {
      select.setLong(1, from);
      select.setLong(2, to);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          leaves.add(rows.getBytes(1));
        }
      }
    }
    return leaves;
  }

  static AuditLogException unread(SQLException cause) {
    return new AuditLogException("The audit log cannot be read", cause);
  }
}
