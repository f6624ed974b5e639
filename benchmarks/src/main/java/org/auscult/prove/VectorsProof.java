package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Every published vector of PREVENT and CKD-EPI, all the way: FHIR resources are posted, the chart
 * is opened (PREVENT) or {@code $predict} is called (CKD-EPI), and the number is read back from the
 * RiskAssessment or the score Observation.
 */
final class VectorsProof implements Proof {
  private static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  private static final List<String> PREVENT_OUTPUTS =
      List.of("total_cvd", "ascvd", "heart_failure");

  @Override
  public String name() {
    return "vectors";
  }

  @Override
  public String about() {
    return "every PREVENT and CKD-EPI vector, from FHIR resources to the stored prediction";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Map<Path, JsonNode> files = files(conditions.data());
    if (files.isEmpty()) {
      throw new NotRunException(
          "no vectors of PREVENT or CKD-EPI under " + conditions.data() + "; give --data DIR");
    }
    List<String> failures = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(conditions.db())) {
      FhirCalls fhir = new FhirCalls(server.root());
      conditions
          .out()
          .printf(
              "  %-34s %-14s %14s %14s %9s%n", "vector", "output", "expected", "stored", "verdict");
      for (JsonNode file : files.values()) {
        for (JsonNode vector : file.path("test_vectors")) {
          check(fhir, server.root(), vector, conditions, failures);
        }
      }
    }
    return new Verdict(failures);
  }

  private static Map<Path, JsonNode> files(Path data) throws IOException {
    Map<Path, JsonNode> found = new TreeMap<>();
    if (!Files.isDirectory(data)) {
      return found;
    }
    try (var files = Files.walk(data, 3)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        if (Files.size(file) < 5_000_000) {
          JsonNode json = FhirCalls.JSON.readTree(file.toFile());
          JsonNode first = json.path("test_vectors").path(0);
          boolean prevent =
              first.path("input").has("sbp") && first.path("expected").has("total_cvd");
          boolean ckdEpi =
              first.path("input").has("creatinine")
                  && first.path("input").size() == 3
                  && first.path("expected").has("egfr");
          if (prevent || ckdEpi) {
            found.put(file, json);
          }
        }
      }
    }
    return found;
  }

  private static void check(
      FhirCalls fhir, String root, JsonNode vector, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    String id = vector.path("id").asText();
    JsonNode input = vector.path("input");
    double age = input.path("age").asDouble();
    if (age != Math.rint(age)) {
      conditions
          .out()
          .printf("  %-34s not taken: FHIR dates give completed years, not %s%n", id, age);
      return;
    }
    String patient = patient(fhir, (int) age, input.path("sex").asText());
    if (input.has("creatinine")) {
      fhir.create(number(patient, "2160-0", input.path("creatinine"), "mg/dL"));
      ckdEpi(fhir, patient, vector, conditions, failures);
    } else {
      record(fhir, patient, input);
      prevent(fhir, root, patient, vector, conditions, failures);
    }
  }

  private static void ckdEpi(
      FhirCalls fhir, String patient, JsonNode vector, Conditions conditions, List<String> failures)
      throws IOException, InterruptedException {
    ObjectNode parameters = FhirCalls.JSON.createObjectNode();
    parameters.put("resourceType", "Parameters");
    parameters.putArray("parameter").addObject().put("name", "model").put("valueString", CKD_EPI);
    JsonNode answer = fhir.post("/fhir/Patient/" + patient + "/$predict", parameters).body();
    String reference = "";
    for (JsonNode part : answer.path("parameter").path(0).path("part")) {
      reference =
          part.path("name").asText().equals("resource")
              ? part.path("valueReference").path("reference").asText()
              : reference;
    }
    if (reference.isEmpty()) {
      failures.add(vector.path("id").asText() + ": no number, " + answer);
      return;
    }
    JsonNode score = fhir.await("/fhir/" + reference);
    compare(
        vector, "egfr", score.path("valueQuantity").path("value").asDouble(), conditions, failures);
  }

  private static void prevent(
      FhirCalls fhir,
      String root,
      String patient,
      JsonNode vector,
      Conditions conditions,
      List<String> failures)
      throws IOException, InterruptedException {
    ObjectNode call = FhirCalls.JSON.createObjectNode();
    call.put("hook", "patient-view");
    call.put("hookInstance", UUID.randomUUID().toString());
    call.put("fhirServer", root + "/fhir");
    call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
    JsonNode card = fhir.post("/cds-services/cvd-risk", call).body().path("cards").path(0);
    String prediction =
        card.path("extension").path("org.auscult.explanation").path("prediction").asText();
    if (prediction.isEmpty()) {
      failures.add(
          vector.path("id").asText() + ": no number, " + card.path("summary").asText("no card"));
      return;
    }
    JsonNode risk = fhir.await("/fhir/RiskAssessment/" + prediction);
    for (JsonNode stored : risk.path("prediction")) {
      String output = stored.path("outcome").path("coding").path(0).path("code").asText();
      if (vector.path("expected").has(output) && PREVENT_OUTPUTS.contains(output)) {
        compare(
            vector,
            output,
            stored.path("probabilityDecimal").asDouble() / 100,
            conditions,
            failures);
      }
    }
  }

  private static void compare(
      JsonNode vector, String output, double stored, Conditions conditions, List<String> failures) {
    double expected = vector.path("expected").path(output).asDouble();
    double tolerance = 0.5 * Math.pow(10, -vector.path("decimals").asInt()) + 1e-9;
    boolean holds = Math.abs(stored - expected) <= tolerance;
    String id = vector.path("id").asText();
    conditions
        .out()
        .printf(
            "  %-34s %-14s %14.8f %14.8f %9s%n",
            id, output, expected, stored, holds ? "holds" : "BREACH");
    if (!holds) {
      failures.add(id + " " + output + ": expected " + expected + ", stored " + stored);
    }
  }

  private static String patient(FhirCalls fhir, int age, String sex)
      throws IOException, InterruptedException {
    ObjectNode patient = FhirCalls.JSON.createObjectNode();
    patient.put("resourceType", "Patient").put("gender", sex);
    LocalDate born = LocalDate.now(ZoneOffset.UTC).minusYears(age).minusDays(100);
    patient.put("birthDate", born.toString());
    return fhir.create(patient);
  }

  private static void record(FhirCalls fhir, String patient, JsonNode input)
      throws IOException, InterruptedException {
    fhir.create(number(patient, "2093-3", input.path("total_c"), "mg/dL"));
    fhir.create(number(patient, "2085-9", input.path("hdl_c"), "mg/dL"));
    fhir.create(pressure(patient, input.path("sbp")));
    fhir.create(number(patient, "39156-5", input.path("bmi"), "kg/m2"));
    fhir.create(number(patient, "98979-8", input.path("egfr"), "mL/min/{1.73_m2}"));
    ObjectNode smoking = observation(patient, "72166-2");
    String answer = input.path("smoking").asBoolean() ? "449868002" : "266919005";
    coding(smoking.putObject("valueCodeableConcept"), "http://snomed.info/sct", answer);
    fhir.create(smoking);
    if (input.path("dm").asBoolean()) {
      ObjectNode diabetes = about(patient, "Condition");
      coding(diabetes.putObject("code"), "http://snomed.info/sct", "44054006");
      coding(
          diabetes.putObject("clinicalStatus"),
          "http://terminology.hl7.org/CodeSystem/condition-clinical",
          "active");
      diabetes.put("onsetDateTime", "2015-06-01");
      fhir.create(diabetes);
    }
    if (input.path("bp_tx").asBoolean()) {
      fhir.create(order(patient, "314076"));
    }
    if (input.path("statin").asBoolean()) {
      fhir.create(order(patient, "617311"));
    }
  }

  private static ObjectNode pressure(String patient, JsonNode systolic) {
    ObjectNode panel = observation(patient, "85354-9");
    ObjectNode component = panel.putArray("component").addObject();
    coding(component.putObject("code"), "http://loinc.org", "8480-6");
    quantity(component, systolic, "mm[Hg]");
    return panel;
  }

  private static ObjectNode number(String patient, String loinc, JsonNode value, String unit) {
    ObjectNode observation = observation(patient, loinc);
    quantity(observation, value, unit);
    return observation;
  }

  private static ObjectNode observation(String patient, String loinc) {
    ObjectNode observation = about(patient, "Observation");
    observation.put("status", "final");
    coding(observation.putObject("code"), "http://loinc.org", loinc);
    observation.put("effectiveDateTime", daysAgo(20) + "T08:00:00Z");
    return observation;
  }

  private static ObjectNode order(String patient, String rxnorm) {
    ObjectNode order = about(patient, "MedicationRequest");
    order.put("status", "active").put("intent", "order").put("authoredOn", daysAgo(60).toString());
    coding(
        order.putObject("medicationCodeableConcept"),
        "http://www.nlm.nih.gov/research/umls/rxnorm",
        rxnorm);
    return order;
  }

  private static LocalDate daysAgo(int days) {
    return LocalDate.now(ZoneOffset.UTC).minusDays(days);
  }

  private static ObjectNode about(String patient, String type) {
    ObjectNode resource = FhirCalls.JSON.createObjectNode();
    resource.put("resourceType", type);
    resource.putObject("subject").put("reference", "Patient/" + patient);
    return resource;
  }

  private static void coding(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }

  private static void quantity(ObjectNode holder, JsonNode value, String unit) {
    ObjectNode quantity = holder.putObject("valueQuantity");
    quantity.set("value", value);
    quantity.put("unit", unit).put("system", "http://unitsofmeasure.org").put("code", unit);
  }
}
