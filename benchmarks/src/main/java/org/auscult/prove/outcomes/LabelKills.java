package org.auscult.prove.outcomes;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.auscult.prove.Conditions;
import org.auscult.prove.crash.Kill;
import org.auscult.prove.crash.KillableChild;
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

  private static final String DONE = "DONE ";
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
  private final List<String> failures = new CopyOnWriteArrayList<>();

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
      try (KillableChild child = child(kill.options(), PATIENCE)) {
        child.workUntilKilled(kill, next());
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

  /** No kill: some lines are answered, and all rounds come to their end, before the child does. */
  private void finish(List<String> lines) throws Exception {
    try (KillableChild child = child(List.of(), LONG_PATIENCE)) {
      child.answer(lines);
      child.end(LONG_PATIENCE);
    }
  }

  private KillableChild child(List<String> options, Duration patience) throws IOException {
    KillableChild.Kind kind =
        new KillableChild.Kind(LabelChild.class, List.of(url), OUTSTANDING, patience);
    return new KillableChild(kind, options, this::said, failures::add);
  }

  private boolean said(String line) {
    if (!line.startsWith(DONE)) {
      return false;
    }
    work.done(line.substring(DONE.length()));
    return true;
  }

  /** First what the last one left unanswered. */
  private Supplier<String> next() {
    Deque<String> again = new ArrayDeque<>(work.unanswered());
    return () -> again.isEmpty() ? work.next() : again.remove();
  }
}
