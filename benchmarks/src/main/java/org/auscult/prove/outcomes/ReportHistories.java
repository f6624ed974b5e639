package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.auscult.prove.FhirCalls;

/** All versions of all reports, as any client reads them. */
final class ReportHistories {
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
