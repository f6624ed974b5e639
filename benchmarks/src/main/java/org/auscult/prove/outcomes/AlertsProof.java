package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Patients are predicted and leave hospital alive, as a rule asks; then more of them die, and the
 * rule is breached. What follows is looked at over HTTP alone: one issue, one Task, a deployment
 * that is suspended and shows no card; an answer by a person; the same deployment live again, which
 * the same finding does not suspend; and an issue that closes when the deaths turn out not to have
 * been. Who has subscribed outside is told each version once, in order, though its receiver was
 * away. No report is ever written twice with the same content. In the whole form also on two
 * servers that share PostgreSQL, beside which a third one begins and changes nothing; all are
 * killed while receivers are away, and the next start tells what waited.
 */
public final class AlertsProof implements Proof {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final String OUTCOME = "in_hospital_death";
  private static final int WELL = 14;
  private static final int DIED_AT_FIRST = 2;
  private static final int WORSE = 22;
  private static final String ISSUES = "DetectedIssue?code=performance";
  private static final Duration ROUNDS = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> SETTINGS =
      Map.of(
          "auscult.outcomes.interval",
          "250ms",
          "auscult.performance.interval",
          "1s",
          "auscult.alerts.interval",
          "1s",
          "auscult.time-zone",
          "UTC");

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public String about() {
    return "a model that gets worse is found once, told once, suspended once, and lifted by a person";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    if (conditions.db() == null) {
      new Run(conditions, failures).on(null, 1);
    }
    if (conditions.db() != null || conditions.length() == Length.WHOLE) {
      try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
        new Run(conditions, failures).on(database.create("auscult_alerts"), 2);
      }
    }
    return new Verdict(failures);
  }

  /** On one database. */
  private static final class Run {
    private final Conditions conditions;
    private final List<String> failures;
    private final List<FhirCalls> nodes = new ArrayList<>();
    private final Random random;
    private String where = "";
    private String model = "";

    /** Patients of the first stays: nobody is shown a card of one who died. */
    private String alive = "";

    private String dead = "";

    Run(Conditions conditions, List<String> failures) {
      this.conditions = conditions;
      this.failures = failures;
      this.random = new Random(conditions.seed());
    }

    void on(@Nullable String db, int count) throws Exception {
      where = db == null ? "the embedded database" : count + " servers on one PostgreSQL";
      List<ServerProcess> servers = new ArrayList<>();
      try (ToldOutside told = new ToldOutside()) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(told.settings());
        ServerProcess first = ServerProcess.start(db, settings);
        servers.add(first);
        for (int i = 1; db != null && i < count; i++) {
          servers.add(first.beside(db, settings));
        }
        servers.forEach(server -> nodes.add(server.calls()));
        PredictionFile file =
            PredictionFile.in(Sources.folder().resolve("outcomes")).stream()
                .findFirst()
                .orElseThrow();
        Map<String, String> models =
            file.define(first.callsAs("informaticist"), first.callsAs("model-author"));
        model = Objects.requireNonNull(models.get(OUTCOME));
        told.subscribe(first.callsAs("informaticist"));
        WatchedStays stays = new WatchedStays(nodes, file, model);
        String issue =
            watch(stays, told, first.callsAs("informaticist"), first.callsAs("approver"));
        told.judge(first.callsAs("informaticist"), issue, this::check);
        ReportHistories histories = new ReportHistories(first.callsAs("informaticist"));
        check("reports written twice", "0", String.valueOf(histories.repeated()));
        if (db != null) {
          String before = histories.newest();
          servers.add(first.beside(db, settings));
          Thread.sleep(ROUNDS.toMillis());
          check("reports after another node began", before, histories.newest());
        }
        for (ServerProcess server : servers) {
          check("rounds that failed", "0", String.valueOf(failed(server.log())));
        }
        if (db != null) {
          told.isAway();
          for (int i = 0; i < WORSE; i++) {
            stays.leave("x" + i + "-", true);
          }
          told.awaitRefusal();
          servers.forEach(ServerProcess::kill);
          told.isBack();
          ServerProcess again = first.beside(db, settings);
          servers.add(again);
          told.judge(again.callsAs("informaticist"), issue, this::check);
        }
      } finally {
        for (ServerProcess server : servers) {
          server.close();
        }
      }
    }

    /** Who loses a race for a report finds it done, and does not fail. */
    private static long failed(String log) {
      return log.lines().filter(line -> line.contains(" could not be done: ")).count();
    }

    private String watch(
        WatchedStays stays, ToldOutside told, FhirCalls informaticist, FhirCalls approver)
        throws Exception {
      String deployment = informaticist.create(stays.deployment());
      operate(approver, deployment, "$go-live");
      informaticist.create(stays.rule());
      List<Boolean> fates = new ArrayList<>(Collections.nCopies(WELL - DIED_AT_FIRST, false));
      fates.addAll(Collections.nCopies(DIED_AT_FIRST, true));
      Collections.shuffle(fates, random);
      alive = "w" + fates.indexOf(false) + "-p";
      dead = "w" + fates.indexOf(true) + "-p";
      stays.stays("w", fates);
      new ReportHistories(informaticist).awaitLabels(model, WELL);
      Thread.sleep(ROUNDS.toMillis());
      check("issues while all is well", "0", count(informaticist, ISSUES));
      check("cards while all is well", "1 or more", cards(alive) > 0 ? "1 or more" : "0");
      check("cards of one who died", "0", String.valueOf(cards(dead)));

      told.isAway();
      stays.stays("x", Collections.nCopies(WORSE, true));
      Instant began = Instant.now();
      JsonNode suspended = awaitMode(informaticist, deployment, "suspended");
      double took = Duration.between(began, Instant.now()).toMillis() / 1_000.0;
      conditions
          .out()
          .printf(
              "  %s: %d of %d died; suspended %.1f s after the last was written%n",
              where, DIED_AT_FIRST + WORSE, WELL + WORSE, took);
      JsonNode issue = only(informaticist, ISSUES);
      String reference = "DetectedIssue/" + issue.path("id").asText();
      check("reason in the deployment", reference, reason(suspended));
      for (FhirCalls node : nodes) {
        check("offered by " + where, "false", String.valueOf(isOffered(node)));
      }
      check("answer of its hook", "404", String.valueOf(call(nodes.get(0), alive).status()));
      settled(informaticist, deployment, reference);
      lift(informaticist, approver, deployment, reference);
      told.isBack();
      told.request(informaticist);
      recover(stays, informaticist, reference);
      return reference;
    }

    /** After the labels of late, nothing more is written, however often all is done again. */
    private void settled(FhirCalls calls, String deployment, String issue) throws Exception {
      new ReportHistories(calls).awaitLabels(model, WELL + WORSE);
      Thread.sleep(ROUNDS.toMillis());
      String before = versions(calls, deployment, issue);
      Thread.sleep(ROUNDS.toMillis());
      check("versions after doing all again", before, versions(calls, deployment, issue));
      check("issues", "1", count(calls, ISSUES));
      check("Tasks", "1", count(calls, tasks(issue)));
      check("suspensions", "1", count(calls, "Provenance?target=PlanDefinition/" + deployment));
    }

    /** A person answers, another lets it go live again, and the finding still stands. */
    private void lift(FhirCalls calls, FhirCalls approver, String deployment, String issue)
        throws Exception {
      ObjectNode task = only(calls, tasks(issue)).deepCopy();
      String path = "/fhir/Task/" + task.path("id").asText();
      task.put("status", "accepted");
      check("an answer without a reason", "422", String.valueOf(calls.put(path, task).status()));
      task.putObject("statusReason").put("text", "An outbreak; the model is not at fault");
      task.putObject("owner").put("display", "Informaticist on duty").put("reference", owner());
      FhirCalls.Answer answer = calls.put(path, task);
      check("an answer with one", "200", String.valueOf(answer.status()));
      operate(approver, deployment, "$go-live");
      Thread.sleep(ROUNDS.toMillis());
      JsonNode live = calls.get("/fhir/PlanDefinition/" + deployment).body();
      check("mode after a person let it go live", "live", mode(live));
      check("reason left in it", "", reason(live));
      check("issue", "preliminary", calls.get("/fhir/" + issue).body().path("status").asText());
      check("cards", "1 or more", cards(alive) > 0 ? "1 or more" : "0");
    }

    private String owner() throws IOException, InterruptedException {
      ObjectNode person = FhirCalls.JSON.createObjectNode().put("resourceType", "Practitioner");
      return "Practitioner/" + nodes.get(0).create(person);
    }

    /** The deaths were of others: labels are corrected, and the issue closes. */
    private void recover(WatchedStays stays, FhirCalls calls, String issue) throws Exception {
      for (int i = 0; i < WORSE; i++) {
        stays.leave("x" + i + "-", false);
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      JsonNode now = calls.get("/fhir/" + issue).body();
      while (!now.path("status").asText().equals("final") && System.nanoTime() < end) {
        Thread.sleep(100);
        now = calls.get("/fhir/" + issue).body();
      }
      check("issue after the correction", "final", now.path("status").asText());
      check(
          "its mitigation",
          "true",
          String.valueOf(now.at("/mitigation/0/action/text").asText().contains("in order")));
      check(
          "the Task that was answered",
          "accepted",
          only(calls, tasks(issue)).path("status").asText());
    }

    private void check(String what, String aim, String measured) {
      boolean holds = aim.equals(measured);
      conditions
          .out()
          .printf(
              "  %-40s %-24s aim %-24s %s%n",
              what, shortened(measured), shortened(aim), holds ? "holds" : "BROKEN");
      if (!holds) {
        failures.add(where + ": " + what + " is " + measured + ", not " + aim);
      }
    }

    private static String shortened(String text) {
      return text.length() > 24 ? text.substring(0, 21) + "..." : text;
    }

    private static void operate(FhirCalls calls, String deployment, String operation)
        throws IOException, InterruptedException {
      String path = "/fhir/PlanDefinition/" + deployment + "/" + operation;
      FhirCalls.Answer answer =
          calls.post(path, FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters"));
      if (answer.status() != 200) {
        throw new IOException(path + ": HTTP " + answer.status() + " " + answer.body());
      }
    }

    private FhirCalls.Answer call(FhirCalls calls, String patient)
        throws IOException, InterruptedException {
      ObjectNode call = FhirCalls.JSON.createObjectNode();
      call.put("hook", "patient-view").put("hookInstance", UUID.randomUUID().toString());
      call.put("fhirServer", calls.root() + "/fhir");
      call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
      return calls.post("/cds-services/" + WatchedStays.SERVICE, call);
    }

    /** How many cards a call shows. */
    private int cards(String patient) throws IOException, InterruptedException {
      return call(nodes.get(0), patient).body().path("cards").size();
    }

    private static boolean isOffered(FhirCalls calls) throws IOException, InterruptedException {
      for (JsonNode service : calls.get("/cds-services").body().path("services")) {
        if (service.path("id").asText().equals(WatchedStays.SERVICE)) {
          return true;
        }
      }
      return false;
    }

    private static String tasks(String issue) {
      return "Task?focus=" + issue;
    }

    private static List<JsonNode> search(FhirCalls calls, String query)
        throws IOException, InterruptedException {
      HttpResponse<byte[]> answer =
          calls.exchange(
              HttpRequest.newBuilder(URI.create(calls.root() + "/fhir/" + query + "&_count=100"))
                  .header("Cache-Control", "no-cache"));
      if (answer.statusCode() != 200) {
        throw new IOException(query + ": HTTP " + answer.statusCode());
      }
      List<JsonNode> found = new ArrayList<>();
      FhirCalls.JSON
          .readTree(answer.body())
          .path("entry")
          .forEach(entry -> found.add(entry.path("resource")));
      return found;
    }

    private static String count(FhirCalls calls, String query)
        throws IOException, InterruptedException {
      return String.valueOf(search(calls, query).size());
    }

    private static JsonNode only(FhirCalls calls, String query)
        throws IOException, InterruptedException {
      List<JsonNode> found = search(calls, query);
      if (found.size() != 1) {
        throw new IOException(query + " finds " + found.size());
      }
      return found.get(0);
    }

    private static String versions(FhirCalls calls, String deployment, String issue)
        throws IOException, InterruptedException {
      List<String> versions = new ArrayList<>();
      for (String path : List.of("PlanDefinition/" + deployment, issue)) {
        versions.add(calls.get("/fhir/" + path).body().at("/meta/versionId").asText());
      }
      versions.add(only(calls, tasks(issue)).at("/meta/versionId").asText());
      return String.join(" ", versions);
    }

    private static String mode(JsonNode plan) {
      for (JsonNode extension : plan.path("extension")) {
        if (extension.path("url").asText().equals(SD + "deployment-mode")) {
          return extension.path("valueCode").asText();
        }
      }
      return "";
    }

    /** The issue that a deployment names as the reason of its suspension. */
    private static String reason(JsonNode plan) {
      for (JsonNode extension : plan.path("extension")) {
        if (extension.path("url").asText().equals(SD + "deployment-suspension")) {
          for (JsonNode part : extension.path("extension")) {
            if (part.path("url").asText().equals("issue")) {
              return part.at("/valueReference/reference").asText();
            }
          }
        }
      }
      return "";
    }

    private static JsonNode awaitMode(FhirCalls calls, String deployment, String mode)
        throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      JsonNode plan = calls.get("/fhir/PlanDefinition/" + deployment).body();
      while (!mode(plan).equals(mode)) {
        if (System.nanoTime() > end) {
          throw new IOException("The deployment is " + mode(plan) + ", and not " + mode);
        }
        Thread.sleep(100);
        plan = calls.get("/fhir/PlanDefinition/" + deployment).body();
      }
      return plan;
    }
  }
}
