package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditTrail;
import org.auscult.audit.AuditUnavailableException;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;
import org.auscult.server.audit.ArchiveRows.Archive;
import org.auscult.server.config.Database;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * What is older than the retention leaves into a file, and comes back; and nothing is lost on the
 * way, whatever breaks.
 *
 * <p>Governance: 9. Governance: 2. Governance: 11.10(c).
 */
abstract class LogArchiveScenarios {
  private static final Duration RETENTION = Duration.ofDays(2557);
  private static final InstantSource LATER =
      () -> InstantSource.system().instant().plus(RETENTION).plusSeconds(60);
  private static final int LEAVES = 2_300;

  private final OneKey keys = new OneKey();
  private final AtomicBoolean failsToCommit = new AtomicBoolean();
  private DataSource dataSource;
  private TreeHeads heads;
  private LogReader log;
  private Sequencer sequencer;
  private GroupCommit trail;
  private Path folder;

  /** An empty database with our tables. */
  abstract DataSource fresh() throws Exception;

  abstract boolean isH2();

  @BeforeEach
  void begin(@TempDir Path given) throws Exception {
    folder = given;
    dataSource = fresh();
    heads = new TreeHeads(dataSource, keys, InstantSource.system(), Duration.ZERO);
    log = new LogReader(dataSource, heads, InstantSource.system());
    sequencer = new Sequencer(dataSource, new Lease("sequencer", "only", Duration.ofSeconds(30)));
    trail =
        new GroupCommit(
            new PendingLeaves(dataSource),
            new Spool(folder.resolve("spool"), SpoolTest.SEAL),
            UUID.randomUUID().toString(),
            InstantSource.system(),
            () -> {});
    trail.start();
    for (int i = 0; i < LEAVES; i++) {
      if (i % 1_000 == 400) {
        sequence();
        heads.now();
      }
      trail.record(entry(i));
    }
    sequence();
    heads.now();
  }

  @AfterEach
  void stop() throws Exception {
    trail.close();
    if (dataSource instanceof AutoCloseable pool) {
      pool.close();
    }
  }

  private static AuditEntry entry(int i) {
    return AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient")
        .request("request-" + i)
        .patients(List.of("p" + i % 7))
        .entities(List.of("Patient/p" + i % 7 + "/_history/1"))
        .at(List.of("north"))
        .build();
  }

  private void sequence() {
    Sequencer.Round round = sequencer.runOnce();
    while (!round.holds() || round.appended() > 0) {
      round = sequencer.runOnce();
    }
  }

  private LogArchive archives(InstantSource clock, long most) {
    return archives(clock, most, trail);
  }

  private LogArchive archives(InstantSource clock, long most, AuditTrail recorded) {
    DataSource breakable =
        new DelegatingDataSource(dataSource) {
          @Override
          public Connection getConnection() throws SQLException {
            return breaking(super.getConnection());
          }
        };
    return new LogArchive(
        breakable,
        log,
        heads,
        keys,
        recorded,
        new LogArchive.Rules(folder.resolve("archive"), RETENTION, most),
        clock);
  }

  /** Its commit fails when it is told to, as if the database went away. */
  private Connection breaking(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && failsToCommit.get()) {
                throw new SQLException("gone", "08006");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private long count(String from) {
    return JournalDatabase.count(dataSource, from);
  }

  private Verification verified(InputStream file, SignedTreeHead... trusted) throws IOException {
    return new AuditVerifier(heads.publicKeys(), List.of(trusted), 10).verify(file);
  }

  private Verification verifiedLog(long from, SignedTreeHead... trusted) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log.export(from, heads.now(), out);
    return verified(new ByteArrayInputStream(out.toByteArray()), trusted);
  }

  private List<String> operations(long from) {
    List<String> operations = new ArrayList<>();
    for (long i = from; i < log.size(); i++) {
      operations.add(AuditLeaf.read(log.leaf(i).orElseThrow()).entry().operation());
    }
    return operations;
  }

  private Path file(Archive archive) {
    return folder.resolve("archive").resolve(archive.name());
  }

