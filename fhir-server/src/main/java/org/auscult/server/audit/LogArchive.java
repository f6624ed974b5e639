package org.auscult.server.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.server.audit.ArchiveRows.Archive;
import org.auscult.server.config.DataFolder;
import org.auscult.server.journal.CrashPoint;
import org.auscult.server.keys.KeyRing;

/**
 * Takes leaves that are older than the retention out of the database into encrypted files, and
 * brings them back.
 *
 * <p>Idea: only a leaf's bytes leave, and the rows by which its events are found. Its id, its place
 * and all hashes of the tree stay; so each proof can still be made, nothing is appended twice, and
 * what comes back is compared with its hash, by the database itself.
 *
 * <p>Order, when leaves leave: the file is written and forced to the disk, read again and verified
 * as the offline verifier does, recorded in the log, and then in one transaction the file is noted
 * and the leaves are taken out. Whatever breaks off before that commit, no leaf is gone; a file
 * that nobody noted is written again.
 *
 * <p>Threads: one at a time; of several nodes that do it at once, one succeeds.
 */
final class LogArchive {
  private static final String UNREADABLE = "The archive cannot be read: it was altered or cut off.";
  private static final int MOST_FINDINGS = 10;

  private final DataSource dataSource;
  private final LogReader log;
  private final TreeHeads heads;
  private final KeyRing keys;
  private final AuditTrail trail;
  private final Rules rules;
  private final InstantSource clock;

  /**
   * What an operator sets.
   *
   * @param folder where files are written and looked for
   * @param retention how long leaves stay in the database at least
   * @param most how many leaves a file holds at most, unless one head covers more
   */
  record Rules(Path folder, Duration retention, long most) {}

  LogArchive(
      DataSource dataSource,
      LogReader log,
      TreeHeads heads,
      KeyRing keys,
      AuditTrail trail,
      Rules rules,
      InstantSource clock) {
    this.dataSource = dataSource;
    this.log = log;
    this.heads = heads;
    this.keys = keys;
    this.trail = trail;
    this.rules = rules;
    this.clock = clock;
  }

  /** A file that cannot be used, or is not to be used; said to whoever asked. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** All files that were written. */
  List<Archive> all() {
    try (Connection connection = dataSource.getConnection()) {
      return ArchiveRows.all(connection);
    } catch (SQLException e) {
      throw new AuditLogException("The archives cannot be listed", e);
    }
  }

  /** Archives the oldest leaves that may leave; empty if none may. */
  synchronized Optional<Archive> archive() throws IOException, Refused {
    List<Archive> before = all();
    long first = first(before);
    Optional<SignedTreeHead> upTo = upTo(first, before);
    if (upTo.isEmpty()) {
      return Optional.empty();
    }
    SignedTreeHead head = upTo.get();
    long size = head.head().size();
    String name = name(first, size, before);
    Path file = rules.folder().resolve(name);
    DataFolder.create(rules.folder());
    ArchiveFile.write(
        file,
        new ArchiveFile.Header(head.head().log(), first, size),
        keys,
        out -> log.export(first, head, out));
    verify(ArchiveFile.of(file), head);
    String sha256 = ArchiveFile.of(file).sha256();
    Archive archive = new Archive(name, first, size, sha256, now(), null);
    CrashPoint.pass("audit.archive-written");
    trail.record(entry(AuditKind.EXPORT, "archive", archive));
    CrashPoint.pass("audit.archive-recorded");
    takeOut(archive);
    CrashPoint.pass("audit.archive-noted");
    return Optional.of(archive);
  }

  /** Brings the leaves of a file back into the database. */
  synchronized Archive restore(String name) throws IOException, Refused {
    Archive archive = known(name);
    if (archive.restored() != null) {
      throw new Refused(name + " was restored already, at " + archive.restored() + ".");
    }
    ArchiveFile file = file(archive);
    if (!file.sha256().equals(archive.sha256())) {
      throw new Refused(name + " is not the file that was written: its SHA-256 is another.");
    }
    SignedTreeHead head =
        heads.of(archive.size()).orElseThrow(() -> new Refused("Its head is not known here."));
    verify(file, head);
    trail.record(entry(AuditKind.SYSTEM, "restore", archive));
    bringBack(file, archive);
    return archive;
  }

