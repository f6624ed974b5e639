package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.auscult.prove.Conditions;
import org.auscult.prove.DefinitionJson;
import org.auscult.prove.FhirCalls;

/** Writes golden cases into a server, and asks for them in both ways. */
final class GoldenOnline {
  private static final int MOST_ENTRIES = 100;

  /** Whose systems a server knows, or need not. */
  private static final String KNOWN =
      "(https?://([a-z.-]*\\.)?(loinc\\.org|snomed\\.info|hl7\\.org|nih\\.gov|unitsofmeasure\\.org"
          + "|auscult\\.org)|urn:ietf:|urn:oid:2\\.16\\.840\\.1\\.113883\\.6\\.238$).*";

  private final FhirCalls fhir;
  private final TrainingCalls training;
  private final List<GoldenFile> files;
  private final Conditions conditions;
  private final List<String> failures;
  private String knownAt = "";

  GoldenOnline(
      FhirCalls fhir, List<GoldenFile> files, Conditions conditions, List<String> failures) {
    this.fhir = fhir;
    this.training = new TrainingCalls(fhir);
    this.files = files;
    this.conditions = conditions;
    this.failures = failures;
  }

  /** Writes it all: first what a case says was known, then a moment, then the rest. */
  void load() throws IOException, InterruptedException {
    Set<String> systems = new HashSet<>();
    for (GoldenFile file : files) {
      List<ObjectNode> medications = new ArrayList<>();
      for (JsonNode medication : file.medications()) {
        ObjectNode entry = FhirCalls.JSON.createObjectNode();
        entry.set("resource", medication);
        entry
            .putObject("request")
            .put("method", "PUT")
            .put("url", "Medication/" + medication.path("id").asText());
        medications.add(entry);
      }
      post(medications);
      for (JsonNode resource : file.resources()) {
        for (String system : resource.findValuesAsText("system")) {
          if (!system.matches(KNOWN) && systems.add(system)) {
            fhir.create(DefinitionJson.codeSystem(system));
          }
        }
        create(file, resource);
      }
      group(file);
    }
    write(GoldenCase::early);
    Thread.sleep(5);
    knownAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    Thread.sleep(5);
    write(GoldenCase::late);
  }

  private void create(GoldenFile file, JsonNode resource) throws IOException, InterruptedException {
    FhirCalls.Answer answer =
        fhir.post("/fhir/" + resource.path("resourceType").asText(), resource);
    if (answer.status() != 201) {
      throw new IOException(
          "%s: %s was refused: HTTP %d %s"
              .formatted(
                  file.name(),
                  resource.path("name").asText(),
                  answer.status(),
                  answer.body().findValuesAsText("diagnostics")));
    }
  }

  private static String groupId(GoldenFile file) {
    return "golden-" + file.name().replaceAll("[^A-Za-z0-9]", "-");
  }

  private void group(GoldenFile file) throws IOException, InterruptedException {
    ObjectNode group = FhirCalls.JSON.createObjectNode().put("resourceType", "Group");
    group.put("id", groupId(file)).put("type", "person").put("actual", true);
    ArrayNode members = group.putArray("member");
    for (GoldenCase one : file.cases()) {
      members.addObject().putObject("entity").put("reference", "Patient/" + one.patient());
    }
    int status = fhir.put("/fhir/Group/" + groupId(file), group).status();
    if (status != 200 && status != 201) {
      throw new IOException("A Group was not stored: HTTP " + status);
    }
  }

  /** All cases' first moments together, then their second ones, and so on. */
  private void write(Function<GoldenCase, List<List<ObjectNode>>> waves)
      throws IOException, InterruptedException {
    List<ObjectNode> wave = new ArrayList<>();
    for (int i = 0; i == 0 || !wave.isEmpty(); i++) {
      wave.clear();
      for (GoldenFile file : files) {
        for (GoldenCase one : file.cases()) {
          if (i < waves.apply(one).size()) {
            wave.addAll(waves.apply(one).get(i));
          }
        }
      }
      for (int from = 0; from < wave.size(); from += MOST_ENTRIES) {
        post(wave.subList(from, Math.min(wave.size(), from + MOST_ENTRIES)));
      }
      Thread.sleep(2);
    }
  }

