package org.auscult.prove;

import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.number;
import static org.auscult.prove.VectorRecords.observation;
import static org.auscult.prove.VectorRecords.order;
import static org.auscult.prove.VectorRecords.pressure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/**
 * Every published vector of the starter models through the hook: its record stands here or comes as
 * prefetch, a CDS service is called, and what the card shows and what is then stored are compared
 * with what is published. So are the cases on which a model has nothing to say (safety rules 4 to
 * 6, 10 to 12 and 14): no card, or one that says "not assessed", and the reason in the record.
 *
 * <p>The starter pack shows PREVENT and NEWS2; for CKD-EPI and for KFRE of both regions the proof
 * posts deployments of its own and lets them go live.
 */
final class VectorsProof implements Proof {
  private static final String CKD_EPI = "https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0";
  private static final String EGFR_SERVICE = "proof-ckd-epi";

  /** The outputs that are shown, with their titles on the card; the headline first. */
  private static final Map<String, String> PREVENT_OUTPUTS = titles();

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("total_cvd", "10-year risk of cardiovascular disease");
    titles.put("ascvd", "10-year risk of atherosclerotic cardiovascular disease");
    titles.put("heart_failure", "10-year risk of heart failure");
    return titles;
  }

  @Override
  public String name() {
    return "vectors";
  }

  @Override
  public String about() {
    return "every vector of the starter models through the hook: card and stored prediction";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Map<Path, JsonNode> files = files(conditions.data());
    if (files.isEmpty()) {
      throw new NotRunException(
          "no vectors of the starter models under " + conditions.data() + "; give --data DIR");
    }
    VectorTable table = new VectorTable(conditions.out());
    List<String> failures = new ArrayList<>();
    try (ServerProcess server = conditions.servers().live(conditions.db())) {
      Ehr ehr = new Ehr(server);
      HazardTable hazards = new HazardTable(ehr, conditions.out());
      new ProofDeployment(EGFR_SERVICE, "not-assessed", "patient-view")
          .model(CKD_EPI, "CKD-EPI 2021", m -> m.output("egfr", "eGFR"))
          .goLive(ehr);
      KfreVectors kfre = new KfreVectors(ehr, table, hazards);
      kfre.goLive();
      News2Vectors news2 = new News2Vectors(ehr, table, hazards);
      table.head();
      for (JsonNode file : files.values()) {
        if (News2Vectors.isOne(file)) {
          news2.check(file);
          continue;
        }
        for (JsonNode vector : file.path("test_vectors")) {
          if (KfreVectors.isOne(vector.path("input"))) {
            kfre.check(vector);
          } else {
            check(ehr, vector, table);
          }
        }
      }
      conditions
          .out()
          .printf("%n  %d calls of hooks. Where there is no number:%n%n", table.calls());
      hazards.head();
      kfre.keepsSilent();
      news2.keepsSilent();
      failures.addAll(hazards.failures());
    }
    failures.addAll(table.failures());
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
          if (prevent || ckdEpi || KfreVectors.isOne(json) || News2Vectors.isOne(json)) {
            found.put(file, json);
          }
        }
      }
    }
    return found;
  }

  private static void check(Ehr ehr, JsonNode vector, VectorTable table)
      throws IOException, InterruptedException {
    JsonNode input = vector.path("input");
    double age = input.path("age").asDouble();
    if (age != Math.rint(age)) {
      table.notTaken(vector, "FHIR dates give completed years, not " + age);
      return;
    }
    Person patient = ehr.person(Road.of(table.called()), (int) age, input.path("sex").asText());
    if (input.has("creatinine")) {
      patient.add(number(patient.id(), "2160-0", input.path("creatinine"), "mg/dL"));
      ckdEpi(ehr, patient, vector, table);
    } else {
      record(patient, input);
      prevent(ehr, patient, vector, table);
    }
  }

  private static void ckdEpi(Ehr ehr, Person patient, JsonNode vector, VectorTable table)
      throws IOException, InterruptedException {
    Reply reply = patient.open(EGFR_SERVICE, "patient-view");
    if (Ehr.prediction(reply.card()).isEmpty()) {
      table.breach(vector, "no number, " + reply.inWords());
      return;
    }
    JsonNode score = ehr.stored(reply.card(), "Observation");
    table.valid(vector, score);
    table.compare(
        vector,
        "egfr",
        patient.road() + ", patient-view",
        vector.path("expected").path("egfr").asDouble(),
        score.path("valueQuantity").path("value").asDouble(),
        1,
        VectorTable.shown(reply.card(), "eGFR"));
  }

  private static void prevent(Ehr ehr, Person patient, JsonNode vector, VectorTable table)
      throws IOException, InterruptedException {
    String how = patient.road() + ", patient-view";
    Reply reply = patient.open("cvd-risk", "patient-view");
    JsonNode card = reply.card();
    if (Ehr.prediction(card).isEmpty()) {
      table.breach(vector, "no number, " + reply.inWords());
      return;
    }
    JsonNode risk = ehr.stored(card, "RiskAssessment");
    table.valid(vector, risk);
    Set<String> seen = new HashSet<>();
    for (JsonNode stored : risk.path("prediction")) {
      String output = stored.path("outcome").path("coding").path(0).path("code").asText();
      String title = PREVENT_OUTPUTS.get(output);
      if (title != null && vector.path("expected").has(output)) {
        seen.add(output);
        double expected = vector.path("expected").path(output).asDouble();
        String shown = VectorTable.shown(card, title);
        table.compare(
            vector,
            output,
            how,
            expected,
            stored.path("probabilityDecimal").asDouble() / 100,
            100,
            shown);
        if (output.equals("total_cvd") && !shown.isEmpty()) {
          // 7.5 % and 20 % as shown: the thresholds that the starter pack's deployment states.
          table.compare(
              vector.path("id").asText(),
              "indicator",
              how,
              VectorTable.indicators(Double.parseDouble(shown), 7.5, 20),
              card.path("indicator").asText());
        }
      }
    }
    for (String output : PREVENT_OUTPUTS.keySet()) {
      if (vector.path("expected").has(output) && !seen.contains(output)) {
        table.breach(vector, output + " is not stored");
      }
    }
  }

  /** Records what PREVENT reads, by the names of its vectors. */
  static void record(Person person, JsonNode input) throws IOException, InterruptedException {
    String patient = person.id();
    person.add(number(patient, "2093-3", input.path("total_c"), "mg/dL"));
    person.add(number(patient, "2085-9", input.path("hdl_c"), "mg/dL"));
    person.add(pressure(patient, input.path("sbp")));
    person.add(number(patient, "39156-5", input.path("bmi"), "kg/m2"));
    if (input.has("egfr")) {
      person.add(number(patient, "98979-8", input.path("egfr"), "mL/min/{1.73_m2}"));
    }
    ObjectNode smoking = observation(patient, "72166-2");
    String answer = input.path("smoking").asBoolean() ? "449868002" : "266919005";
    coding(smoking.putObject("valueCodeableConcept"), "http://snomed.info/sct", answer);
    person.add(smoking);
    if (input.path("dm").asBoolean()) {
      ObjectNode diabetes = VectorRecords.about(patient, "Condition");
      coding(diabetes.putObject("code"), "http://snomed.info/sct", "44054006");
      coding(
          diabetes.putObject("clinicalStatus"),
          "http://terminology.hl7.org/CodeSystem/condition-clinical",
          "active");
      diabetes.put("onsetDateTime", "2015-06-01");
      person.add(diabetes);
    }
    if (input.path("bp_tx").asBoolean()) {
      person.add(order(patient, "314076"));
    }
    if (input.path("statin").asBoolean()) {
      person.add(order(patient, "617311"));
    }
  }
}
