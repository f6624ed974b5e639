package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Folders;
import org.auscult.prove.crash.Kill;
import org.auscult.prove.crash.ProofDatabase;
import org.auscult.prove.outcomes.ObservedServer.Seen;

/**
 * Kills the whole server while callers predict and write what happens, on PostgreSQL and on the
 * embedded database in turn, and reads back over FHIR what is said of each prediction. It must be
 * what the record says then: the embedded database may lose what was written in the last half
 * second, but for predictions.
 */
final class OutcomeServerKills {
  private static final String POSTGRES = "PostgreSQL";
  private static final int CALLERS = 3;
  private static final int MOST_PASSINGS = 8;
  private static final int MOST_MILLIS = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  /** A horizon of a minute, and the look after it. */
  private static final long HORIZON_MILLIS = 62_000;

  private final Conditions conditions;
  private final PredictionFile file;
  private final Random random;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private int drawn;

  OutcomeServerKills(Conditions conditions, PredictionFile file) {
    this.conditions = conditions;
    this.file = file;
    this.random = new Random(conditions.seed());
  }

  /** Half of the kills on each database. */
  List<String> run(int kills, ProofDatabase database) throws Exception {
    int postgres = kills / 2;
    Path folder = Files.createTempDirectory("auscult-outcome-data");
    try {
      run(kills - postgres, "the embedded database", List.of("--data", folder.toString()));
    } finally {
      Folders.delete(folder);
    }
    run(postgres, POSTGRES, List.of("--db", database.create("auscult_outcome_kills")));
    return failures;
  }

  private void run(int kills, String where, List<String> storage) throws Exception {
    Seen seen = new Seen();
    Map<String, Integer> ways = new TreeMap<>();
    String model;
    try (ObservedServer server = ObservedServer.start(List.of(), storage, file, null)) {
      model = server.model();
      server.call(seen);
      if (!server.endInOrder()) {
        failures.add("the server on " + where + " did not end in order on SIGTERM");
      }
    }
    for (int i = 0; i < kills; i++) {
      Kill kill = Kill.draw(LabelKills.POINTS, drawn++, random, MOST_PASSINGS, MOST_MILLIS);
      String way = kill.toString();
      try (ObservedServer server = ObservedServer.start(kill.options(), storage, file, model)) {
        server.workUntilKilled(
            kill, CALLERS, PATIENCE, number -> () -> call(server, seen), failures::add);
      } catch (IOException e) {
        // What waits is labelled before a server is ready: it may pass the place on its way up.
        if (!(kill instanceof Kill.AtPoint)) {
          throw e;
        }
        way += ", on its way up";
      }
      ways.merge(way, 1, Integer::sum);
    }
    int labels;
    int again;
    try (ObservedServer server = ObservedServer.start(List.of(), storage, file, model)) {
      server.call(seen);
      Thread.sleep(HORIZON_MILLIS);
      labels = readBack(server, seen, where);
      ring(server, seen);
      again = readBack(server, seen, where) - labels;
    }
    if (again != 0) {
      failures.add(where + ": " + again + " labels more when all was labelled again");
    }
    conditions
        .out()
        .printf(
            "  whole server on %s: %d kills; %d predictions answered, %d diagnoses after them; %d"
                + " labels; all labelled again: %d new%n",
            where, kills, seen.predictions().size(), seen.diagnoses().size(), labels, again);
    ways.forEach((way, times) -> conditions.out().printf("    %4d × %s%n", times, way));
  }

  /** Whether a whole answer came; what a dead or dying server does not answer is not counted. */
  private static boolean call(ObservedServer server, Seen seen) throws InterruptedException {
    try {
      server.call(seen);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Something that matters to no outcome is written of everybody. */
  private static void ring(ObservedServer server, Seen seen)
      throws IOException, InterruptedException {
    for (String patient : seen.predictions().keySet()) {
      ObjectNode weight = FhirCalls.JSON.createObjectNode().put("resourceType", "Observation");
      weight.put("status", "final").put("effectiveDateTime", Instant.now().toString());
      weight.putObject("subject").put("reference", "Patient/" + patient);
      weight
          .putObject("code")
          .putArray("coding")
          .addObject()
          .put("system", "http://loinc.org")
          .put("code", "29463-7");
      server.fhir().create(weight);
    }
  }

  /** All horizons are over: each prediction has its one label, and nothing else has one. */
  private int readBack(ObservedServer server, Seen seen, String where) throws Exception {
    SaidLabels said = new SaidLabels(server.fhir());
    said.settled();
    int labels = 0;
    for (Map.Entry<String, String> one : seen.predictions().entrySet()) {
      List<JsonNode> versions = said.versions(one.getValue());
      labels += versions.size();
      check(server, seen, one, versions, where);
    }
    int statements =
        server
            .fhir()
            .get("/fhir/Observation?category=outcome-label&_summary=count")
            .body()
            .path("total")
            .asInt(-1);
    int predictions =
        server.fhir().get("/fhir/RiskAssessment?_summary=count").body().path("total").asInt(-2);
    if (statements != predictions || predictions < seen.predictions().size()) {
      failures.add(where + ": " + predictions + " predictions have " + statements + " labels");
    }
    return labels;
  }

  private void check(
      ObservedServer server,
      Seen seen,
      Map.Entry<String, String> one,
      List<JsonNode> versions,
      String where)
      throws IOException, InterruptedException {
    if (versions.isEmpty()) {
      failures.add(where + ": " + one.getValue() + " has no label");
      return;
    }
    String diagnosis = "Condition/" + one.getKey().replaceFirst("p$", "c");
    boolean isStored = server.fhir().get("/fhir/" + diagnosis).status() == 200;
    if (!isStored && where.equals(POSTGRES) && seen.diagnoses().containsKey(one.getKey())) {
      failures.add(where + ": " + diagnosis + " was answered and is not there");
    }
    Map<String, String> aim = new HashMap<>();
    aim.put("label", isStored ? "event" : "censored");
    aim.put("evidence", isStored ? "[" + diagnosis + "/_history/1]" : "[]");
    Map<String, String> last = SaidLabels.said(versions.get(versions.size() - 1));
    aim.forEach(
        (part, expected) -> {
          if (!expected.equals(last.get(part))) {
            failures.add(where + ": " + one.getValue() + " says " + last + ", not " + aim);
          }
        });
    Map<String, String> before = Map.of();
    for (JsonNode version : versions) {
      Map<String, String> now = SaidLabels.said(version);
      now.remove("status");
      if (now.equals(before)) {
        failures.add(where + ": " + one.getValue() + " says the same twice");
      }
      before = now;
    }
    String provenance = "Provenance/" + SaidLabels.id(versions.get(0)) + ".provenance";
    if (new SaidLabels(server.fhir()).history(provenance).size() != versions.size()) {
      failures.add(where + ": " + provenance + " has not as many versions as its label");
    }
  }
}
