package org.auscult.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.auscult.server.ServerTest;
import org.auscult.timeline.fhir.FactProjector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The table of outcome cases over HTTP, loaded as history, so that each resource is known since
 * when the case says; and what {@code $label} refuses.
 *
 * <p>Safety: 29.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LabelOperationTest extends ServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIBRARY = "https://example.org/Library/case-";
  private static final String STARTER = "https://auscult.org/fhir/Library/outcome-";
  private final String run = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void casesGiveTheirLabelsOverHttp() throws Exception {
    JsonNode file = JSON.readTree(Path.of("..", "outcomes", "cases.json").toFile());
    for (String member : List.of("valueSets", "definitions", "outcomes")) {
      for (JsonNode definition : file.path(member)) {
        HttpResponse<String> stored =
            send("POST", definition.path("resourceType").asText(), definition.toString());
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
      }
    }
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (int i = 0; i < file.path("cases").size(); i++) {
      JsonNode one = file.path("cases").get(i);
      if (!one.has("offline")) {
        asked++;
        JsonNode answer = label(one, "oc-" + run + "-" + i);
        differences(one.path("expect"), answer, "oc-" + run + "-" + i)
            .forEach(difference -> wrong.add(one.path("name").asText() + ": " + difference));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(100);
  }

  @Test
  void refusesWithAllProblems() throws Exception {
    String patient = "oc-" + run + "-refused";
    put("Patient/" + patient, patient(patient));

    HttpResponse<String> answer =
        send("GET", "Patient/" + patient + "/$label?indexTime=yesterday&knownAt=2024", null);
    assertThat(answer.statusCode()).isEqualTo(400);
    List<String> said = new ArrayList<>();
    JSON.readTree(answer.body())
        .path("issue")
        .forEach(issue -> said.add(issue.path("diagnostics").asText().split(" ", 2)[0]));
    assertThat(said).containsExactlyInAnyOrder("definition", "indexTime", "knownAt");

    String known = "/$label?definition=" + STARTER + "new-diabetes%7C1.0.0&indexTime=2024-05-01";
    HttpResponse<String> before =
        send("GET", "Patient/" + patient + known + "&knownAt=2024-04-01", null);
    assertThat(before.statusCode()).isEqualTo(400);
    assertThat(before.body()).contains("lies before the index time");
    assertThat(send("GET", "Patient/nobody-" + run + known, null).statusCode()).isEqualTo(404);
    HttpResponse<String> feature =
        send(
            "GET",
            "Patient/"
                + patient
                + "/$label?indexTime=2024-05-01&definition="
                + "https://auscult.org/fhir/Library/feature-age%7C1.0.0",
            null);
    assertThat(feature.statusCode()).isEqualTo(400);
    assertThat(feature.body()).contains("no outcome definition");
  }

  @Test
  void starterOutcomesLabel() throws Exception {
    String patient = "oc-" + run + "-starter";
    put("Patient/" + patient, patient(patient));
    for (String outcome :
        List.of(
            "in-hospital-death",
            "readmission-30d",
            "new-ckd-stage-3",
            "new-diabetes",
            "potassium-above-6",
            "kidney-failure-2y",
            "kidney-failure-5y")) {
      JsonNode answer =
          ask(
              patient,
              STARTER + outcome + "|1.0.0",
              "2024-05-01T00:00:00Z",
              "2024-06-01T00:00:00Z");
      assertThat(value(answer, "label").path("code").asText())
          .as(outcome)
          .isIn("censored", "excluded");
    }
  }

  /** One session of dialysis, as for an acute injury, is none; to depend on it is. */
  @Test
  void kidneyFailureIsDialysisThatGoesOn() throws Exception {
    String outcome = STARTER + "kidney-failure-2y|1.0.0";
    String patient = "oc-" + run + "-kidneys";
    put("Patient/" + patient, patient(patient));
    known("Procedure", patient, "302497006", "performedDateTime", "2021-03-01T08:00:00Z");
    JsonNode once = ask(patient, outcome, "2020-05-01T00:00:00Z", "2024-06-01T00:00:00Z");
    assertThat(value(once, "label").path("code").asText()).isEqualTo("censored");

    known("Condition", patient, "105502003", "onsetDateTime", "2021-09-01T08:00:00Z");
    JsonNode dependent = ask(patient, outcome, "2020-05-01T00:00:00Z", "2024-06-01T00:00:00Z");
    assertThat(value(dependent, "label").path("code").asText()).isEqualTo("event");
    assertThat(Instant.parse(value(dependent, "time").asText())).isEqualTo("2021-09-01T08:00:00Z");
    JsonNode later = ask(patient, outcome, "2022-05-01T00:00:00Z", "2024-06-01T00:00:00Z");
    assertThat(value(later, "reason").path("code").asText()).isEqualTo("prevalent");
  }

  /** Loaded as history, an hour after it was true. */
  private void known(String type, String patient, String code, String member, String when)
      throws Exception {
    ObjectNode resource = JSON.createObjectNode().put("resourceType", type);
    resource.put("id", patient + "-" + code).put(member, when);
    resource.putObject("subject").put("reference", "Patient/" + patient);
    resource
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", code);
    if (type.equals("Procedure")) {
      resource.put("status", "completed");
    } else {
      resource
          .putObject("clinicalStatus")
          .putArray("coding")
          .addObject()
          .put("system", "http://terminology.hl7.org/CodeSystem/condition-clinical")
          .put("code", "active");
    }
    resource.putObject("meta").put("lastUpdated", Instant.parse(when).plusSeconds(3600).toString());
    known(resource);
    put(type + "/" + resource.path("id").asText(), resource.toString());
  }

  private JsonNode label(JsonNode one, String patient) throws Exception {
    List<ObjectNode> versions = new ArrayList<>();
    one.path("resources").forEach(resource -> versions.add(resource.deepCopy()));
    versions.sort(
        Comparator.comparing((ObjectNode v) -> !v.path("resourceType").asText().equals("Patient"))
            .thenComparing(LabelOperationTest::stored));
    if (versions.stream().noneMatch(v -> v.path("resourceType").asText().equals("Patient"))) {
      put("Patient/" + patient, patient(patient));
    }
    for (ObjectNode resource : versions) {
      String type = resource.path("resourceType").asText();
      String id = id(patient, resource.path("id").asText());
      known(resource);
      resource.put("id", id);
      put(
          type + "/" + id,
          resource.toString().replace("\"Patient/p\"", "\"Patient/" + patient + "\""));
    }
    return ask(
        patient,
        LIBRARY + one.path("outcome").asText() + "|1.0.0",
        one.path("at").asText(),
        one.path("knownAt").asText());
  }

  private static String id(String patient, String id) {
    return id.equals("p") ? patient : patient + "-" + id;
  }

  private static Instant stored(JsonNode resource) {
    return Instant.parse(resource.path("meta").path("lastUpdated").asText());
  }

  /** Loads it as history, known since when the case stored it. */
  private static void known(ObjectNode resource) {
    Instant stored = stored(resource);
    ObjectNode meta = resource.withObject("/meta");
    meta.remove(List.of("versionId", "lastUpdated"));
    Instant took =
        switch (resource.path("resourceType").asText()) {
          case "Observation" -> {
            resource.put("issued", stored.toString());
            yield stored;
          }
          case "Condition" -> {
            resource.put("recordedDate", stored.toString());
            yield stored;
          }
          case "Encounter" -> Instant.parse(resource.at("/period/start").asText());
          case "Procedure" -> Instant.parse(resource.path("performedDateTime").asText());
          default -> died(resource);
        };
    Duration lag = took.isAfter(stored) ? Duration.ZERO : Duration.between(took, stored);
    meta.withArray("tag")
        .addObject()
        .put("system", FactProjector.HISTORY.system())
        .put("code", FactProjector.HISTORY.code());
    meta.withArray("tag")
        .addObject()
        .put("system", FactProjector.LAG_SYSTEM)
        .put("code", lag.toString());
  }

  /** A death counts from the beginning of its day; without a date, from the beginning of time. */
  private static Instant died(JsonNode patient) {
    String died = patient.path("deceasedDateTime").asText();
    if (died.isEmpty()) {
      return Instant.parse("1800-01-01T00:00:00Z");
    }
    return died.length() == 10
        ? LocalDate.parse(died).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(died);
  }

  private static List<String> differences(JsonNode expect, JsonNode answer, String patient) {
    List<String> differences = new ArrayList<>();
    compare("label", expect, value(answer, "label").path("code").asText(), differences);
    compare("reason", expect, value(answer, "reason").path("code").asText(), differences);
    compare("competing", expect, value(answer, "competing").asText(), differences);
    String time = value(answer, "time").asText();
    if (expect.has("time")
        && (time.isEmpty()
            || !Instant.parse(time).equals(Instant.parse(expect.path("time").asText())))) {
      differences.add("time " + time);
    }
    Set<String> evidence = new LinkedHashSet<>();
    answer
        .path("parameter")
        .forEach(
            part -> {
              if (part.path("name").asText().equals("evidence")) {
                evidence.add(part.at("/valueReference/reference").asText());
              }
            });
    Set<String> expected = new LinkedHashSet<>();
    expect
        .path("evidence")
        .forEach(
            one -> {
              String[] parts = one.asText().split("/");
              expected.add(parts[0] + "/" + id(patient, parts[1]) + "/_history/" + parts[3]);
            });
    if (!expected.isEmpty() && !expected.equals(evidence)) {
      differences.add("evidence " + evidence);
    }
    return differences;
  }

  private static void compare(
      String member, JsonNode expect, String actual, List<String> differences) {
    if (expect.has(member) && !expect.path(member).asText().equals(actual)) {
      differences.add(member + " " + actual);
    }
  }

  /** The value of a parameter, of whatever type. */
  private static JsonNode value(JsonNode answer, String name) {
    for (JsonNode part : answer.path("parameter")) {
      if (part.path("name").asText().equals(name)) {
        var fields = part.fields();
        while (fields.hasNext()) {
          var field = fields.next();
          if (field.getKey().startsWith("value")) {
            return field.getValue();
          }
        }
      }
    }
    return Objects.requireNonNull(JSON.missingNode());
  }

  private JsonNode ask(String patient, String definition, String indexTime, String knownAt)
      throws Exception {
    HttpResponse<String> answer =
        send(
            "GET",
            "Patient/"
                + patient
                + "/$label?definition="
                + URLEncoder.encode(definition, StandardCharsets.UTF_8)
                + "&indexTime="
                + indexTime
                + "&knownAt="
                + knownAt,
            null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String patient(String id) {
    return "{\"resourceType\": \"Patient\", \"id\": \"" + id + "\", \"birthDate\": \"1950-01-01\"}";
  }

  private void put(String path, String body) throws Exception {
    HttpResponse<String> answer = send("PUT", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path))
            .header("Accept", "application/fhir+json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return caller()
        .send(body == null ? request : request.header("Content-Type", "application/fhir+json"));
  }
}
