package org.auscult.prove;

import static org.auscult.prove.VectorRecords.about;
import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.number;
import static org.auscult.prove.VectorRecords.patient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;

/**
 * KFRE: both regions, both horizons; the albumin/creatinine ratio under either code, and by turns
 * in mg/g and in mg/mmol.
 *
 * <p>FHIR dates give completed years, and some vectors have 57.28. The margin is linear in age, so
 * such a vector is computed from the margins that are stored for the years below and above it.
 */
final class KfreVectors {
  private static final String MODEL = "https://auscult.org/fhir/Library/kfre-4var-";
  private static final String MARGIN =
      "https://auscult.org/fhir/StructureDefinition/prediction-margin";

  /** Grams of creatinine per millimole. */
  private static final BigDecimal CREATININE = new BigDecimal("0.11312");

  private static final String EGFR_UNIT = "mL/min/{1.73_m2}";

  private final FhirCalls fhir;
  private final VectorTable table;

  KfreVectors(FhirCalls fhir, VectorTable table) {
    this.fhir = fhir;
    this.table = table;
  }

  /** Whether a file, or the input of a vector, is of this model. */
  static boolean isOne(JsonNode json) {
    return json.path("test_vectors").path(0).path("input").has("uacr") || json.has("uacr");
  }

  void check(JsonNode vector) throws IOException, InterruptedException {
    JsonNode input = vector.path("input");
    String output = "kidney_failure_" + input.path("years").asInt() + "y";
    double expected = vector.path("expected").path("risk").asDouble();
    double age = input.path("age").asDouble();
    int below = (int) Math.floor(age);
    JsonNode stored = stored(vector, below, output);
    if (stored.isMissingNode()) {
      return;
    }
    if (age == below) {
      table.compare(
          vector, output, expected, stored.path("probabilityDecimal").asDouble() / 100, "");
      return;
    }
    JsonNode above = stored(vector, below + 1, output);
    double margin = margin(stored) + (age - below) * (margin(above) - margin(stored));
    table.compare(
        vector,
        output,
        expected,
        1 - Math.exp(-Math.exp(margin)),
        "(from the margins stored for " + below + " and " + (below + 1) + " years)");
  }

  /** The stored prediction of one output; missing, and noted, if there is none. */
  private JsonNode stored(JsonNode vector, int age, String output)
      throws IOException, InterruptedException {
    JsonNode input = vector.path("input");
    String patient = patient(fhir, age, input.path("male").asBoolean() ? "male" : "female");
    fhir.create(number(patient, "98979-8", input.path("egfr"), EGFR_UNIT));
    boolean molar = age % 2 == 0;
    BigDecimal ratio = input.path("uacr").decimalValue();
    fhir.create(
        number(
            patient,
            input.path("years").asInt() == 2 ? "9318-7" : "14959-1",
            molar ? DecimalNode.valueOf(ratio.multiply(CREATININE)) : input.path("uacr"),
            molar ? "mg/mmol" : "mg/g"));
    ModelAnswer answer = ModelAnswer.of(fhir, patient, model(input.path("north_american")));
    if (answer.reference().isEmpty()) {
      table.breach(vector, "no number, " + answer.inWords());
      return FhirCalls.JSON.missingNode();
    }
    JsonNode risk = fhir.await("/fhir/" + answer.reference().get());
    table.valid(vector, risk);
    table.valid(
        vector, fhir.await("/fhir/Observation/" + risk.path("id").asText() + ".explanation"));
    for (JsonNode prediction : risk.path("prediction")) {
      if (prediction.path("outcome").path("coding").path(0).path("code").asText().equals(output)) {
        return prediction;
      }
    }
    table.breach(vector, "no output " + output);
    return FhirCalls.JSON.missingNode();
  }

  private static String model(JsonNode northAmerican) {
    return MODEL + (northAmerican.asBoolean() ? "north" : "non-north") + "-america|1.0.0";
  }

  private static double margin(JsonNode prediction) {
    for (JsonNode extension : prediction.path("extension")) {
      if (extension.path("url").asText().equals(MARGIN)) {
        return extension.path("valueDecimal").asDouble();
      }
    }
    return Double.NaN;
  }

  /** Where KFRE has nothing to say (safety rules 4 to 6, 10, 12). */
  void keepsSilent() throws IOException, InterruptedException {
    silent("KFRE at an eGFR of 60", person("60", "98979-8"), "not-eligible/egfr-not-below-60");
    silent("KFRE with MDRD's eGFR alone", person("25", "33914-3"), "not-assessed/not-recorded");
    String calculated = patient(fhir, 60, "female");
    fhir.create(number(calculated, "2160-0", decimal("0.7"), "mg/dL"));
    fhir.create(ratio(calculated, "120"));
    silent("KFRE, eGFR calculated as above 60", calculated, "not-eligible/egfr-not-below-60");
    String onDialysis = person("12", "98979-8");
    ObjectNode dialysis = about(onDialysis, "Procedure");
    dialysis.put("status", "completed");
    dialysis.put("performedDateTime", VectorRecords.daysAgo(3) + "T08:00:00Z");
    coding(dialysis.putObject("code"), VectorRecords.SNOMED, "265764009");
    fhir.create(dialysis);
    silent("KFRE on dialysis", onDialysis, "not-eligible/on-dialysis");
    silent("KFRE with a transplant", withCondition("737295003"), "not-eligible/kidney-transplant");
    silent(
        "KFRE in acute kidney injury",
        withCondition("14669001"),
        "not-eligible/acute-kidney-injury");
    String zero = patient(fhir, 60, "female");
    fhir.create(number(zero, "98979-8", decimal("25"), EGFR_UNIT));
    fhir.create(ratio(zero, "0"));
    silent("KFRE, ratio of 0", zero, "not-assessed/implausible");
    String bound = patient(fhir, 60, "female");
    fhir.create(number(bound, "98979-8", decimal("25"), EGFR_UNIT));
    ObjectNode below = ratio(bound, "3");
    ((ObjectNode) below.path("valueQuantity")).put("comparator", "<");
    fhir.create(below);
    silent("KFRE, ratio of <3", bound, "not-assessed/comparator");
  }

  private void silent(String what, String patient, String expected)
      throws IOException, InterruptedException {
    ModelAnswer answer = ModelAnswer.of(fhir, patient, MODEL + "north-america|1.0.0");
    table.compare(what, "no number", Set.of(expected), answer.reasons());
  }

  private String withCondition(String snomed) throws IOException, InterruptedException {
    String patient = person("25", "98979-8");
    ObjectNode condition = about(patient, "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, snomed);
    coding(
        condition.putObject("clinicalStatus"),
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "active");
    condition.put("onsetDateTime", VectorRecords.daysAgo(3).toString());
    fhir.create(condition);
    return patient;
  }

  private String person(String egfr, String loinc) throws IOException, InterruptedException {
    String patient = patient(fhir, 60, "female");
    fhir.create(number(patient, loinc, decimal(egfr), EGFR_UNIT));
    fhir.create(ratio(patient, "120"));
    return patient;
  }

  private static ObjectNode ratio(String patient, String value) {
    return number(patient, "9318-7", decimal(value), "mg/g");
  }

  private static JsonNode decimal(String value) {
    return DecimalNode.valueOf(new BigDecimal(value));
  }
}
