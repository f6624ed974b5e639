package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.FhirCalls;

/** Reads over HTTP what is said of a prediction. */
final class SaidLabels {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final String CATEGORY =
      "https://auscult.org/fhir/CodeSystem/model-statement|outcome-label";
  private static final Pattern BACKLOG =
      Pattern.compile("(?m)^auscult_(?:journal|outcomes)_backlog\\S* ([0-9.E+]+)$");
  private static final int POLLS = 600;

  private final FhirCalls fhir;

  SaidLabels(FhirCalls fhir) {
    this.fhir = fhir;
  }

  /** Waits until all that was written has been looked at. */
  void settled() throws IOException, InterruptedException {
    for (int i = 0; i < POLLS; i++) {
      Matcher backlog = BACKLOG.matcher(text("/actuator/prometheus"));
      int told = 0;
      double rows = 0;
      while (backlog.find()) {
        told++;
        rows += Double.parseDouble(backlog.group(1));
      }
      if (told >= 2 && rows == 0) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("The inbox of outcomes does not empty");
  }

  /** The labels that are there of a prediction; search results of before are not taken again. */
  List<JsonNode> current(String prediction) throws IOException, InterruptedException {
    String query =
        "/fhir/Observation?focus="
            + prediction
            + "&category="
            + URLEncoder.encode(CATEGORY, StandardCharsets.UTF_8);
    List<JsonNode> found = new ArrayList<>();
    FhirCalls.JSON
        .readTree(text(query))
        .path("entry")
        .forEach(entry -> found.add(entry.path("resource")));
    return found;
  }

  /** All versions of the one label of a prediction, the first one first; none if there is none. */
  List<JsonNode> versions(String prediction) throws IOException, InterruptedException {
    List<JsonNode> current = current(prediction);
    if (current.size() > 1) {
      throw new IOException(prediction + " has " + current.size() + " labels");
    }
    return current.isEmpty() ? List.of() : history("Observation/" + id(current.get(0)));
  }

  /** The versions of a resource, the first one first. */
  List<JsonNode> history(String reference) throws IOException, InterruptedException {
    List<JsonNode> versions = new ArrayList<>();
    fhir.get("/fhir/" + reference + "/_history?_count=200")
        .body()
        .path("entry")
        .forEach(entry -> versions.add(entry.path("resource")));
    versions.sort(Comparator.comparingInt(v -> v.at("/meta/versionId").asInt()));
    return versions;
  }

  static String id(JsonNode resource) {
    return resource.path("id").asText();
  }

  private String text(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        fhir.exchange(
            HttpRequest.newBuilder(URI.create(fhir.root() + path))
                .header("Cache-Control", "no-cache"));
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered with HTTP " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** What a label says, in the words of a case: parts by name. */
  static Map<String, String> said(JsonNode label) {
    Map<String, String> said = new HashMap<>();
    said.put("label", label.at("/valueCodeableConcept/coding/0/code").asText());
    said.put("status", label.path("status").asText());
    for (JsonNode component : label.path("component")) {
      switch (component.at("/code/coding/0/code").asText()) {
        case "label-reason" ->
            said.put("reason", component.at("/valueCodeableConcept/coding/0/code").asText());
        case "competing-event" ->
            said.put("what", component.at("/valueCodeableConcept/text").asText());
        default -> said.put("component", "(unknown)");
      }
    }
    TreeSet<String> evidence = new TreeSet<>();
    for (JsonNode extension : label.path("extension")) {
      if (extension.path("url").asText().equals(SD + "outcome-label-time")) {
        JsonNode time = extension.path("valueDateTime");
        said.put("time", OffsetDateTime.parse(time.asText()).toInstant().toString());
      } else if (extension.path("url").asText().equals(SD + "outcome-evidence")) {
        evidence.add(extension.at("/valueReference/reference").asText());
      }
    }
    said.put("evidence", evidence.toString());
    return said;
  }
}
