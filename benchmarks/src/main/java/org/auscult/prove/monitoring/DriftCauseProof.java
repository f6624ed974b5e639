package org.auscult.prove.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Predictions over HTTP in three stretches of time: a reference, one in which nothing changes, and
 * one in which a laboratory sends one feature in a unit that nobody can read and another one under
 * a code of its own. Which, is drawn. When something was served cannot be set over HTTP, so
 * stretches are seconds long, and {@code $drift} is asked for each.
 */
public final class DriftCauseProof implements Proof {
  private static final String MODEL = "https://auscult.org/fhir/Library/prevent-2023|1.0.0";
  private static final String STRUCTURE = "https://auscult.org/fhir/StructureDefinition/";
  private static final String LOINC = "http://loinc.org";
  private static final String LOCAL = "https://laboratory.example.org/codes";
  private static final int AT_ONCE = 4;

  /** What a patient has measured: about how much, and how far from it. */
  private record Measure(
      String feature, String code, String text, String unit, double about, double spread) {}

  private static final List<Measure> MEASURES =
      List.of(
          new Measure("total_cholesterol", "2093-3", "Cholesterol in serum", "mg/dL", 190, 20),
          new Measure("hdl_cholesterol", "2085-9", "Cholesterol in HDL in serum", "mg/dL", 50, 8),
          new Measure("systolic_bp", "8480-6", "Systolic blood pressure", "mm[Hg]", 128, 12),
          new Measure("bmi", "39156-5", "Body mass index", "kg/m2", 27, 3),
          new Measure("egfr_2021", "98979-8", "eGFR by CKD-EPI 2021", "mL/min/{1.73_m2}", 88, 9));

  private static final List<String> UNREADABLE = List.of("mcmol/dose", "index", "arb'U");

  /**
   * What is changed.
   *
   * @param unit unreadable, of the first one
   * @param code the laboratory's own, of the second one
   * @param text what it says beside the code; empty for nothing
   */
  private record Planted(Measure first, String unit, Measure second, String code, String text) {}

  private record Stretch(Instant start, Instant end) {}

  @Override
  public String name() {
    return "drift-cause";
  }