  /** The key of a file, by which it is read without this server. */
  String key(String name) throws Refused {
    try {
      return file(known(name)).key(keys);
    } catch (IOException e) {
      throw new Refused(UNREADABLE);
    }
  }

  private Archive known(String name) throws Refused {
    return all().stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused("No archive has this name; $audit-archives lists them."));
  }

  /** Names come from our own rows alone: none leads out of the folder. */
  private ArchiveFile file(Archive archive) throws Refused {
    Path file = rules.folder().resolve(archive.name());
    if (!Files.isRegularFile(file)) {
      throw new Refused(archive.name() + " is not in the folder of archives; put it back there.");
    }
    try {
      return ArchiveFile.of(file);
    } catch (IOException e) {
      throw new Refused(UNREADABLE);
    }
  }

  /** The first leaf that is in the database. */
  private static long first(List<Archive> archives) {
    long first = 0;
    for (Archive archive : archives) {
      if (archive.holds(first, first + 1)) {
        first = archive.size();
      }
    }
    return first;
  }

  /**
   * The last head of whose leaves all may leave; more than the most only if one head is so large.
   */
  private Optional<SignedTreeHead> upTo(long first, List<Archive> archives) {
    long end =
        archives.stream()
            .filter(a -> a.restored() == null && a.first() > first)
            .mapToLong(Archive::first)
            .min()
            .orElse(Long.MAX_VALUE);
    Instant cutoff = clock.instant().minus(rules.retention());
    return heads.lastBefore(first, end, rules.most(), cutoff);
  }

  private static String name(long first, long size, List<Archive> archives) {
    TreeSet<String> taken = new TreeSet<>(archives.stream().map(Archive::name).toList());
    String base = "audit-" + first + "-" + size;
    String name = base + ".archive";
    for (int again = 2; taken.contains(name); again++) {
      name = base + "-" + again + ".archive";
    }
    return name;
  }

  private void verify(ArchiveFile file, SignedTreeHead head) throws IOException, Refused {
    Verification verification;
    try (InputStream in = new BufferedInputStream(file.open(file.key(keys)))) {
      verification = new AuditVerifier(heads.publicKeys(), List.of(head), MOST_FINDINGS).verify(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refused(UNREADABLE);
    }
    ArchiveFile.Header header = file.header();
    if (!verification.isIntact()) {
      throw new Refused(
          "The archive is not intact: "
              + verification.findings().stream()
                  .map(Finding::kind)
                  .map(Finding.Kind::code)
                  .distinct()
                  .toList());
    }
    if (verification.header().first() != header.first()
        || verification.header().size() != header.size()
        || head.head().size() != header.size()
        || verification.leaves() != header.size() - header.first()) {
      throw new Refused("The archive does not hold what its first line says.");
    }
  }

  private AuditEntry entry(AuditKind kind, String what, Archive archive) {
    var request = CurrentRequest.get();
    AuditEntry.Builder entry =
        AuditEntry.of(kind, AuditAction.EXECUTE, what)
            .by(request == null ? AuditAgent.server("archive") : RequestRecorder.agent(request))
            .detail("archive", archive.name())
            .detail("first", String.valueOf(archive.first()))
            .detail("size", String.valueOf(archive.size()))
            .detail("sha256", archive.sha256());
    return (request == null ? entry : entry.request(RequestId.of(request))).build();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private interface Work {
    void with(Connection connection) throws SQLException, IOException;
  }

  private void takeOut(Archive archive) throws IOException {
    inOneTransaction(
        connection -> {
          ArchiveRows.insert(connection, archive);
          ArchivedLeaves.takeOut(connection, archive.first(), archive.size());
        });
  }

  private void bringBack(ArchiveFile file, Archive archive) throws IOException {
    inOneTransaction(
        connection -> {
          ArchiveRows.restored(connection, archive.name(), now());
          try (InputStream in = new BufferedInputStream(file.open(file.key(keys)))) {
            ArchivedLeaves.bringBack(connection, in, archive.size() - archive.first());
          }
        });
  }

  private void inOneTransaction(Work work) throws IOException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        work.with(connection);
        connection.commit();
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new AuditLogException("Leaves could not be moved; all are where they were", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
