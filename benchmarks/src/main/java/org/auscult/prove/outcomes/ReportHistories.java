package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.auscult.prove.FhirCalls;

/** All versions of all reports, as any client reads them. */
final class ReportHistories {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FhirCalls calls;

  ReportHistories(FhirCalls calls) {
    this.calls = calls;
  }

  /** How many versions say the same as the one before. */
  int repeated() throws IOException, InterruptedException {
    int repeated = 0;
    for (JsonNode report : entries("/fhir/MeasureReport?_count=500")) {
      String id = report.path("id").asText();
      String before = "";
      for (JsonNode version : entries("/fhir/MeasureReport/" + id + "/_history?_count=500")) {
        String content = content(version);
        repeated += content.equals(before) ? 1 : 0;
        before = content;
      }
    }
    return repeated;
  }

  /** Each report with its version and content. */
  String newest() throws IOException, InterruptedException {
    TreeMap<String, String> newest = new TreeMap<>();
    for (JsonNode report : entries("/fhir/MeasureReport?_count=500")) {
      newest.put(
          report.path("id").asText(), report.at("/meta/versionId").asText() + content(report));
    }
    return newest.size() + " reports " + newest;
  }

  /**
   * Waits until the month's report of a model tells of so many labels.
   *
   * @param model {@code url|version}
   */
  void awaitLabels(String model, int labels) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      for (JsonNode report : entries("/fhir/MeasureReport?status=complete&_count=500")) {
        if (isOfMonth(report, model) && told(report) == labels) {
          return;
        }
      }
      Thread.sleep(250);
    }
    throw new IOException("No report tells of " + labels + " labels");
  }

  private static boolean isOfMonth(JsonNode report, String model) {
    boolean isModel = false;
    boolean isMonth = false;
    for (JsonNode extension : report.path("extension")) {
      isModel |= extension.path("valueCanonical").asText().equals(model);
      isMonth |= extension.path("valueCode").asText().equals("month");
    }
    return isModel && isMonth;
  }

  private static int told(JsonNode report) {
    for (JsonNode group : report.path("group")) {
      if (group.at("/code/coding/0/code").asText().equals("prevalence")) {
        return group.at("/population/0/count").asInt();
      }
    }
    return 0;
  }

  private List<JsonNode> entries(String path) throws IOException, InterruptedException {
    FhirCalls.Answer answer = calls.get(path);
    if (answer.status() != 200) {
      throw new IOException(path + ": HTTP " + answer.status());
    }
    List<JsonNode> found = new ArrayList<>();
    answer.body().path("entry").forEach(entry -> found.add(entry.path("resource")));
    if (answer.body().toString().contains("\"relation\":\"next\"")) {
      throw new IOException(path + " has more than one page");
    }
    return found;
  }

  private static String content(JsonNode resource) {
    ObjectNode copy = resource.deepCopy();
    copy.remove("meta");
    return copy.toString();
  }
}
