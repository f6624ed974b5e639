package org.auscult.prove;

import static org.auscult.prove.VectorRecords.about;
import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.number;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/**
 * KFRE: both regions, both horizons; the albumin/creatinine ratio under either code, and by turns
 * in mg/g and in mg/mmol. Each region has a deployment of its own.
 *
 * <p>FHIR dates give completed years, and some vectors have 57.28. The margin is linear in age, so
 * such a vector is computed from the margins that are stored for the years below and above it, and
 * must lie between the numbers that the two cards show.
 */
final class KfreVectors {
  private static final String MODEL = "https://auscult.org/fhir/Library/kfre-4var-";
  private static final String MARGIN =
      "https://auscult.org/fhir/StructureDefinition/prediction-margin";

  /** Grams of creatinine per millimole. */
  private static final BigDecimal CREATININE = new BigDecimal("0.11312");

  private static final String EGFR_UNIT = "mL/min/{1.73_m2}";

  private static final String NORTH = "proof-kfre-north-america";
  private static final String NON_NORTH = "proof-kfre-non-north-america";
  private static final double WARNING = 10;
  private static final double CRITICAL = 40;

  private final Ehr ehr;
  private final VectorTable table;
  private final HazardTable hazards;

  /** What one card shows of one output, and what is stored. */
  private record Seen(String shown, JsonNode prediction) {
    double probability() {
      return prediction.path("probabilityDecimal").asDouble() / 100;
    }
  }

  KfreVectors(Ehr ehr, VectorTable table, HazardTable hazards) {
    this.ehr = ehr;
    this.table = table;
    this.hazards = hazards;
  }

  /** Deployments of both regions; within two years a risk of 10 % is a warning, 40 % critical. */
  void goLive() throws IOException, InterruptedException {
    for (String service : List.of(NORTH, NON_NORTH)) {
      new ProofDeployment(service, "not-assessed", "patient-view", "encounter-start")
          .model(
              MODEL + service.replace("proof-kfre-", "") + "|1.0.0",
              "KFRE 2016",
              m ->
                  m.output("kidney_failure_2y", title(2), WARNING, CRITICAL, 0)
                      .output("kidney_failure_5y", title(5)))
          .goLive(ehr);
    }
  }

  private static String title(int years) {
    return years + "-year risk of kidney failure";
  }

  /** Whether a file, or the input of a vector, is of this model. */
  static boolean isOne(JsonNode json) {
    return json.path("test_vectors").path(0).path("input").has("uacr") || json.has("uacr");
  }

  void check(JsonNode vector) throws IOException, InterruptedException {
    JsonNode input = vector.path("input");
    int years = input.path("years").asInt();
    String output = "kidney_failure_" + years + "y";
    double expected = vector.path("expected").path("risk").asDouble();
    double age = input.path("age").asDouble();
    int below = (int) Math.floor(age);
    Road road = Road.of(table.called());
    String how = road + ", " + hook(road);
    Seen one = seen(vector, below, years, road);
    if (age == below) {
      table.compare(vector, output, how, expected, one.probability(), 100, one.shown());
      return;
    }
    Seen other = seen(vector, below + 1, years, road);
    double margin = margin(one) + (age - below) * (margin(other) - margin(one));
    table.between(
        vector,
        output,
        how,
        expected,
        1 - Math.exp(-Math.exp(margin)),
        100,
        other.shown(),
        one.shown());
  }

  private static String hook(Road road) {
    return road == Road.RECORD ? "encounter-start" : "patient-view";
  }

  private Seen seen(JsonNode vector, int age, int years, Road road)
      throws IOException, InterruptedException {
    JsonNode input = vector.path("input");
    Person patient = ehr.person(road, age, input.path("male").asBoolean() ? "male" : "female");
    patient.add(number(patient.id(), "98979-8", input.path("egfr"), EGFR_UNIT));
    boolean molar = age % 2 == 0;
    BigDecimal ratio = input.path("uacr").decimalValue();
    patient.add(
        number(
            patient.id(),
            years == 2 ? "9318-7" : "14959-1",
            molar ? DecimalNode.valueOf(ratio.multiply(CREATININE)) : input.path("uacr"),
            molar ? "mg/mmol" : "mg/g"));
    Reply reply =
        patient.open(input.path("north_american").asBoolean() ? NORTH : NON_NORTH, hook(road));
    JsonNode card = reply.card();
    if (Ehr.prediction(card).isEmpty()) {
      table.breach(vector, "no number, " + reply.inWords());
      return new Seen("", FhirCalls.JSON.missingNode());
    }
    JsonNode risk = ehr.stored(card, "RiskAssessment");
    table.valid(vector, risk);
    table.valid(
        vector, ehr.http().await("/fhir/Observation/" + Ehr.prediction(card) + ".explanation"));
    String headline = VectorTable.shown(card, title(2));
    if (headline.isEmpty()) {
      table.breach(vector, "the card shows no headline");
    } else {
      table.compare(
          vector.path("id").asText(),
          "indicator",
          road + ", " + hook(road),
          VectorTable.indicators(Double.parseDouble(headline), WARNING, CRITICAL),
          card.path("indicator").asText());
    }
    String output = "kidney_failure_" + years + "y";
    for (JsonNode prediction : risk.path("prediction")) {
      if (prediction.path("outcome").path("coding").path(0).path("code").asText().equals(output)) {
        return new Seen(VectorTable.shown(card, title(years)), prediction);
      }
    }
    table.breach(vector, "no output " + output);
    return new Seen("", FhirCalls.JSON.missingNode());
  }