  private void post(List<ObjectNode> entries) throws IOException, InterruptedException {
    if (entries.isEmpty()) {
      return;
    }
    ObjectNode bundle = FhirCalls.JSON.createObjectNode().put("resourceType", "Bundle");
    bundle.put("type", "transaction").putArray("entry").addAll(entries);
    FhirCalls.Answer answer = fhir.post("/fhir", bundle);
    if (answer.status() != 200) {
      throw new IOException("Cases could not be stored: " + answer.body());
    }
  }

  /** Asks for each case online, and for each file as a data set. */
  void compare() throws IOException, InterruptedException {
    int asked = 0;
    int differing = 0;
    int rows = 0;
    int without = 0;
    int apart = 0;
    int passedOver = 0;
    for (GoldenFile file : files) {
      passedOver += file.passedOver();
      Map<String, JsonNode> made = new HashMap<>();
      JsonNode status = training.await(training.start(request(file, 7, "ndjson")));
      training.rows(status).forEach(row -> made.put(row.path("patient").asText(), row));
      rows += made.size();
      without += excluded(status);
      for (GoldenCase one : file.cases()) {
        Map<String, String> online = Vectors.online(training.online(one, file.set(), knownAt));
        asked++;
        differing += differs(one, online) ? 1 : 0;
        JsonNode row = made.get(one.patient());
        if (row != null && !Vectors.ofRow(row, online.keySet()).equals(online)) {
          apart++;
          failures.add(one.name() + ": the row has another vector than is served");
        }
      }
    }
    conditions
        .out()
        .printf(
            "  %,d golden cases of %d files over HTTP (%,d passed over): %,d differ online (aim 0)%n",
            asked, files.size(), passedOver, differing);
    conditions
        .out()
        .printf(
            "  %,d of them rows of data sets, %,d left out for a reason: %,d differ from what is"
                + " served (aim 0)%n",
            rows, without, apart);
    if (asked == 0 || rows + without != asked) {
      failures.add("%,d rows and %,d left out of %,d cases".formatted(rows, without, asked));
    }
  }

  private static int excluded(JsonNode status) {
    int excluded = 0;
    for (String of : List.of("patients", "indexTimes")) {
      for (JsonNode one : status.at("/extension/manifest/exclusions/" + of)) {
        excluded += one.path("count").asInt();
      }
    }
    return excluded;
  }

  private boolean differs(GoldenCase one, Map<String, String> online) {
    boolean differs = false;
    for (Map.Entry<String, JsonNode> expected : one.expect().entrySet()) {
      String given = online.getOrDefault(expected.getKey(), "(not answered)");
      if (!Vectors.isExpected(expected.getValue(), given)) {
        differs = true;
        failures.add(
            "%s: %s is %s, expected %s"
                .formatted(one.name(), expected.getKey(), given, expected.getValue()));
      }
    }
    return differs;
  }

  /** The data set of a file's cases at their times. */
  ObjectNode request(GoldenFile file, long seed, String... formats) {
    List<String> given =
        new ArrayList<>(
            List.of(
                "name", "golden",
                "cohort", "Group/" + groupId(file),
                "target", "none",
                "index", "list",
                "knowledge", "cut",
                "knownAt", knownAt,
                "missing", "reasons",
                "train", "0.5",
                "validation", "0.25",
                "test", "0.25",
                "seed", String.valueOf(seed),
                "featureSet", file.set()));
    for (String format : formats) {
      given.addAll(List.of("format", format));
    }
    for (GoldenCase one : file.cases()) {
      given.addAll(List.of("time", "Patient/" + one.patient() + "@" + one.at()));
    }
    return TrainingCalls.request(given);
  }

  /** One that takes long: of everybody, at many times. */
  ObjectNode longRequest(GoldenFile file, String step) {
    return TrainingCalls.request(
        List.of(
            "name", "long",
            "cohort", "Patient",
            "target", "none",
            "index", "grid",
            "start", "2014-01-01T00:00:00Z",
            "end", "2024-06-15T00:00:00Z",
            "step", step,
            "knowledge", "cut",
            "knownAt", knownAt,
            "featureSet", file.set()));
  }
}
