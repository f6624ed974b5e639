package org.auscult.prove.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.auscult.prediction.JournalEntry;
import org.auscult.server.journal.JdbcPredictionJournal;
import org.auscult.server.journal.Materialiser;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The process that is killed: a journal with two materialisers, and nothing else.
 *
 * <p>Reads {@code CALL instance} and {@code ANSWER uuid} from standard input, and prints {@code
 * SHOWN instance uuid .} or {@code ANSWERED uuid .} once that is stored: what it has printed, it
 * has shown.
 */
final class JournalChild {
  private static final int CALLERS = 3;
  private static final int NODES = 2;
  private static final int BATCH = 5;

  private final JdbcPredictionJournal journal;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private JournalChild(JdbcPredictionJournal journal) {
    this.journal = journal;
  }

  /** Runs until standard input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(arguments[0]);
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    for (int i = 0; i < NODES; i++) {
      Materialiser node =
          new Materialiser(dataSource, new TableWriter(dataSource), BATCH, InstantSource.system());
      nodes.execute(() -> work(node));
    }
    new JournalChild(new JdbcPredictionJournal(dataSource, () -> {})).serve();
    nodes.shutdownNow();
    if (!nodes.awaitTermination(20, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }

  private static void work(Materialiser node) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (node.runOnce() == 0) {
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
    if (words[0].equals("CALL")) {
      JournalEntry stored = journal.store(SyntheticEntry.of(words[1]));
      out.print("SHOWN " + words[1] + " " + stored.id() + " .\n");
    } else {
      journal.store(SyntheticEntry.answer(UUID.fromString(words[1])));
      out.print("ANSWERED " + words[1] + " .\n");
    }
    out.flush();
  }
}
