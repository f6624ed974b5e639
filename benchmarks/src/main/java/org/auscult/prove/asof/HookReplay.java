package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.auscult.prove.FhirCalls;

/**
 * Predictions served over the hook while their patients' records change: asked again by the epoch
 * that each recorded, the features are what the prediction was made of.
 */
final class HookReplay {
  private static final String EPOCH =
      "https://auscult.org/fhir/StructureDefinition/prediction-epoch";
  private static final String SET = "https://auscult.org/fhir/Library/prevent-inputs%7C1.0.0";
  private static final double TOLERANCE = 1e-9;

  /** LOINC code, unit, low, high: values that a prediction can be made of. */
  private record Test(String loinc, String unit, int low, int high) {}

  private static final List<Test> TESTS =
      List.of(
          new Test("2093-3", "mg/dL", 135, 315),
          new Test("2085-9", "mg/dL", 25, 95),
          new Test("8480-6", "mm[Hg]", 95, 175),
          new Test("39156-5", "kg/m2", 19, 39),
          new Test("98979-8", "mL/min/{1.73_m2}", 20, 135));

  private final FhirCalls fhir;
  private final Random random;
  private final List<String> patients = new ArrayList<>();
  private final List<JsonNode> cards = new ArrayList<>();

  HookReplay(FhirCalls fhir, Random random) {
    this.fhir = fhir;
    this.random = random;
  }

