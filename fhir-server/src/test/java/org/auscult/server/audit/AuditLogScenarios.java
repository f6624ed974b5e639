package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditUnavailableException;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;
import org.auscult.prediction.Call;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.Entries;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.Subject;
import org.auscult.server.journal.JdbcPredictionJournal;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The log from entry to proof, on one database.
 *
 * <p>Governance: 2. Governance: 8. Safety: 22.
 */
abstract class AuditLogScenarios {
  private final List<GroupCommit> started = new ArrayList<>();
  private final AtomicBoolean isDown = new AtomicBoolean();

  abstract DataSource dataSource();

  private final String node = UUID.randomUUID().toString();
  private TreeHeads heads;
  private LogReader log;
  private Sequencer sequencer;
  private long before;
  private Path folder;

  @BeforeEach
  void begin(@TempDir Path given) {
    folder = given;
    OneKey keys = key();
    heads = new TreeHeads(dataSource(), keys, InstantSource.system(), Duration.ZERO);
    log = new LogReader(dataSource(), heads, InstantSource.system());
    sequencer = sequencer("first");
    sequenceAll();
    before = JournalDatabase.count(dataSource(), "audit_log");
  }

  /** The same for all tests of a database: heads of former tests stand in it. */
  abstract OneKey key();

  @AfterEach
  void stop() {
    started.forEach(GroupCommit::close);
    close();
  }

  /** When nobody writes any more. */
  void close() {}

  private Sequencer sequencer(String name) {
    return new Sequencer(
        dataSource(), new Lease(node.substring(0, 30), name, Duration.ofSeconds(5)));
  }

  private GroupCommit trail(Path spool) {
    DataSource breakable =
        new DelegatingDataSource(dataSource()) {
          @Override
          public Connection getConnection() throws SQLException {
            if (isDown.get()) {
              throw new SQLException("down", "08006");
            }
            return super.getConnection();
          }
        };
    GroupCommit trail =
        new GroupCommit(
            new PendingLeaves(breakable),
            new Spool(spool, SpoolTest.SEAL),
            UUID.randomUUID().toString(),
            InstantSource.system(),
            () -> {});
    trail.start();
    started.add(trail);
    return trail;
  }

  private GroupCommit trail() {
    return trail(folder.resolve("spool"));
  }

  private static AuditEntry entry(String request) {
    return AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient").request(request).build();
  }

  private void sequenceAll() {
    Sequencer.Round round = sequencer.runOnce();
    while (!round.holds() || round.appended() > 0) {
      round = sequencer.runOnce();
    }
  }

  private long added() {
    return JournalDatabase.count(dataSource(), "audit_log") - before;
  }