  private static double margin(Seen seen) {
    for (JsonNode extension : seen.prediction().path("extension")) {
      if (extension.path("url").asText().equals(MARGIN)) {
        return extension.path("valueDecimal").asDouble();
      }
    }
    return Double.NaN;
  }

  /** Where KFRE has nothing to say (safety rules 4 to 6, 10, 12), by both roads. */
  void keepsSilent() throws IOException, InterruptedException {
    for (Road road : Road.values()) {
      keepsSilent(road);
    }
  }

  private void keepsSilent(Road road) throws IOException, InterruptedException {
    String none = "a risk where KFRE is not made for it";
    silent(
        "10", none, "eGFR of 60", person(road, "60", "98979-8"), "not-eligible/egfr-not-below-60");
    silent(
        "12",
        "MDRD taken for CKD-EPI 2021",
        "an eGFR by MDRD alone",
        person(road, "25", "33914-3"),
        "not-assessed/dependency, not-assessed/not-recorded");
    Person calculated = ehr.person(road, 60, "female");
    calculated.add(number(calculated.id(), "2160-0", decimal("0.7"), "mg/dL"));
    calculated.add(ratio(calculated, "120"));
    silent(
        "10, 12",
        none,
        "creatinine of which CKD-EPI 2021 makes more than 60",
        calculated,
        "not-eligible/egfr-not-below-60");
    Person onDialysis = person(road, "12", "98979-8");
    ObjectNode dialysis = about(onDialysis.id(), "Procedure");
    dialysis.put("status", "completed");
    dialysis.put("performedDateTime", VectorRecords.daysAgo(3) + "T08:00:00Z");
    coding(dialysis.putObject("code"), VectorRecords.SNOMED, "265764009");
    onDialysis.add(dialysis);
    silent("10", none, "dialysis three days ago", onDialysis, "not-eligible/on-dialysis");
    silent(
        "10",
        none,
        "a kidney transplant",
        withCondition(road, "737295003"),
        "not-eligible/kidney-transplant");
    silent(
        "10",
        "a risk from an eGFR that is not steady",
        "acute kidney injury three days ago",
        withCondition(road, "14669001"),
        "not-eligible/acute-kidney-injury");
    Person zero = ehr.person(road, 60, "female");
    zero.add(number(zero.id(), "98979-8", decimal("25"), EGFR_UNIT));
    zero.add(ratio(zero, "0"));
    silent("6", "a logarithm of zero", "albumin/creatinine of 0", zero, "not-assessed/implausible");
    Person bound = ehr.person(road, 60, "female");
    bound.add(number(bound.id(), "98979-8", decimal("25"), EGFR_UNIT));
    ObjectNode below = ratio(bound, "3");
    ((ObjectNode) below.path("valueQuantity")).put("comparator", "<");
    bound.add(below);
    silent(
        "5",
        "a bound read as a point",
        "albumin/creatinine of <3",
        bound,
        "not-assessed/comparator");
    Person above = ehr.person(road, 60, "female");
    ObjectNode sixty = number(above.id(), "98979-8", decimal("60"), EGFR_UNIT);
    ((ObjectNode) sixty.path("valueQuantity")).put("comparator", ">");
    above.add(sixty);
    above.add(ratio(above, "120"));
    silent("5", "a bound read as a point", "an eGFR of >60", above, "not-assessed/comparator");
  }

  private void silent(String rule, String hazard, String sent, Person patient, String expected)
      throws IOException, InterruptedException {
    hazards.silent(rule, hazard, "KFRE, " + sent, patient, NORTH, "patient-view", expected);
  }

  private Person withCondition(Road road, String snomed) throws IOException, InterruptedException {
    Person patient = person(road, "25", "98979-8");
    ObjectNode condition = about(patient.id(), "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, snomed);
    coding(
        condition.putObject("clinicalStatus"),
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "active");
    condition.put("onsetDateTime", VectorRecords.daysAgo(3).toString());
    patient.add(condition);
    return patient;
  }

  private Person person(Road road, String egfr, String loinc)
      throws IOException, InterruptedException {
    Person patient = ehr.person(road, 60, "female");
    patient.add(number(patient.id(), loinc, decimal(egfr), EGFR_UNIT));
    patient.add(ratio(patient, "120"));
    return patient;
  }

  private static ObjectNode ratio(Person patient, String value) {
    return number(patient.id(), "9318-7", decimal(value), "mg/g");
  }

  private static JsonNode decimal(String value) {
    return DecimalNode.valueOf(new BigDecimal(value));
  }
}
