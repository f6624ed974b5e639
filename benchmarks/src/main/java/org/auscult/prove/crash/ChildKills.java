package org.auscult.prove.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.prove.Conditions;
import org.auscult.prove.Folders;

/** Kills {@link JournalChild} again and again, on one database. */
final class ChildKills {
  private static final int OUTSTANDING = 12;
  private static final int MOST_PASSINGS = 15;
  private static final int MOST_MILLIS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Conditions conditions;
  private final ProofDatabase database;
  private final Random random;
  private final Shown shown = new Shown();
  private final Set<UUID> answered = ConcurrentHashMap.newKeySet();
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final List<String> failures = new ArrayList<>();
  private int calls;
  private int events;

  ChildKills(Conditions conditions, ProofDatabase database) {
    this.conditions = conditions;
    this.database = database;
    this.random = new Random(conditions.seed());
  }

  List<String> run(int kills) throws Exception {
    String url = database.create("auscult_crash_child");
    Path folder = Files.createTempDirectory("auscult-crash-child");
    try {
      return run(kills, url, folder.resolve("audit.spool"));
    } finally {
      Folders.delete(folder);
    }
  }

  private List<String> run(int kills, String url, Path spool) throws Exception {
    ProofDatabase.migrate(url);
    Map<String, Integer> ways = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(TableWriter.TABLE);
        statement.execute(TableWriter.INDEX);
      }
      TableCheck check = new TableCheck(connection, shown);
      for (int i = 0; i < kills; i++) {
        Kill kill = Kill.draw(Kill.OF_ALL, i, random, MOST_PASSINGS, MOST_MILLIS);
        try (Child child = new Child(url, spool, kill.options())) {
          child.workUntilKilled(kill);
        }
        ways.merge(kill.toString(), 1, Integer::sum);
        failures.addAll(check.afterKill(i + 1));
        failures.addAll(new LogTables(connection).check(" after kill " + (i + 1)));
      }
      finish(url, spool);
      failures.addAll(check.atTheEnd(answered));
      log(connection);
    }
    failures.addAll(shown.failures());
    report(kills, ways);
    return failures;
  }

  private void log(Connection connection) throws Exception {
    LogTables tables = new LogTables(connection);
    failures.addAll(tables.check(" at the end"));
    LogCheck log =
        LogCheck.of("the light child", tables.export())
            .predictions(shown.all().values())
            .requests(recorded);
    failures.addAll(log.failures());
    if (log.leaves() < shown.all().size() + recorded.size()) {
      failures.add("the audit log has fewer leaves than were answered");
    }
    conditions
        .out()
        .printf(
            "  its audit log: %d leaves; one for each of %d predictions and %d other requests%n",
            log.leaves(), shown.all().size(), recorded.size());
  }

  /** No kill: what is unanswered is asked again, and all jobs come to their end. */
  private void finish(String url, Path spool) throws Exception {
    try (Child child = new Child(url, spool, List.of())) {
      child.workUntilAnswered();
      try (Connection connection = DriverManager.getConnection(url)) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (TableCheck.pending(connection) + LogTables.waiting(connection) > 0
            && System.nanoTime() < end) {
          Thread.sleep(50);
        }
      }
      child.end();
    }
  }

  private void report(int kills, Map<String, Integer> ways) {
    conditions
        .out()
        .printf(
            "  light child: %d kills; %d predictions shown, %d of them asked and shown again, %d"
                + " answers to cards%n",
            kills, shown.all().size(), shown.repeated(), answered.size());
    ways.forEach((way, times) -> conditions.out().printf("    %4d × %s%n", times, way));
  }

  /** One life of the child. */
  private final class Child implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final Thread reader;
    private final Semaphore free = new Semaphore(OUTSTANDING);
    private final AtomicLong firstAnswer = new AtomicLong();
    private final Deque<String> again = new ArrayDeque<>(shown.unanswered());

    Child(String url, Path spool, List<String> options) throws IOException {
      process = Processes.start(options, JournalChild.class, List.of(url, spool.toString()));
      in = process.outputWriter(StandardCharsets.UTF_8);
      reader = new Thread(this::read, "child-output");
      reader.start();
    }

    /**
     * What it had said before it died is read to the end; a line counts only if it arrived whole:
     * it ends in a dot.
     */
    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ");
          if (line.endsWith(" .") && words[0].equals("SHOWN")) {
            shown.answered(words[1], UUID.fromString(words[2]));
          } else if (line.endsWith(" .") && words[0].equals("ANSWERED")) {
            answered.add(UUID.fromString(words[1]));
          } else if (line.endsWith(" .") && words[0].equals("RECORDED")) {
            recorded.add(words[1]);
          } else {
            continue;
          }
          firstAnswer.compareAndSet(0, System.nanoTime());
          free.release();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void workUntilKilled(Kill kill) throws Exception {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (process.isAlive()) {
        // By its handle: Process itself would close the pipe, with what was said last in it.
        if (System.nanoTime() > end) {
          failures.add("a child lived on at " + kill + ": it answers no more, or passes it never");
          process.toHandle().destroyForcibly();
        } else if (kill instanceof Kill.AfterMillis after && isDue(after)) {
          process.toHandle().destroyForcibly();
        } else if (free.tryAcquire(2, TimeUnit.MILLISECONDS)) {
          send(next());
        }
      }
      died();
    }

    private boolean isDue(Kill.AfterMillis after) {
      long first = firstAnswer.get();
      return first != 0
          && System.nanoTime() - first > TimeUnit.MILLISECONDS.toNanos(after.millis());
    }

    private void died() throws InterruptedException {
      int status = process.waitFor();
      reader.join();
      if (status != 137) {
        failures.add("a child ended with status " + status + ", not by the kill");
      }
    }

    void workUntilAnswered() throws Exception {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!shown.unanswered().isEmpty() && System.nanoTime() < end) {
        if (!again.isEmpty() && free.tryAcquire(100, TimeUnit.MILLISECONDS)) {
          send("CALL " + again.remove());
        }
      }
      if (!shown.unanswered().isEmpty()) {
        failures.add(shown.unanswered().size() + " calls got no answer without a kill either");
      }
    }

    private String next() {
      if (!again.isEmpty()) {
        return "CALL " + again.remove();
      }
      double dice = random.nextDouble();
      Optional<String> old = dice < 0.2 ? shown.any(random) : Optional.empty();
      if (old.isPresent()) {
        return dice < 0.1 ? "CALL " + old.get() : "ANSWER " + shown.all().get(old.get());
      }
      if (dice > 0.7) {
        return "EVENT event-" + ++events;
      }
      String instance = "call-" + ++calls;
      shown.asked(instance);
      return "CALL " + instance;
    }

    private void send(String line) {
      try {
        in.write(line + "\n");
        in.flush();
      } catch (IOException e) {
        // It is dead; the loop sees that. The call stays unanswered.
        free.release();
      }
    }

    /** The orderly end. */
    void end() throws IOException, InterruptedException {
      in.close();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        failures.add("the last child did not end in order");
      }
      reader.join();
    }

    @Override
    public void close() throws IOException {
      process.toHandle().destroyForcibly();
      try {
        in.close();
      } catch (IOException e) {
        // The pipe of a dead process.
      }
    }
  }
}
