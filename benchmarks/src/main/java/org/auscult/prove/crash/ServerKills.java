package org.auscult.prove.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.auscult.prediction.CardId;
import org.auscult.prove.Conditions;
import org.auscult.prove.Folders;

/**
 * Kills the whole server while several callers open charts, on PostgreSQL and on the embedded
 * database in turn, and reads back over FHIR what was shown.
 */
final class ServerKills {
  private static final int CALLERS = 4;
  private static final int MOST_PASSINGS = 12;
  private static final int MOST_MILLIS = 3_000;
  private static final int PATIENTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Conditions conditions;
  private final ProofDatabase database;
  private final Random random;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private int drawn;

  ServerKills(Conditions conditions, ProofDatabase database) {
    this.conditions = conditions;
    this.database = database;
    this.random = new Random(conditions.seed());
  }

  /** Half of the kills on each database; a single one on the embedded one, as in the demo. */
  List<String> run(int kills) throws Exception {
    int postgres = kills / 2;
    Path folder = Files.createTempDirectory("auscult-crash");
    try {
      kill(kills - postgres, "the embedded database", List.of("--data", folder.toString()));
    } finally {
      Folders.delete(folder);
    }
    if (postgres > 0) {
      kill(postgres, "PostgreSQL", List.of("--db", database.create("auscult_crash_server")));
    }
    return failures;
  }

  private void kill(int kills, String where, List<String> storage) throws Exception {
    Shown shown = new Shown();
    Map<String, Integer> ways = new TreeMap<>();
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < kills; i++) {
      Kill kill = Kill.draw(Kill.OF_THE_JOURNAL, ++drawn, random, MOST_PASSINGS, MOST_MILLIS);
      try (ServerProcess server = ServerProcess.start(kill.options(), storage)) {
        workUntilKilled(server, kill, shown, calls);
      }
      ways.merge(kill.toString(), 1, Integer::sum);
    }
    try (ServerProcess server = ServerProcess.start(List.of(), storage)) {
      for (String instance : shown.unanswered()) {
        call(server, instance, shown);
      }
      if (!shown.unanswered().isEmpty()) {
        failures.add(shown.unanswered().size() + " calls got no answer without a kill either");
      }
      readBack(server, shown, where);
      log(server, shown, where);
      if (!server.endInOrder()) {
        failures.add("the server on " + where + " did not end in order on SIGTERM");
      }
    }
    failures.addAll(shown.failures());
    conditions
        .out()
        .printf(
            "  whole server on %s: %d kills; %d predictions shown, %d of them asked and shown"
                + " again%n",
            where, kills, shown.all().size(), shown.repeated());
    ways.forEach((way, times) -> conditions.out().printf("    %4d × %s%n", times, way));
  }

  private void workUntilKilled(ServerProcess server, Kill kill, Shown shown, AtomicInteger calls)
      throws InterruptedException {
    List<String> again = new ArrayList<>(shown.unanswered());
    server.workUntilKilled(
        kill,
        CALLERS,
        PATIENCE,
        number -> {
          Random own = new Random(random.nextLong());
          return () -> call(server, next(again, own, shown, calls), shown);
        },
        failures::add);
  }

  private static String next(List<String> again, Random random, Shown shown, AtomicInteger calls) {
    synchronized (again) {
      if (!again.isEmpty()) {
        return again.remove(0);
      }
    }
    if (random.nextInt(10) == 0) {
      return shown.any(random).orElseGet(() -> fresh(shown, calls));
    }
    return fresh(shown, calls);
  }

  private static String fresh(Shown shown, AtomicInteger calls) {
    String instance = new UUID(0x4000L, 0x8000000000000000L | calls.incrementAndGet()).toString();
    shown.asked(instance);
    return instance;
  }

  /** Whether a whole answer came. */
  private static boolean call(ServerProcess server, String instance, Shown shown) {
    int patient = Math.floorMod(instance.hashCode(), PATIENTS);
    return server
        .card(PreventCall.body(server.prefetchTemplates(), instance, patient))
        .map(
            card -> {
              shown.answered(instance, CardId.journal(card));
              return true;
            })
        .orElse(false);
  }

  /** Each shown prediction has its leaf, as soon as the log has put it in order. */
  private void log(ServerProcess server, Shown shown, String where) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    LogCheck log = LogCheck.of(where, server.auditExport());
    while (!log.hasAll(shown.all().values()) && System.nanoTime() < end) {
      Thread.sleep(500);
      log = LogCheck.of(where, server.auditExport());
    }
    failures.addAll(log.predictions(shown.all().values()).failures());
    conditions
        .out()
        .printf(
            "  its audit log: %d leaves, verified; one for each of %d predictions%n",
            log.leaves(), shown.all().size());
  }

  /** Each shown prediction is there, in its first version, and nothing else is. */
  private void readBack(ServerProcess server, Shown shown, String where) throws Exception {
    // One by id at once, before the materialiser may have come to it.
    List<UUID> ids = new ArrayList<>(shown.all().values());
    for (UUID id : ids) {
      JsonNode risk = server.read("RiskAssessment/" + id + ".0");
      if (!risk.path("meta").path("versionId").asText().equals("1")) {
        failures.add("prediction " + id + " on " + where + ": not there in version 1 but " + risk);
      }
    }
    server.awaitEmptyJournal(PATIENCE.toSeconds());
    for (String type : List.of("RiskAssessment", "Provenance")) {
      int total = server.read(type + "?_summary=count").path("total").asInt(-1);
      if (total != ids.size()) {
        failures.add(
            where
                + " holds "
                + total
                + " of "
                + type
                + "; "
                + ids.size()
                + " predictions were shown");
      }
    }
    int explanations =
        server
            .read("Observation?_profile=" + PreventCall.EXPLANATION + "&_summary=count")
            .path("total")
            .asInt(-1);
    if (explanations != ids.size()) {
      failures.add(where + " holds " + explanations + " explanations of " + ids.size());
    }
    for (String type : List.of("RiskAssessment", "Provenance", "Patient")) {
      int versions = server.read(type + "/_history?_summary=count").path("total").asInt(-1);
      int there = server.read(type + "?_summary=count").path("total").asInt(-2);
      if (versions != there) {
        failures.add(where + ": " + there + " of " + type + " in " + versions + " versions");
      }
    }
    int patients = server.read("Patient?_summary=count").path("total").asInt(-1);
    if (patients > PATIENTS) {
      failures.add(where + " holds " + patients + " patients; there are " + PATIENTS);
    }
  }
}
