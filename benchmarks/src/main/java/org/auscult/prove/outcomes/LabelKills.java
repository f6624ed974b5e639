package org.auscult.prove.outcomes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.prove.Conditions;
import org.auscult.prove.crash.Kill;
import org.auscult.prove.crash.Processes;
import org.auscult.prove.crash.ProofDatabase;

/** Kills {@link LabelChild} again and again, on one database. */
final class LabelKills {
  /** The places that the rounds of labels name. */
  static final List<String> POINTS =
      List.of(
          "outcomes.claimed",
          "outcomes.written",
          "outcomes.before-commit",
          "outcomes.after-commit");

  private static final int OUTSTANDING = 8;
  private static final int MOST_PASSINGS = 25;
  private static final int MOST_MILLIS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What a killed child has left is done by the last one: on a busy machine that takes a while. */
  private static final Duration LONG_PATIENCE = Duration.ofMinutes(15);

  private final Conditions conditions;
  private final String where;
  private final String url;
  private final Random random;
  private final LightWork work;
  private final List<String> failures = new ArrayList<>();

  LabelKills(Conditions conditions, String where, String url) {
    this.conditions = conditions;
    this.where = where;
    this.url = url;
    this.random = new Random(conditions.seed());
    this.work = new LightWork(conditions.seed());
  }

  List<String> run(int kills) throws Exception {
    ProofDatabase.migrate(url);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String table : LightStore.TABLES) {
        statement.execute(table);
      }
    }
    Map<String, Integer> ways = new TreeMap<>();
    for (int i = 0; i < kills; i++) {
      Kill kill = Kill.draw(POINTS, i, random, MOST_PASSINGS, MOST_MILLIS);
      try (Child child = new Child(kill.options())) {
        child.workUntilKilled(kill);
      }
      ways.merge(kill.toString(), 1, Integer::sum);
      checked(" after kill " + (i + 1));
    }
    finish(work.unanswered());
    long labels = read(LightCheck::labels);
    failures.addAll(read(LightCheck::atTheEnd));
    finish(work.patients().stream().map(p -> "AGAIN " + p).toList());
    long again = read(LightCheck::labels) - labels;
    failures.addAll(read(LightCheck::atTheEnd));
    if (again != 0) {
      failures.add(again + " labels were written when all was labelled again");
    }
    conditions
        .out()
        .printf(
            "  light child on %s: %d kills; %d predictions, %d labels; all labelled again: %d new%n",
            where, kills, read(LightCheck::cases), labels, again);
    ways.forEach((way, times) -> conditions.out().printf("    %4d × %s%n", times, way));
    return failures.stream().map(f -> f + " (" + where + ")").toList();
  }

  private interface Read<T> {
    T of(LightCheck check) throws SQLException;
  }

  /** Nobody else has the database while a child lives: the embedded one is one process's. */
  private <T> T read(Read<T> read) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return read.of(new LightCheck(connection, work));
    }
  }

  private void checked(String when) throws SQLException {
    failures.addAll(
        read(
            check -> {
              check.hurry();
              return check.always(when);
            }));
  }

  /** No kill: some lines are answered, and all rounds come to their end. */
  private void finish(List<String> lines) throws Exception {
    try (Child child = new Child(List.of())) {
      child.answer(lines);
    }
  }

  /** One life of the child. */
  private final class Child implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final Thread reader;
    private final Semaphore free = new Semaphore(OUTSTANDING);
    private final AtomicLong firstAnswer = new AtomicLong();
    private final Deque<String> again = new ArrayDeque<>(work.unanswered());

    Child(List<String> options) throws IOException {
      process = Processes.start(options, LabelChild.class, List.of(url));
      in = process.outputWriter(StandardCharsets.UTF_8);
      reader = new Thread(this::read, "child-output");
      reader.start();
    }

    /** A line counts only if it arrived whole: it ends in a dot. */
    private void read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("DONE ") && line.endsWith(" .")) {
            work.done(line.substring(5, line.length() - 2));
            firstAnswer.compareAndSet(0, System.nanoTime());
            free.release();
          }
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
          send(again.isEmpty() ? work.next() : again.remove());
        }
      }
      int status = process.waitFor();
      reader.join();
      if (status != 137) {
        failures.add("a child ended with status " + status + ", not by the kill");
      }
    }

    private boolean isDue(Kill.AfterMillis after) {
      long first = firstAnswer.get();
      return first != 0
          && System.nanoTime() - first > TimeUnit.MILLISECONDS.toNanos(after.millis());
    }

    /** The orderly end, which comes when nothing waits any more. */
    void answer(List<String> lines) throws IOException, InterruptedException {
      for (String line : lines) {
        if (!free.tryAcquire(LONG_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          failures.add("a child answers no more");
          return;
        }
        send(line);
      }
      in.close();
      if (!process.waitFor(LONG_PATIENCE.toSeconds(), TimeUnit.SECONDS)
          || process.exitValue() != 0) {
        failures.add("a child did not end in order");
      }
      reader.join();
    }

    private void send(String line) {
      try {
        in.write(line + "\n");
        in.flush();
      } catch (IOException e) {
        // It is dead; the loop sees that. It stays unanswered.
        free.release();
      }
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
