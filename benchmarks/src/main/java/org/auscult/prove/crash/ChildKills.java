package org.auscult.prove.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.auscult.prove.Conditions;
import org.auscult.prove.Folders;

/** Kills {@link JournalChild} again and again, on one database. */
final class ChildKills {
  private static final int OUTSTANDING = 12;
  private static final int MOST_PASSINGS = 15;
  private static final int MOST_MILLIS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ORDERLY_END = Duration.ofSeconds(30);

  private final Conditions conditions;
  private final ProofDatabase database;
  private final Random random;
  private final Shown shown = new Shown();
  private final Set<UUID> answered = ConcurrentHashMap.newKeySet();
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final List<String> failures = new CopyOnWriteArrayList<>();
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
        try (KillableChild child = child(url, spool, kill.options())) {
          child.workUntilKilled(kill, work());
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
    try (KillableChild child = child(url, spool, List.of())) {
      child.answer(calls(shown.unanswered()));
      try (Connection connection = DriverManager.getConnection(url)) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (TableCheck.pending(connection) + LogTables.waiting(connection) > 0
            && System.nanoTime() < end) {
          Thread.sleep(50);
        }
      }
      child.end(ORDERLY_END);
    }
    if (!shown.unanswered().isEmpty()) {
      failures.add(shown.unanswered().size() + " calls got no answer without a kill either");
    }
  }

  private KillableChild child(String url, Path spool, List<String> options) throws IOException {
    KillableChild.Kind kind =
        new KillableChild.Kind(
            JournalChild.class, List.of(url, spool.toString()), OUTSTANDING, PATIENCE);
    return new KillableChild(kind, options, this::said, failures::add);
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

  /** What it says: a prediction is shown, an answer is stored, an event is recorded. */
  private boolean said(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "SHOWN" -> shown.answered(words[1], UUID.fromString(words[2]));
      case "ANSWERED" -> answered.add(UUID.fromString(words[1]));
      case "RECORDED" -> recorded.add(words[1]);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** First what the last one left unanswered, then something new or old. */
  private Supplier<String> work() {
    Deque<String> again = new ArrayDeque<>(calls(shown.unanswered()));
    return () -> again.isEmpty() ? next() : again.remove();
  }

  private static List<String> calls(Collection<String> instances) {
    return instances.stream().map(instance -> "CALL " + instance).toList();
  }

  private String next() {
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
}
