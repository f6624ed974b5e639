package org.auscult.prove;

import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.number;
import static org.auscult.prove.VectorRecords.observation;
import static org.auscult.prove.VectorRecords.order;
import static org.auscult.prove.VectorRecords.patient;
import static org.auscult.prove.VectorRecords.pressure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Every published vector of the starter models, all the way: FHIR resources are posted, the chart
 * is opened (PREVENT) or {@code $predict} is called (the others), and the number is read back from
 * the stored RiskAssessment or Observation.
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
    return "every vector of the starter models, from FHIR resources to the stored prediction";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Map<Path, JsonNode> files = files(conditions.data());
    if (files.isEmpty()) {
      throw new NotRunException(
          "no vectors of the starter models under " + conditions.data() + "; give --data DIR");
    }
    VectorTable table = new VectorTable(conditions.out());
    try (ServerProcess server = ServerProcess.start(conditions.db())) {
      FhirCalls fhir = new FhirCalls(server.root());
      table.head();
      for (JsonNode file : files.values()) {
        if (News2Vectors.isOne(file)) {
          new News2Vectors(fhir, table).check(file);
          continue;
        }
        for (JsonNode vector : file.path("test_vectors")) {
          check(fhir, server.root(), vector, table);
        }
        if (KfreVectors.isOne(file)) {
          new KfreVectors(fhir, table).keepsSilent();
        }
      }
    }
    return table.verdict();
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
          if (prevent || ckdEpi || KfreVectors.isOne(json) || News2Vectors.isOne(json)) {
            found.put(file, json);
          }
        }
      }
    }
    return found;
  }

  private static void check(FhirCalls fhir, String root, JsonNode vector, VectorTable table)
      throws IOException, InterruptedException {
    if (KfreVectors.isOne(vector.path("input"))) {
      new KfreVectors(fhir, table).check(vector);
      return;
    }
    JsonNode input = vector.path("input");
    double age = input.path("age").asDouble();
    if (age != Math.rint(age)) {
      table.notTaken(vector, "FHIR dates give completed years, not " + age);
      return;
    }
    String patient = patient(fhir, (int) age, input.path("sex").asText());
    if (input.has("creatinine")) {
      fhir.create(number(patient, "2160-0", input.path("creatinine"), "mg/dL"));
      ckdEpi(fhir, patient, vector, table);
    } else {
      record(fhir, patient, input);
      prevent(fhir, root, patient, vector, table);
    }
  }

  private static void ckdEpi(FhirCalls fhir, String patient, JsonNode vector, VectorTable table)
      throws IOException, InterruptedException {
    ModelAnswer answer = ModelAnswer.of(fhir, patient, CKD_EPI);
    if (answer.reference().isEmpty()) {
      table.breach(vector, "no number, " + answer.inWords());
      return;
    }
    JsonNode score = fhir.await("/fhir/" + answer.reference().get());
    table.compare(vector, "egfr", score.path("valueQuantity").path("value").asDouble());
  }

  private static void prevent(
      FhirCalls fhir, String root, String patient, JsonNode vector, VectorTable table)
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
      table.breach(vector, "no number, " + card.path("summary").asText("no card"));
      return;
    }
    JsonNode risk = fhir.await("/fhir/RiskAssessment/" + prediction);
    for (JsonNode stored : risk.path("prediction")) {
      String output = stored.path("outcome").path("coding").path(0).path("code").asText();
      if (vector.path("expected").has(output) && PREVENT_OUTPUTS.contains(output)) {
        table.compare(vector, output, stored.path("probabilityDecimal").asDouble() / 100);
      }
    }
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
      ObjectNode diabetes = VectorRecords.about(patient, "Condition");
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
}
