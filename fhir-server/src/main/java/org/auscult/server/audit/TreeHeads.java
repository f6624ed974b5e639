package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;

/**
 * Signs heads of the log: the sequencer at intervals, and any node when it is asked. Of each size
 * there is one.
 */
final class TreeHeads {
  private static final String UNIQUE_VIOLATION = "23505";

  private final DataSource dataSource;
  private final KeyRing keys;
  private final InstantSource clock;
  private final Duration interval;

  TreeHeads(DataSource dataSource, KeyRing keys, InstantSource clock, Duration interval) {
    this.dataSource = dataSource;
    this.keys = keys;
    this.clock = clock;
    this.interval = interval;
  }

  /** The public keys that sign, or have signed. */
  HeadKeys publicKeys() {
    return HeadKeys.of(
        keys.verifying(KeyPurpose.TREE_HEAD).stream()
            .map(k -> new HeadKey(k.id(), k.publicKey(), k.from(), k.until()))
            .toList());
  }

  /** Signs one if there are new leaves and the last one is old enough. */
  void signIfDue() {
    Optional<SignedTreeHead> last = last();
    Instant due = last.map(h -> h.head().time().plus(interval)).orElse(Instant.EPOCH);
    if (!clock.instant().isBefore(due)) {
      now();
    }
  }

  /** The head of the log as it stands: the last one, or a new one if leaves were added since. */
  SignedTreeHead now() {
    try (Connection connection = dataSource.getConnection()) {
      long size = Sequencer.size(connection);
      Optional<SignedTreeHead> there = find(connection, "where size = " + size);
      return there.isPresent() ? there.get() : signed(connection, size);
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's head cannot be signed", e);
    }
  }

  /** The last one; empty if none was signed yet. */
  Optional<SignedTreeHead> last() {
    return find("order by size desc limit 1");
  }

  /** The first one that covers this many leaves. */
  Optional<SignedTreeHead> covering(long size) {
    return find("where size >= " + size + " order by size limit 1");
  }

  /**
   * The last one that was signed before a time, of at most so many leaves after the first ones; if
   * the next one is of more, that one. Empty if none is so old.
   *
   * @param first how many leaves come before
   * @param end of no more leaves than these
   */
  Optional<SignedTreeHead> lastBefore(long first, long end, long most, Instant time) {
    Optional<SignedTreeHead> last = Optional.empty();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select head from audit_head where size > ? and size <= ? order by size")) {
      select.setLong(1, first);
      select.setLong(2, end);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          SignedTreeHead head = SignedTreeHead.read(rows.getBytes(1));
          boolean isTooFar = last.isPresent() && head.head().size() - first > most;
          if (isTooFar || !head.head().time().isBefore(time)) {
            break;
          }
          last = Optional.of(head);
        }
      }
      return last;
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's heads cannot be read", e);
    }
  }

  /** The one of this very size. */
  Optional<SignedTreeHead> of(long size) {
    return find("where size = " + size);
  }

  /** This log's name. */
  String log() {
    try (Connection connection = dataSource.getConnection()) {
      return log(connection);
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's name cannot be read", e);
    }
  }

  private static String log(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select id from audit_identity");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private SignedTreeHead signed(Connection connection, long size) throws SQLException {
    SigningKey key = keys.signing(KeyPurpose.TREE_HEAD);
    TreeHead head =
        new TreeHead(
            log(connection),
            size,
            Frontier.read(new JdbcSubtreeHashes(connection), size).root(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            key.id());
    SignedTreeHead signed = head.sign(key.privateKey());
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit_head (size, head) values (?, ?)")) {
      insert.setLong(1, size);
      insert.setBytes(2, signed.write());
      insert.executeUpdate();
      return signed;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return find(connection, "where size = " + size).orElseThrow(() -> e);
      }
      throw e;
    }
  }

  private Optional<SignedTreeHead> find(String which) {
    try (Connection connection = dataSource.getConnection()) {
      return find(connection, which);
    } catch (SQLException e) {
      throw new AuditLogException("The audit log's heads cannot be read", e);
    }
  }

  private static Optional<SignedTreeHead> find(Connection connection, String which)
      throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select head from audit_head " + which);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(SignedTreeHead.read(rows.getBytes(1))) : Optional.empty();
    }
  }
}
