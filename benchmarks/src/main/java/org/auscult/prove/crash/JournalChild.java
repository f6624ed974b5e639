package org.auscult.prove.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.sql.DataSource;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.prediction.JournalEntry;
import org.auscult.server.audit.GroupCommit;
import org.auscult.server.audit.HookLeaves;
import org.auscult.server.audit.Lease;
import org.auscult.server.audit.PendingLeaves;
import org.auscult.server.audit.Sequencer;
import org.auscult.server.audit.Spool;
import org.auscult.server.journal.JdbcPredictionJournal;
import org.auscult.server.journal.Materialiser;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The process that is killed: a journal with two materialisers, an audit log with two sequencers,
 * and nothing else.
 *
 * <p>Reads {@code CALL instance}, {@code ANSWER uuid} and {@code EVENT id} from standard input, and
 * prints {@code SHOWN instance uuid .}, {@code ANSWERED uuid .} or {@code RECORDED id .} once that
 * is stored: what it has printed, it has shown.
 */
final class JournalChild {
  private static final int CALLERS = 3;
  private static final int NODES = 2;
  private static final int BATCH = 5;

  /** Far shorter than the server's: a killed child's successor is to go on at once. */
  private static final Duration LEASE = Duration.ofMillis(100);

  private final JdbcPredictionJournal journal;
  private final GroupCommit trail;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private JournalChild(JdbcPredictionJournal journal, GroupCommit trail) {
    this.journal = journal;
    this.trail = trail;
  }

  /**
   * Runs until standard input ends.
   *
   * @param arguments the database's URL, and a file for the audit log's spool
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(arguments[0]);
    String node = UUID.randomUUID().toString();
    ExecutorService nodes = Executors.newFixedThreadPool(2 * NODES);
    for (int i = 0; i < NODES; i++) {
      Materialiser materialiser =
          new Materialiser(
              dataSource, new TableWriter(dataSource), BATCH, 2, InstantSource.system());
      Sequencer sequencer = new Sequencer(dataSource, new Lease("sequencer", node + i, LEASE));
      nodes.execute(() -> work(materialiser::runOnce));
      nodes.execute(() -> work(() -> sequencer.runOnce().appended()));
    }
    GroupCommit trail = trail(dataSource, Path.of(arguments[1]), node);
    trail.start();
    HookLeaves leaves = new HookLeaves(node, Clock.systemUTC());
    new JournalChild(new JdbcPredictionJournal(dataSource, leaves, () -> {}), trail).serve();
    trail.stop();
    nodes.shutdownNow();
    if (!nodes.awaitTermination(20, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }

  private static GroupCommit trail(DataSource dataSource, Path spool, String node) {
    return new GroupCommit(
        new PendingLeaves(dataSource),
        new Spool(spool, new Unsealed()),
        node,
        InstantSource.system(),
        () -> {});
  }

  /** A child has no keys: those are the server's, which is killed too. */
  private record Unsealed() implements Spool.Seal {
    @Override
    public byte[] seal(byte[] leaf) {
      return leaf;
    }

    @Override
    public byte[] open(byte[] sealed) {
      return sealed;
    }
  }

  private static void work(IntSupplier once) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (once.getAsInt() == 0) {
          Thread.sleep(2);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() throws IOException, InterruptedException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String request = line;
        callers.execute(() -> answer(request));
      }
    }
    callers.shutdown();
    if (!callers.awaitTermination(20, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }

  private void answer(String request) {
    String[] words = request.split(" ");
    switch (words[0]) {
      case "CALL" -> {
        JournalEntry stored = journal.store(SyntheticEntry.of(words[1]));
        out.print("SHOWN " + words[1] + " " + stored.id() + " .\n");
      }
      case "ANSWER" -> {
        journal.store(SyntheticEntry.answer(UUID.fromString(words[1])));
        out.print("ANSWERED " + words[1] + " .\n");
      }
      default -> {
        trail.record(
            AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient")
                .request(words[1])
                .patients(List.of("1"))
                .build());
        out.print("RECORDED " + words[1] + " .\n");
      }
    }
    out.flush();
  }
}