  void create(int count) throws IOException, InterruptedException {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int i = 0; i < count; i++) {
      ObjectNode patient = FhirCalls.JSON.createObjectNode().put("resourceType", "Patient");
      patient.put("gender", random.nextBoolean() ? "female" : "male");
      patient.put("birthDate", today.minusYears(31 + random.nextInt(47)).toString());
      String id = fhir.create(patient);
      patients.add(id);
      for (Test test : TESTS) {
        fhir.create(measured(random, id, test));
      }
      ObjectNode smoking = observation(random, id, "72166-2");
      code(smoking.putObject("valueCodeableConcept"), Definitions.SNOMED, "266919005");
      fhir.create(smoking);
    }
  }

  /** Changes what predictions are made of: later values, late arrivals, several at once. */
  void write(int calls) throws IOException, InterruptedException {
    Random own = new Random(calls);
    for (int i = 0; i < calls; i++) {
      ObjectNode bundle = FhirCalls.JSON.createObjectNode().put("resourceType", "Bundle");
      ArrayNode entry = bundle.put("type", "transaction").putArray("entry");
      String patient = patients.get(own.nextInt(patients.size()));
      for (int j = 0; j < 3; j++) {
        Test test = TESTS.get(own.nextInt(TESTS.size()));
        ObjectNode one = entry.addObject();
        one.set("resource", measured(own, patient, test));
        one.putObject("request").put("method", "POST").put("url", "Observation");
      }
      fhir.post("/fhir", bundle);
    }
  }

  void call(int calls) throws IOException, InterruptedException {
    for (int i = 0; i < calls; i++) {
      String patient = patients.get(random.nextInt(patients.size()));
      ObjectNode call = FhirCalls.JSON.createObjectNode().put("hook", "patient-view");
      call.put("hookInstance", UUID.randomUUID().toString());
      call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
      call.put("fhirServer", fhir.root() + "/fhir");
      JsonNode card = fhir.post("/cds-services/cvd-risk", call).body().path("cards").path(0);
      if (card.path("extension").path("org.auscult.explanation").has("outputs")) {
        cards.add(card);
      }
    }
  }

  /** Asks again, by epoch, what each prediction was made of. */
  void replay(Findings findings) throws IOException, InterruptedException {
    Map<String, String> features = features();
    findings.count("predictions served while others wrote", cards.size());
    if (cards.isEmpty()) {
      findings.fail("prediction", "no prediction was served, so none was replayed");
    }
    for (JsonNode card : cards) {
      JsonNode explained = card.path("extension").path("org.auscult.explanation");
      String id = explained.path("prediction").asText();
      JsonNode risk = fhir.await("/fhir/RiskAssessment/" + id);
      JsonNode stored = fhir.await("/fhir/Observation/" + id + ".explanation");
      String patient = risk.path("subject").path("reference").asText();
      String path =
          "/fhir/%s/$features?featureSet=%s&at=%s&epoch=%d"
              .formatted(
                  patient,
                  SET,
                  risk.path("occurrenceDateTime").asText().replace("+", "%2B"),
                  extension(risk, EPOCH).path("valueInteger").asLong(-1));
      Map<String, Expected> replayed = new HashMap<>();
      Answer.of(fhir.get(path).body()).values().forEach(v -> replayed.put(v.name(), v));
      inputs(findings, id, explained, stored, replayed, features);
    }
  }

  private static void inputs(
      Findings findings,
      String prediction,
      JsonNode explained,
      JsonNode stored,
      Map<String, Expected> replayed,
      Map<String, String> features) {
    Map<String, BigDecimal> inRecord = new HashMap<>();
    for (JsonNode component : stored.path("component")) {
      inRecord.put(
          component.path("code").path("coding").path(0).path("code").asText(),
          component.path("valueQuantity").path("value").decimalValue());
    }
    if (explained.path("inputs").isEmpty()) {
      findings.fail("prediction", prediction + " shows no inputs");
    }
    for (JsonNode input : explained.path("inputs")) {
      String name = input.path("input").asText();
      Expected again = replayed.get(features.getOrDefault(name, name));
      BigDecimal kept = inRecord.get(name);
      double shown = input.path("value").asDouble();
      findings.count("inputs of predictions replayed", 1);
      if (kept == null || differ(kept.doubleValue(), shown)) {
        findings.fail(
            "prediction", prediction + " " + name + ": stored " + kept + ", shown " + shown);
      }
      if (again == null || again.isMissing() || differ(again.value(), shown)) {
        findings.fail(
            "prediction", prediction + " " + name + ": now " + again + ", shown " + shown);
      } else {
        Set<String> evidence = new TreeSet<>();
        input.path("evidence").forEach(e -> evidence.add(e.asText()));
        if (!evidence.equals(again.evidence())) {
          findings.fail(
              "prediction",
              prediction + " " + name + ": now of " + again.evidence() + ", then of " + evidence);
        }
      }
    }
  }

  private static boolean differ(double a, double b) {
    return Math.abs(a - b) > TOLERANCE * Math.max(1, Math.abs(a));
  }

  /** Which feature each input of the model takes. */
  private Map<String, String> features() throws IOException, InterruptedException {
    Map<String, String> features = new HashMap<>();
    for (JsonNode extension : fhir.get("/fhir/Library/prevent-2023").body().path("extension")) {
      String feature = extension(extension, "feature").path("valueString").asText();
      if (!feature.isEmpty()) {
        features.put(extension(extension, "name").path("valueString").asText(), feature);
      }
    }
    return features;
  }

  private static JsonNode extension(JsonNode of, String url) {
    for (JsonNode extension : of.path("extension")) {
      if (extension.path("url").asText().equals(url)) {
        return extension;
      }
    }
    return of.path("none");
  }

  private static ObjectNode measured(Random random, String patient, Test test) {
    ObjectNode observation = observation(random, patient, test.loinc);
    double value = test.low + random.nextDouble() * (test.high - test.low);
    observation
        .putObject("valueQuantity")
        .put("value", BigDecimal.valueOf(value).setScale(1, RoundingMode.DOWN))
        .put("unit", test.unit)
        .put("system", "http://unitsofmeasure.org")
        .put("code", test.unit);
    return observation;
  }

  private static ObjectNode observation(Random random, String patient, String loinc) {
    ObjectNode observation = FhirCalls.JSON.createObjectNode().put("resourceType", "Observation");
    observation.put("status", "final");
    observation.putObject("subject").put("reference", "Patient/" + patient);
    code(observation.putObject("code"), Definitions.LOINC, loinc);
    Instant when = Instant.now().minus(random.nextInt(300 * 1440), ChronoUnit.MINUTES);
    return observation.put("effectiveDateTime", RandomResources.instant(when));
  }

  private static void code(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }
}