  @Override
  public String about() {
    return "a changed unit and a changed code upstream are named as the cause of drift, and nothing else";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    if (conditions.db() == null) {
      run(conditions, null, failures);
    }
    if (conditions.db() != null || conditions.length() == Length.WHOLE) {
      try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
        run(conditions, database.create("auscult_drift"), failures);
      }
    }
    return new Verdict(failures);
  }

  private static void run(Conditions conditions, @Nullable String db, List<String> failures)
      throws Exception {
    int runs = conditions.pick(1, 10);
    int patients = conditions.pick(25, 60);
    int before = failures.size();
    Random random = new Random(conditions.seed());
    try (ServerProcess server = conditions.servers().drafts(db)) {
      Caller caller = new Caller(server, conditions.seed());
      caller.activate();
      for (int i = 0; i < runs; i++) {
        failures.addAll(run(conditions, caller, planted(random, i), patients));
      }
    }
    conditions
        .out()
        .printf(
            "  on %s: %d runs of 3 × %d patients, %d planted changes; %d breaches; aim: each named"
                + " once, with its value and day, and no other feature%n",
            db == null ? "the embedded database" : "PostgreSQL",
            runs,
            patients,
            2 * runs,
            failures.size() - before);
  }

  private static Planted planted(Random random, int run) {
    List<Measure> drawn = new ArrayList<>(MEASURES);
    Collections.shuffle(drawn, random);
    Measure second = drawn.get(1);
    return new Planted(
        drawn.get(0),
        UNREADABLE.get(random.nextInt(UNREADABLE.size())),
        second,
        "L" + random.nextInt(10_000),
        run % 2 == 0 ? second.text() + ", new analyser" : "");
  }

  private static List<String> run(
      Conditions conditions, Caller caller, Planted planted, int patients) throws Exception {
    Stretch first = caller.predict(patients, null);
    Stretch control = caller.predict(patients, null);
    Stretch changed = caller.predict(patients, planted);
    long began = System.nanoTime();
    JsonNode reference = caller.reference(first);
    JsonNode still = caller.drift(control, reference);
    JsonNode report = caller.drift(changed, reference);
    double seconds = (System.nanoTime() - began) / 1e9;
    List<String> failures = new ArrayList<>();
    if (!causes(still).isEmpty()) {
      failures.add("where nothing changed: " + texts(still));
    }
    Set<String> aim = new TreeSet<>();
    aim.add(planted.first().feature() + " unit " + planted.unit());
    aim.add(planted.second().feature() + " other-code " + LOCAL + "|" + planted.code());
    Set<String> came = new TreeSet<>();
    for (JsonNode cause : causes(report)) {
      came.add(part(cause, "feature") + " " + part(cause, "kind") + " " + part(cause, "value"));
      LocalDate since = LocalDate.parse(part(cause, "since"));
      LocalDate day = changed.start().atZone(ZoneOffset.UTC).toLocalDate();
      if (since.isBefore(day) || since.isAfter(day.plusDays(1))) {
        failures.add(part(cause, "text") + ": not since " + day);
      }
    }
    if (!came.equals(aim) || causes(report).size() != aim.size()) {
      failures.add("named " + came + " instead of " + aim);
    }
    if (!caller.drift(changed, reference).equals(report)) {
      failures.add("asked again, the report is another one");
    }
    if (!hash(caller.reference(first)).equals(hash(reference))
        || !hash(report).equals(hash(reference))) {
      failures.add("the reference has another hash");
    }
    conditions.out().printf("  reference and two reports in %.2f s:%n", seconds);
    texts(report).forEach(text -> conditions.out().println("    " + text));
    return failures;
  }

  private static List<JsonNode> causes(JsonNode report) {
    List<JsonNode> causes = new ArrayList<>();
    for (JsonNode extension : report.path("extension")) {
      if (extension.path("url").asText().equals(STRUCTURE + "drift-cause")) {
        causes.add(extension);
      }
    }
    return causes;
  }

  private static List<String> texts(JsonNode report) {
    return causes(report).stream().map(cause -> part(cause, "text")).toList();
  }

  private static String hash(JsonNode report) {
    for (JsonNode extension : report.path("extension")) {
      if (extension.path("url").asText().equals(STRUCTURE + "drift-reference")) {
        return part(extension, "sha256");
      }
    }
    return "none";
  }

  private static String part(JsonNode extension, String name) {
    for (JsonNode part : extension.path("extension")) {
      if (part.path("url").asText().equals(name)) {
        for (String value : List.of("valueString", "valueCode", "valueDate")) {
          if (part.has(value)) {
            return part.path(value).asText();
          }
        }
      }
    }
    return "";
  }

  /** Writes patients, asks for predictions and reports. */
  private static final class Caller {
    private final FhirCalls service;
    private final FhirCalls informaticist;
    private final Random random;
    private int patients;

    Caller(ServerProcess server, long seed) {
      service = server.calls();
      informaticist = server.callsAs("informaticist");
      random = new Random(seed + 1);
    }

    /** What a person does before a model of the starter pack is asked. */
    void activate() throws IOException, InterruptedException {
      ArrayNode active = FhirCalls.JSON.createArrayNode();
      active.addObject().put("op", "replace").put("path", "/status").put("value", "active");
      // The other one gives eGFRs where none is recorded.
      for (String model : List.of("ckd-epi-2021", "prevent-2023")) {
        check(model, informaticist.patch("/fhir/Library/" + model, active));
      }
    }

    /** So many new patients, each predicted once. */
    Stretch predict(int count, @Nullable Planted planted) throws Exception {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "d" + patients++;
        ObjectNode bundle = bundle(id, planted);
        all.add(() -> predict(id, bundle));
      }
      Instant start = Instant.now();
      ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
      try {
        for (Future<Boolean> one : threads.invokeAll(all)) {
          one.get();
        }
      } finally {
        threads.shutdownNow();
      }
      Thread.sleep(5);
      return new Stretch(start, Instant.now());
    }

    private boolean predict(String id, JsonNode bundle) throws IOException, InterruptedException {
      check("the bundle of " + id, service.post("/fhir", bundle));
      ObjectNode asked = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
      asked.putArray("parameter").addObject().put("name", "model").put("valueString", MODEL);
      check("$predict of " + id, service.post("/fhir/Patient/" + id + "/$predict", asked));
      return true;
    }

    private ObjectNode bundle(String id, @Nullable Planted planted) {
      ObjectNode bundle =
          FhirCalls.JSON
              .createObjectNode()
              .put("resourceType", "Bundle")
              .put("type", "transaction");
      ArrayNode entries = bundle.putArray("entry");
      ObjectNode patient = FhirCalls.JSON.createObjectNode().put("resourceType", "Patient");
      patient.put("id", id).put("gender", random.nextBoolean() ? "female" : "male");
      patient.put("birthDate", (1950 + random.nextInt(35)) + "-06-15");
      add(entries, patient);
      for (Measure measure : MEASURES) {
        add(entries, measured(id, measure, planted));
      }
      ObjectNode smoking = observation(id, "smoking", LOINC, "72166-2", "Tobacco smoking status");
      smoking
          .putObject("valueCodeableConcept")
          .putArray("coding")
          .addObject()
          .put("system", "http://snomed.info/sct")
          .put("code", random.nextInt(4) == 0 ? "77176002" : "266919005");
      add(entries, smoking);
      return bundle;
    }

    private ObjectNode measured(String id, Measure measure, @Nullable Planted planted) {
      String system = LOINC;
      String code = measure.code();
      String text = measure.text();
      String unit = measure.unit();
      if (planted != null && planted.first().equals(measure)) {
        unit = planted.unit();
      } else if (planted != null && planted.second().equals(measure)) {
        system = LOCAL;
        code = planted.code();
        text = planted.text();
      }
      ObjectNode observation = observation(id, measure.code(), system, code, text);
      double value = measure.about() + measure.spread() * random.nextGaussian();
      observation
          .putObject("valueQuantity")
          .put("value", Math.round(value * 10) / 10.0)
          .put("system", "http://unitsofmeasure.org")
          .put("unit", unit)
          .put("code", unit);
      return observation;
    }

    private static ObjectNode observation(
        String id, String part, String system, String code, String text) {
      ObjectNode observation = FhirCalls.JSON.createObjectNode().put("resourceType", "Observation");
      observation.put("id", id + "-" + part).put("status", "final");
      observation.putObject("subject").put("reference", "Patient/" + id);
      ObjectNode concept = observation.putObject("code");
      concept.putArray("coding").addObject().put("system", system).put("code", code);
      if (!text.isEmpty()) {
        concept.put("text", text);
      }
      observation.put("effectiveDateTime", Instant.now().toString());
      return observation;
    }

    private static void add(ArrayNode entries, ObjectNode resource) {
      ObjectNode entry = entries.addObject();
      entry.set("resource", resource);
      entry
          .putObject("request")
          .put("method", "PUT")
          .put("url", resource.path("resourceType").asText() + "/" + resource.path("id").asText());
    }

    JsonNode reference(Stretch of) throws IOException, InterruptedException {
      ObjectNode asked = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
      ArrayNode parameters = asked.putArray("parameter");
      parameters.addObject().put("name", "model").put("valueString", MODEL);
      parameters.addObject().put("name", "start").put("valueString", of.start().toString());
      parameters.addObject().put("name", "end").put("valueString", of.end().toString());
      return check("$drift-reference", informaticist.post("/fhir/$drift-reference", asked));
    }

    JsonNode drift(Stretch of, JsonNode reference) throws IOException, InterruptedException {
      return check(
          "$drift",
          informaticist.get(
              "/fhir/$drift?model="
                  + URLEncoder.encode(MODEL, StandardCharsets.UTF_8)
                  + "&start="
                  + of.start()
                  + "&end="
                  + of.end()
                  + "&reference=MeasureReport/"
                  + reference.path("id").asText()));
    }

    private static JsonNode check(String what, FhirCalls.Answer answer) throws IOException {
      if (answer.status() / 100 != 2) {
        throw new IOException(what + ": HTTP " + answer.status() + " " + answer.body());
      }
      return answer.body();
    }
  }
}