  @Test
  void leavesLeaveIntoAFileAndComeBackWithAllProofs() throws Exception {
    SignedTreeHead last = heads.now();
    String events = "audit_event where patient = 'p3'";
    long eventsBefore = count(events);
    long termsBefore = count("audit_term");
    byte[] someLeaf = log.leaf(1_234).orElseThrow();

    assertThat(archives(InstantSource.system(), 1_000_000).archive())
        .as("nothing is older than the retention")
        .isEmpty();
    Archive archive = archives(LATER, 1_000_000).archive().orElseThrow();

    assertThat(archive.first()).isZero();
    assertThat(archive.size()).isEqualTo(LEAVES);
    assertThat(count("audit_log where leaf is not null")).isZero();
    assertThat(count("audit_log")).as("places and ids stay").isEqualTo(LEAVES);
    assertThat(count(events)).isZero();
    assertThat(count("audit_term")).isZero();
    assertThat(Files.readString(file(archive), StandardCharsets.ISO_8859_1))
        .as("encrypted")
        .doesNotContain("read Patient", "request-");

    // All proofs can still be made, also of what is not here.
    sequence();
    SignedTreeHead now = heads.now();
    assertThat(log.hash(1_234)).isEqualTo(Hash.ofLeaf(someLeaf));
    assertThat(
            log.inclusion(1_234, now.head().size())
                .verifies(Hash.ofLeaf(someLeaf), now.head().root()))
        .isTrue();
    assertThat(
            log.consistency(last.head().size(), now.head().size())
                .verifies(last.head().root(), now.head().root()))
        .isTrue();
    assertThat(log.index(AuditLeaf.read(someLeaf).id())).hasValue(1_234);
    assertThat(log.begin()).isEqualTo(LEAVES);
    assertThat(verifiedLog(LEAVES, last).findings()).isEmpty();
    assertThat(operations(LEAVES)).containsExactly("archive");

    // Offline, with the file's own key, and against a head that was kept before.
    String key = archives(LATER, 1).key(archive.name());
    try (InputStream in = ArchiveFile.of(file(archive)).open(key)) {
      Verification verification = verified(in, last);
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.leaves()).isEqualTo(LEAVES);
    }