  private Set<String> requests() throws SQLException {
    Set<String> requests = new HashSet<>();
    try (Connection connection = dataSource().getConnection();
        PreparedStatement select =
            connection.prepareStatement("select leaf from audit_log where idx >= " + before);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        assertThat(requests.add(AuditLeaf.read(rows.getBytes(1)).entry().request())).isTrue();
      }
    }
    return requests;
  }

  Verification verified() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SignedTreeHead head = heads.now();
    log.export(0, head, out);
    AuditVerifier verifier = new AuditVerifier(heads.publicKeys(), List.of(), 10);
    Verification verification = verifier.verify(new ByteArrayInputStream(out.toByteArray()));
    try (InputStream in = log.open(0, head)) {
      Verification read = verifier.verify(in);
      assertThat(read.leaves()).as("read as it is written").isEqualTo(verification.leaves());
      assertThat(read.findings()).isEqualTo(verification.findings());
    }
    return verification;
  }

  @Test
  void entriesOfManyCallersStandInTheLogOnceEachAndVerify() throws Exception {
    GroupCommit trail = trail();
    Set<String> sent = new HashSet<>();
    inParallel(
        8,
        caller -> {
          for (int i = 0; i < 60; i++) {
            String request = caller + "-" + i;
            assertThat(trail.keep(entry(request))).isEqualTo(Kept.DATABASE);
            synchronized (sent) {
              sent.add(request);
            }
          }
        });
    sequenceAll();

    assertThat(added()).isEqualTo(480);
    assertThat(requests()).isEqualTo(sent);
    assertThat(verified().findings()).isEmpty();
  }

  @Test
  void twoSequencersAtTheSameTimeKeepOneOrder() throws Exception {
    GroupCommit trail = trail();
    HookLeaves leaves = new HookLeaves(UUID.randomUUID().toString(), Clock.systemUTC());
    JdbcPredictionJournal journal = new JdbcPredictionJournal(dataSource(), leaves, () -> {});
    AtomicBoolean isDone = new AtomicBoolean();
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    List<Future<Integer>> appended = new ArrayList<>();
    for (String name : List.of("one", "other")) {
      Sequencer own = sequencer(name);
      appended.add(
          nodes.submit(
              () -> {
                int sum = 0;
                while (!isDone.get()) {
                  Sequencer.Round round = own.runOnce();
                  sum += round.appended();
                  if (round.appended() > 0) {
                    own.resign();
                  }
                  // Gives the other one its chance.
                  Thread.sleep(round.holds() ? 20 : 2);
                }
                own.resign();
                return sum;
              }));
    }
    sequencer.resign();
    inParallel(
        4,
        caller -> {
          Entries entries = new Entries(caller + 1);
          for (int i = 0; i < 40; i++) {
            trail.keep(entry(caller + "-" + i));
            journal.store(hookCall(entries));
          }
        });
    Thread.sleep(1_500);
    isDone.set(true);
    int sum = 0;
    for (Future<Integer> of : appended) {
      assertThat(of.get()).as("each node had its turn").isPositive();
      sum += of.get();
    }
    nodes.shutdown();
    sequenceAll();

    assertThat(added()).isEqualTo(320);
    assertThat(sum).isEqualTo(320);
    assertThat(verified().findings()).isEmpty();
    String copied = "prediction_journal where audit_waits = 1";
    assertThat(JournalDatabase.count(dataSource(), copied)).isGreaterThanOrEqualTo(160);
    // What the materialiser has done with is emptied.
    JournalDatabase.execute(dataSource(), "update prediction_journal set state = 'DONE'");
    sequenceAll();
    assertThat(JournalDatabase.count(dataSource(), copied)).isZero();
    assertThat(
            JournalDatabase.count(dataSource(), "prediction_journal where audit_leaf is not null"))
        .isZero();
  }

  @Test
  void anotherNodeTakesOverWhenTheSequencerIsGone() throws Exception {
    String name = UUID.randomUUID().toString().substring(0, 30);
    Duration second = Duration.ofSeconds(1);
    Sequencer gone = new Sequencer(dataSource(), new Lease(name, "gone", second));
    Sequencer other = new Sequencer(dataSource(), new Lease(name, "other", second));
    gone.runOnce();
    assertThat(gone.runOnce().holds()).isTrue();
    assertThat(other.runOnce().holds()).isFalse();

    Thread.sleep(1_100);
    assertThat(other.runOnce().holds()).isTrue();
    assertThat(gone.runOnce().holds()).as("it has lost the lease, and finds out").isFalse();
  }

  /** A node that is newer may write what this one cannot read; the log goes on. */
  @Test
  void leafOfALaterFormHasItsPlace() throws Exception {
    GroupCommit trail = trail();
    trail.record(entry("known"));
    String later =
        "{\"action\":\"E\",\"form\":2,\"kind\":\"of-next-year\",\"lane\":1,\"node\":\""
            + UUID.randomUUID()
            + "\",\"operation\":\"x\",\"outcome\":\"0\",\"previous\":\""
            + Hash.ZERO.hex()
            + "\",\"recorded\":\"2030-01-01T00:00:00.000Z\",\"sequence\":1}";
    new PendingLeaves(dataSource()).storeAgain(List.of(later.getBytes(StandardCharsets.UTF_8)));
    sequenceAll();

    assertThat(added()).isEqualTo(2);
    assertThat(verified().findings()).isEmpty();
  }

  private static JournalEntry hookCall(Entries entries) {
    return entries.next(
        new Call(
            "cvd-risk",
            "patient-view",
            UUID.randomUUID().toString(),
            new Caller("https://ehr.example.org/fhir", "Practitioner/1", "7", null)),
        new Subject("", UUID.randomUUID().toString()));
  }

  @Test
  void hookCallHasItsLeafInTheJournalsRowAndARetryHasNone() throws Exception {
    HookLeaves leaves = new HookLeaves(UUID.randomUUID().toString(), Clock.systemUTC());
    JdbcPredictionJournal journal = new JdbcPredictionJournal(dataSource(), leaves, () -> {});
    JournalEntry first = hookCall(new Entries(7));
    JournalEntry retry = new Entries(8).next(first.call(), first.subject());
    journal.store(first);
    assertThat(journal.store(retry).id()).isEqualTo(first.id());
    journal.store(hookCall(new Entries(9)));
    sequenceAll();

    assertThat(added()).isEqualTo(2);
    AuditLeaf leaf = AuditLeaf.read(log.leaf(before).orElseThrow());
    assertThat(leaf.entry().kind()).isEqualTo(AuditKind.HOOK_CALL);
    assertThat(leaf.entry().patients()).containsExactly(first.subject().id());
    assertThat(leaf.entry().agent().user()).isEqualTo("Practitioner/1");
    assertThat(leaf.entry().details())
        .containsEntry(HookLeaves.JOURNAL, first.id().toString())
        .containsEntry(HookLeaves.INSTANCE, first.call().instance());
    assertThat(verified().findings()).isEmpty();
  }

  @Test
  void hookCallNamesTheCallerThatATokenProved() throws Exception {
    HookLeaves leaves = new HookLeaves(UUID.randomUUID().toString(), Clock.systemUTC());
    JdbcPredictionJournal journal = new JdbcPredictionJournal(dataSource(), leaves, () -> {});
    CallerIdentity proven =
        new CallerIdentity("north", "https://north.example.org", "system", null, "jti-9");
    Caller caller = new Caller("https://ehr.example.org/fhir", "Practitioner/1", "7", null, proven);
    journal.store(
        new Entries(31)
            .next(
                new Call("cvd-risk", "patient-view", UUID.randomUUID().toString(), caller),
                new Subject("", UUID.randomUUID().toString())));
    sequenceAll();

    AuditEntry entry = AuditLeaf.read(log.leaf(before).orElseThrow()).entry();
    assertThat(entry.agent().client()).isEqualTo("north");
    assertThat(entry.agent().issuer()).isEqualTo("https://north.example.org");
    assertThat(entry.agent().user()).isEqualTo("Practitioner/1");
    assertThat(entry.details()).containsEntry(RequestRecorder.TOKEN, "jti-9");
  }

  @Test
  void whileTheDatabaseIsAwayLeavesAreSpooledAndDrainedOnce() throws Exception {
    Path spool = folder.resolve("spool");
    GroupCommit trail = trail(spool);
    assertThat(trail.keep(entry("before"))).isEqualTo(Kept.DATABASE);
    isDown.set(true);
    started.remove(trail);
    trail.close();
    GroupCommit away = trail(spool);
    assertThat(away.keep(entry("away-1"))).isEqualTo(Kept.SPOOL);
    assertThat(away.keep(entry("away-2"))).isEqualTo(Kept.SPOOL);
    assertThat(away.isSpooling()).isTrue();
    // A process that died after its leaves were in the database, and before the spool was cleared.
    new PendingLeaves(dataSource()).storeAgain(new Spool(spool, SpoolTest.SEAL).read());
    isDown.set(false);

    for (int i = 0; i < 100 && away.isSpooling(); i++) {
      Thread.sleep(100);
    }
    assertThat(away.isSpooling()).isFalse();
    assertThat(away.keep(entry("after"))).isEqualTo(Kept.DATABASE);
    sequenceAll();
    assertThat(requests()).containsExactlyInAnyOrder("before", "away-1", "away-2", "after");
    assertThat(spool).doesNotExist();
    assertThat(verified().findings()).isEmpty();
  }

  @Test
  void whereNeitherDatabaseNorDiskTakesALeafItIsRefused() {
    isDown.set(true);
    // A folder stands where the file should.
    GroupCommit trail = trail(folder);

    assertThatThrownBy(() -> trail.record(entry("lost")))
        .isInstanceOf(AuditUnavailableException.class);
  }

  @Test
  void oneEntryThatIsTooLargeIsRefusedAlone() throws Exception {
    GroupCommit trail = trail();
    String large = "x".repeat(AuditLeaf.MOST_BYTES);
    inParallel(
        4,
        caller -> {
          if (caller == 0) {
            assertThatThrownBy(() -> trail.record(entry(large)))
                .isInstanceOf(AuditUnavailableException.class);
          } else {
            trail.record(entry("small-" + caller));
          }
        });
    sequenceAll();

    assertThat(requests()).containsExactlyInAnyOrder("small-1", "small-2", "small-3");
  }

  @Test
  void leavesAreProvenToStandInTheLogAndTheLogToHaveGrown() throws Exception {
    GroupCommit trail = trail();
    List<SignedTreeHead> signed = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      trail.record(entry("proof-" + i));
      sequenceAll();
      signed.add(heads.now());
    }
    SignedTreeHead last = heads.now();
    for (SignedTreeHead head : signed) {
      long size = head.head().size();
      assertThat(
              log.consistency(size, last.head().size())
                  .verifies(head.head().root(), last.head().root()))
          .isTrue();
      byte[] leaf = log.leaf(size - 1).orElseThrow();
      assertThat(
              log.inclusion(size - 1, last.head().size())
                  .verifies(Hash.ofLeaf(leaf), last.head().root()))
          .isTrue();
      assertThat(log.index(AuditLeaf.read(leaf).id())).hasValue(size - 1);
    }
  }

  @Test
  void onlyOneHeadIsSignedOfASize() {
    SignedTreeHead head = heads.now();

    assertThat(heads.now()).isEqualTo(head);
    assertThat(heads.last()).contains(head);
  }

  @Test
  void databaseLetsNobodyChangeTheLog() throws Exception {
    GroupCommit trail = trail();
    trail.record(entry("kept"));
    sequenceAll();
    heads.now();

    for (String statement :
        List.of(
            "update audit_log set leaf = id::bytea",
            "delete from audit_log",
            "delete from audit_node",
            "update audit_head set size = size + 1000000",
            "delete from audit_head")) {
      String portable =
          statement.replace(
              "id::bytea", isH2() ? "cast('00' as varbinary)" : "decode('00', 'hex')");
      assertThatThrownBy(() -> JournalDatabase.execute(dataSource(), portable))
          .as(portable)
          .hasStackTraceContaining("append-only");
    }
    assertThat(verified().findings()).isEmpty();
  }

  abstract boolean isH2();

  private interface Work {
    void by(int caller) throws Exception;
  }

  private static void inParallel(int callers, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        all.add(
            () -> {
              work.by(caller);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
