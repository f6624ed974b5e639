package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.auscult.prove.BrowserFile;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Patients whose kidneys differ are predicted and leave hospital, more of them dead than a rule
 * lets pass. Then pages are asked for over HTTP: they are the same bytes however often, and the
 * same content after a label was taken back and given again; nothing in them runs or is fetched;
 * their figures are the MeasureReport's, all of them and no others; and a browser prints the
 * summary on one sheet. In the whole form two servers that share PostgreSQL give the same bytes.
 */
public final class ReportPagesProof implements Proof {
  private static final String OUTCOME = "in_hospital_death";
  private static final List<Integer> EGFR = List.of(18, 26, 42, 50);

  /** Of each: just as many as two steps of a curve take, and more than half of all. */
  private static final List<Integer> DEATHS = List.of(7, 6, 6, 6);

  private static final int EACH = 12;
  private static final int ALL = EACH * EGFR.size();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ROUNDS = Duration.ofSeconds(2);
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
    return "report-pages";
  }

  @Override
  public String about() {
    return "pages of reports are the same bytes, fetch nothing, and tell what the reports tell";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    if (conditions.db() == null) {
      new Run(conditions, failures).on(null);
    }
    if (conditions.db() != null || conditions.length() == Length.WHOLE) {
      try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
        new Run(conditions, failures).on(database.create("auscult_pages"));
      }
    }
    return new Verdict(failures);
  }

  /** On one database. */
  private static final class Run {
    private final Conditions conditions;
    private final List<String> failures;
    private final List<FhirCalls> nodes = new ArrayList<>();
    private String model = "";
    private String month = "";
    private String output = "";
    private boolean firstDied;

    Run(Conditions conditions, List<String> failures) {
      this.conditions = conditions;
      this.failures = failures;
    }

    void on(@Nullable String db) throws Exception {
      List<ServerProcess> servers = new ArrayList<>();
      try {
        ServerProcess first = ServerProcess.start(db, SETTINGS);
        servers.add(first);
        if (db != null) {
          servers.add(first.beside(db, SETTINGS));
        }
        servers.forEach(server -> nodes.add(server.callsAs("informaticist")));
        List<FhirCalls> services = servers.stream().map(ServerProcess::calls).toList();
        PredictionFile file =
            PredictionFile.in(Sources.folder().resolve("outcomes")).stream()
                .findFirst()
                .orElseThrow();
        Map<String, String> models = file.define(nodes.get(0), first.callsAs("model-author"));
        model = Objects.requireNonNull(models.get(OUTCOME));
        List<WatchedStays> stays = new ArrayList<>();
        for (int egfr : EGFR) {
          stays.add(new WatchedStays(services, withEgfr(file, egfr), model));
        }
        output = stays.get(0).output();
        prepare(stays, first.callsAs("approver"));
        pages(stays);
        refusals(first);
      } finally {
        for (ServerProcess server : servers) {
          server.close();
        }
      }
    }

    private static PredictionFile withEgfr(PredictionFile file, int egfr) {
      JsonNode json = file.json().deepCopy();
      for (JsonNode resource : json.path("before")) {
        if (resource.path("id").asText().equals("egfr")) {
          ((ObjectNode) resource.path("valueQuantity")).put("value", egfr);
        }
      }
      return new PredictionFile(file.name(), json);
    }

    private void prepare(List<WatchedStays> stays, FhirCalls approver) throws Exception {
      String deployment = nodes.get(0).create(stays.get(0).deployment());
      String path = "/fhir/PlanDefinition/" + deployment + "/$go-live";
      FhirCalls.Answer live =
          approver.post(path, FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters"));
      check("$go-live", "200", String.valueOf(live.status()));
      nodes.get(0).create(stays.get(0).rule());
      Random random = new Random(conditions.seed());
      for (int i = 0; i < EGFR.size(); i++) {
        List<Boolean> fates = new ArrayList<>(Collections.nCopies(EACH, false));
        Collections.fill(fates.subList(0, DEATHS.get(i)), true);
        Collections.shuffle(fates, random);
        firstDied = i == 0 ? fates.get(0) : firstDied;
        stays.get(i).stays("w" + i + "x", fates);
      }
      month = awaitReport(ALL).at("/period/start").asText().substring(0, 7);
      Thread.sleep(ROUNDS.toMillis());
    }

    private void pages(List<WatchedStays> stays) throws Exception {
      byte[] page = page(nodes.get(0), "");
      byte[] summary = page(nodes.get(0), "&summary=true");
      for (String more : List.of("", "&summary=true", "&kind=quarter")) {
        byte[] once = page(nodes.get(0), more);
        byte[] again = page(nodes.get(nodes.size() - 1), more);
        check("the same bytes" + more, "true", String.valueOf(Arrays.equals(once, again)));
      }
      PageCheck checked = PageCheck.of(page);
      JsonNode report = awaitReport(ALL);
      check("what runs or is fetched", "[]", checked.reachesOut().toString());
      check("and of the summary", "[]", PageCheck.of(summary).reachesOut().toString());
      check("figures", PageCheck.figures(report).toString(), checked.figures().toString());
      check(
          "its hash, on the summary",
          "true",
          String.valueOf(PageCheck.of(summary).text().contains(checked.hash())));
      for (String told :
          List.of(
              "MeasureReport/" + report.path("id").asText() + "/_history/",
              "Calibration curve",
              "ROC curve",
              "Decision curve",
              "critical: more-deaths",
              "was suspended on ")) {
        check("told: " + told, "true", String.valueOf(checked.text().contains(told)));
      }
      for (String person : List.of("w0x", "Patient/", "Encounter/")) {
        check("told: " + person, "false", String.valueOf(checked.text().contains(person)));
      }
      again(stays, page);
      printed(summary, page);
    }

    /** A death is taken back and written again: another version, and the same content. */
    private void again(List<WatchedStays> stays, byte[] before) throws Exception {
      String patient = "w0x0-";
      String content = content(before);
      String version = awaitReport(ALL).at("/meta/versionId").asText();
      stays.get(0).leave(patient, !firstDied);
      awaitOther(version);
      String other = awaitReport(ALL).at("/meta/versionId").asText();
      check(
          "content with another label",
          "another",
          content(page(nodes.get(0), "")).equals(content) ? "the same" : "another");
      stays.get(0).leave(patient, firstDied);
      awaitOther(other);
      Thread.sleep(ROUNDS.toMillis());
      check(
          "content with the label that it had",
          "the same",
          content(page(nodes.get(0), "")).equals(content) ? "the same" : "another");
    }

    /** What is told of predictions and figures, which names no version. */
    private static String content(byte[] page) {
      String text = new String(page, StandardCharsets.UTF_8);
      return text.substring(text.indexOf("<h2>Predictions"), text.indexOf("<h2>What this was"));
    }

    private void printed(byte[] summary, byte[] page) throws Exception {
      Path browser;
      try {
        browser = BrowserFile.find();
      } catch (NotRunException e) {
        conditions.out().println("  NOT PRINTED: " + e.getMessage());
        return;
      }
      try (PrintedPage inShort = new PrintedPage(browser, summary)) {
        check("sheets of the summary", "1", String.valueOf(inShort.sheets()));
      }
      if (conditions.length() == Length.WHOLE) {
        try (PrintedPage whole = new PrintedPage(browser, page)) {
          check("more than 20 colours seen", "true", String.valueOf(whole.colours() > 20));
        }
      }
    }

    private void refusals(ServerProcess server) throws IOException, InterruptedException {
      check("asked by a clinician", "403", status(server.callsAs("clinician"), month));
      check("asked by nobody", "401", status(new FhirCalls(server.root()), month));
      check("asked of a month without predictions", "422", status(nodes.get(0), "1999-01"));
    }

    private String status(FhirCalls calls, String window) throws IOException, InterruptedException {
      return String.valueOf(calls.exchange(request(calls, window, "")).statusCode());
    }

    private HttpRequest.Builder request(FhirCalls calls, String window, String more) {
      return HttpRequest.newBuilder(
          URI.create(
              calls.root()
                  + "/fhir/$model-report?model="
                  + URLEncoder.encode(model, StandardCharsets.UTF_8)
                  + "&output="
                  + URLEncoder.encode(output, StandardCharsets.UTF_8)
                  + "&window="
                  + window
                  + more));
    }

    private byte[] page(FhirCalls calls, String more) throws IOException, InterruptedException {
      HttpResponse<byte[]> answer = calls.exchange(request(calls, month, more));
      if (answer.statusCode() != 200) {
        throw new IOException(
            "$model-report: HTTP "
                + answer.statusCode()
                + " "
                + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    }

    private void check(String what, String aim, String measured) {
      boolean holds = aim.equals(measured);
      String shown = measured.length() > 40 ? measured.length() + " characters" : measured;
      conditions.out().printf("  %-48.48s %-22s %s%n", what, shown, holds ? "holds" : "BROKEN");
      if (!holds) {
        failures.add(what + " is " + measured + ", not " + aim);
      }
    }

    private void awaitOther(String version) throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end) {
        JsonNode report = report();
        if (told(report) == ALL && !report.at("/meta/versionId").asText().equals(version)) {
          return;
        }
        Thread.sleep(200);
      }
      throw new IOException("The report has no other version than " + version);
    }

    /** Waits until the month's report tells of so many labels. */
    private JsonNode awaitReport(int labels) throws IOException, InterruptedException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      JsonNode report = report();
      while (told(report) != labels) {
        if (System.nanoTime() > end) {
          throw new IOException("No report tells of " + labels + " labels");
        }
        Thread.sleep(250);
        report = report();
      }
      return report;
    }

    private JsonNode report() throws IOException, InterruptedException {
      HttpResponse<byte[]> answer =
          nodes
              .get(0)
              .exchange(
                  HttpRequest.newBuilder(
                          URI.create(
                              nodes.get(0).root()
                                  + "/fhir/MeasureReport?status=complete&_count=200"))
                      .header("Cache-Control", "no-cache"));
      for (JsonNode entry : FhirCalls.JSON.readTree(answer.body()).path("entry")) {
        JsonNode report = entry.path("resource");
        boolean isModel = false;
        boolean isMonth = false;
        for (JsonNode extension : report.path("extension")) {
          isModel |= extension.path("valueCanonical").asText().equals(model);
          isMonth |= extension.path("valueCode").asText().equals("month");
        }
        if (isModel && isMonth && told(report) > 0) {
          return report;
        }
      }
      return FhirCalls.JSON.createObjectNode();
    }

    private static int told(JsonNode report) {
      for (JsonNode group : report.path("group")) {
        if (group.at("/code/coding/0/code").asText().equals("prevalence")) {
          return group.at("/population/0/count").asInt();
        }
      }
      return 0;
    }
  }
}