    archives(LATER, 1).restore(archive.name());
    sequence();
    assertThat(log.leaf(1_234)).hasValueSatisfying(l -> assertThat(l).isEqualTo(someLeaf));
    assertThat(count(events)).isEqualTo(eventsBefore);
    assertThat(count("audit_term")).isGreaterThanOrEqualTo(termsBefore);
    assertThat(log.begin()).isZero();
    assertThat(verifiedLog(0, last).findings()).isEmpty();
    assertThat(operations(LEAVES)).containsExactly("archive", "restore");
    assertThatThrownBy(() -> archives(LATER, 1).restore(archive.name()))
        .hasMessageContaining("restored already");
    assertThat(archives(LATER, 1_000_000).archive().orElseThrow().name())
        .as("it may leave again, into another file")
        .isNotEqualTo(archive.name());
  }

  @Test
  void fileEndsAtAHeadAndTheNextGoesOnThere() throws Exception {
    LogArchive archives = archives(LATER, 1_000);
    Archive one = archives.archive().orElseThrow();
    Archive two = archives.archive().orElseThrow();
    Archive three = archives.archive().orElseThrow();

    assertThat(List.of(one.size(), two.size(), three.size())).isSorted().contains((long) LEAVES);
    assertThat(two.first()).isEqualTo(one.size());
    assertThat(three.first()).isEqualTo(two.size());
    for (Archive archive : List.of(one, two, three)) {
      try (InputStream in = ArchiveFile.of(file(archive)).open(archives.key(archive.name()))) {
        assertThat(verified(in).findings()).isEmpty();
      }
    }
    archives.restore(two.name());
    assertThat(log.archive(two.first(), two.size())).isEmpty();
    assertThat(log.archive(0, LEAVES)).isPresent();
    assertThat(archives.archive().orElseThrow().first())
        .as("what came back is the oldest that may leave")
        .isEqualTo(two.first());
  }

  @Test
  void alteredFileIsRefusedAndNothingComesBack() throws Exception {
    LogArchive archives = archives(LATER, 1_000);
    Archive archive = archives.archive().orElseThrow();
    Archive other = archives.archive().orElseThrow();
    byte[] whole = Files.readAllBytes(file(archive));
    Random random = new Random(11);
    List<byte[]> altered = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] one = whole.clone();
      one[random.nextInt(one.length)] ^= (byte) (1 << random.nextInt(8));
      altered.add(one);
    }
    altered.add(Arrays.copyOf(whole, whole.length - 1));
    altered.add(Arrays.copyOf(whole, whole.length / 2));
    altered.add(new byte[0]);
    altered.add(Files.readAllBytes(file(other)));
    String key = archives.key(archive.name());
    SignedTreeHead head = heads.of(archive.size()).orElseThrow();

    for (byte[] bytes : altered) {
      Files.write(file(archive), bytes);
      assertThatThrownBy(() -> archives.restore(archive.name()))
          .isInstanceOf(LogArchive.Refused.class);
      // And the offline verifier, which knows no SHA-256 of the file, does not take it either.
      assertThatThrownBy(
              () -> {
                ArchiveFile opened = ArchiveFile.of(file(archive));
                String own = bytes.length > 0 ? opened.key(keys) : key;
                try (InputStream in = opened.open(own)) {
                  Verification verification = verified(in, head);
                  assertThat(verification.isIntact() && verification.leaves() == archive.size())
                      .isFalse();
                }
                throw new IOException("found");
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(count("audit_log where leaf is not null")).isEqualTo(LEAVES - other.size());

    Files.delete(file(archive));
    assertThatThrownBy(() -> archives.restore(archive.name())).hasMessageContaining("put it back");
    Files.write(file(archive), whole);
    archives.restore(archive.name());
    assertThat(count("audit_log where leaf is not null"))
        .isEqualTo(LEAVES - other.size() + archive.size());
    for (String name : List.of("../spool", "audit-0-1.archive", "", "/etc/passwd")) {
      assertThatThrownBy(() -> archives.restore(name)).isInstanceOf(LogArchive.Refused.class);
    }
  }

  @Test
  void whateverBreaksOffBeforeTheEndNoLeafIsGone() throws Exception {
    AuditTrail silent =
        entry -> {
          throw new AuditUnavailableException("none", null);
        };
    assertThatThrownBy(() -> archives(LATER, 1_000_000, silent).archive())
        .isInstanceOf(AuditUnavailableException.class);
    allIsThere();
    try (Stream<Path> files = Files.list(folder.resolve("archive"))) {
      assertThat(files).as("written, and noted by nobody").hasSize(1);
    }

    failsToCommit.set(true);
    assertThatThrownBy(() -> archives(LATER, 1_000_000).archive())
        .isInstanceOf(AuditLogException.class);
    failsToCommit.set(false);
    allIsThere();

    Archive archive = archives(LATER, 1_000_000).archive().orElseThrow();
    assertThat(count("audit_log where leaf is not null and idx < " + archive.size())).isZero();
    failsToCommit.set(true);
    assertThatThrownBy(() -> archives(LATER, 1).restore(archive.name()))
        .isInstanceOf(AuditLogException.class);
    failsToCommit.set(false);
    assertThat(count("audit_log where leaf is not null and idx < " + archive.size())).isZero();
    archives(LATER, 1).restore(archive.name());
    sequence();
    assertThat(verifiedLog(0).findings()).isEmpty();
  }

  private void allIsThere() throws IOException {
    assertThat(count("audit_log where leaf is not null and idx < " + LEAVES)).isEqualTo(LEAVES);
    assertThat(count("audit_archive")).isZero();
    assertThat(count("audit_event where idx < " + LEAVES)).isEqualTo(LEAVES);
    assertThat(verifiedLog(0).findings()).isEmpty();
  }

  @Test
  void databaseLetsNoLeafGoAndTakesNoneByAnotherWay() throws Exception {
    String bytes = isH2() ? "cast('00' as varbinary)" : "decode('00', 'hex')";
    refused("update audit_log set leaf = null where idx = 5");
    Archive archive = archives(LATER, 1_000).archive().orElseThrow();
    refused("update audit_log set leaf = null where idx = " + archive.size());
    refused("update audit_log set leaf = " + bytes + " where idx = 5");
    refused(
        "update audit_log set leaf = (select l.leaf from audit_log l where l.idx = "
            + archive.size()
            + ") where idx = 5");
    refused("update audit_log set id = 'x' where idx = 5");
    refused("delete from audit_log where idx = 5");
    refused("delete from audit_archive");
  }

  private void refused(String statement) {
    assertThatThrownBy(() -> JournalDatabase.execute(dataSource, statement))
        .as(statement)
        .hasStackTraceContaining("append-only");
  }

  static DataSource ofPostgres() throws SQLException {
    String name = "archive_" + UUID.randomUUID().toString().replace("-", "");
    JournalDatabase.execute(JournalDatabase.Postgres.dataSource(), "create database " + name);
    try (Connection connection = JournalDatabase.Postgres.dataSource().getConnection()) {
      String url =
          connection.getMetaData().getURL().replaceFirst("/postgres(\\?|$)", "/" + name + "$1");
      return JournalDatabase.migrated(url, "postgres", Database.Vendor.POSTGRESQL);
    }
  }
}
