package org.auscult.prove;

import static org.auscult.prove.VectorRecords.about;
import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.patient;
import static org.auscult.prove.VectorRecords.quantity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * NEWS2: one set of observations of a patient in hospital, and the points, the band and the time of
 * the set that are stored. Oxygen by turns as an answer, a flow and a concentration; consciousness
 * by turns each of C, V, P and U; temperature by turns in degrees Celsius and, where that is exact,
 * Fahrenheit.
 */
final class News2Vectors {
  private static final String MODEL = "https://auscult.org/fhir/Library/news2|1.0.0";
  private static final String SCALE = "https://auscult.org/fhir/CodeSystem/spo2-scale";
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String PERIOD =
      "https://auscult.org/fhir/StructureDefinition/prediction-input-period";
  private static final Map<String, String> LOINC_OF =
      Map.of("rr", "9279-1", "spo2", "59408-5", "sbp", "8480-6", "hr", "8867-4");
  private static final Map<String, String> UNIT_OF =
      Map.of("rr", "/min", "spo2", "%", "sbp", "mm[Hg]", "hr", "/min");

  /** Acute confusion, responds to voice, responds to pain, unresponsive. */
  private static final String[] ALTERED = {"130987000", "300202002", "450847001", "422768004"};

  private static final String ALERT = "248234008";

  private final FhirCalls fhir;
  private final VectorTable table;
  private final Instant set =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(20));
  private int turn;

  News2Vectors(FhirCalls fhir, VectorTable table) {
    this.fhir = fhir;
    this.table = table;
  }

  /** Whether a file is of this model. */
  static boolean isOne(JsonNode file) {
    return file.path("test_vectors").path(0).path("input").has("consciousness");
  }

  void check(JsonNode file) throws IOException, InterruptedException {
    for (JsonNode vector : file.path("test_vectors")) {
      check(exact(vector.deepCopy()), vector.path("input"), vector.path("expected"));
    }
    for (JsonNode bad : file.path("bad_vectors_seen")) {
      ObjectNode vector =
          exact(FhirCalls.JSON.createObjectNode().put("id", "bad example, right total"));
      ObjectNode input = bad.path("input").deepCopy();
      input.put("supplemental_o2", !input.path("air").asBoolean()).put("spo2_scale", 1);
      ObjectNode expected = vector.putObject("expected");
      expected.put("score", bad.path("correct_total").asInt()).put("risk", "medium");
      check(vector, input, expected);
      if (bad.path("published_total").equals(bad.path("correct_total"))) {
        table.breach(vector, "the negative control is no longer one");
      }
    }
    fahrenheit();
    keepsSilent();
  }

  /** Points are whole: nothing near them will do. */
  private static ObjectNode exact(ObjectNode vector) {
    return vector.put("decimals", 9);
  }

  private void check(JsonNode vector, JsonNode input, JsonNode expected)
      throws IOException, InterruptedException {
    turn++;
    String patient = admitted(60);
    record(patient, input, set);
    JsonNode points = stored(vector, patient);
    if (points.isMissingNode()) {
      return;
    }
    table.compare(
        vector,
        "points",
        expected.path("score").asDouble(),
        points.path("valueQuantity").path("value").asDouble(-1),
        "");
    String id = vector.path("id").asText();
    table.compare(id, "band", Set.of(expected.path("risk").asText()), Set.of(band(points)));
    int parts = 0;
    for (JsonNode part : points.path("component")) {
      parts += part.path("valueQuantity").path("value").asInt();
    }
    if (points.path("component").size() != 7 || parts != expected.path("score").asInt()) {
      table.breach(vector, "the seven parts do not add up, " + points.path("component"));
    }
    JsonNode time = extension(points, PERIOD).path("valuePeriod");
    if (!Instant.parse(time.path("start").asText()).equals(set)
        || !Instant.parse(time.path("end").asText()).equals(set)) {
      table.breach(vector, "the observation set is of " + set + ", stored is " + time);
    }
    if (points.toString().contains("robability")) {
      table.breach(vector, "a probability stands beside the points");
    }
  }

  /** 100.5 °F is 38.06 °C, which rounds to 38.1: one point. 100.4 °F is 38.0 exactly: none. */
  private void fahrenheit() throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> known : Map.of("100.5", 1, "100.4", 0).entrySet()) {
      ObjectNode vector =
          exact(FhirCalls.JSON.createObjectNode().put("id", "well, at " + known.getKey() + " °F"));
      String patient = admitted(60);
      record(patient, well(), set, "temp");
      vital(patient, "8310-5", decimal(known.getKey()), "[degF]", set);
      JsonNode points = stored(vector, patient);
      table.compare(
          vector,
          "points",
          known.getValue(),
          points.path("valueQuantity").path("value").asDouble(-1),
          "");
    }
  }

  /** Where NEWS2 has nothing to say (safety rules 4, 10, 14). */
  private void keepsSilent() throws IOException, InterruptedException {
    for (String left : new String[] {"supplemental_o2", "consciousness", "temp"}) {
      String patient = admitted(60);
      record(patient, well(), set, left);
      silent("NEWS2 without " + left, patient, "not-assessed/not-recorded");
    }
    String older = admitted(60);
    record(older, well(), set, "rr");
    vital(older, "9279-1", decimal("18"), "/min", set.minus(Duration.ofMinutes(61)));
    silent("NEWS2, a rate of 61 minutes before", older, "not-assessed/not-of-this-set");
    String fraction = admitted(60);
    record(fraction, well(), set, "spo2");
    vital(fraction, "59408-5", decimal("0.97"), "1", set);
    silent("NEWS2, a saturation of 0.97", fraction, "not-assessed/unit");
    String child = admitted(15);
    record(child, well(), set);
    silent("NEWS2 at 15 years", child, "not-eligible/age-out-of-range");
    String outside = patient(fhir, 60, "female");
    record(outside, well(), set);
    silent("NEWS2 without an encounter", outside, "not-eligible/not-in-hospital");
    String clinic = patient(fhir, 60, "female");
    encounter(clinic, "AMB", "in-progress");
    record(clinic, well(), set);
    silent("NEWS2 in a clinic", clinic, "not-eligible/not-in-hospital");
    String home = patient(fhir, 60, "female");
    encounter(home, "IMP", "finished");
    record(home, well(), set);
    silent("NEWS2 after discharge", home, "not-eligible/not-in-hospital");
    String pregnant = admitted(30);
    record(pregnant, well(), set);
    ObjectNode condition = about(pregnant, "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, "77386006");
    coding(
        condition.putObject("clinicalStatus"),
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "active");
    condition.put("onsetDateTime", VectorRecords.daysAgo(60).toString());
    fhir.create(condition);
    silent("NEWS2 in pregnancy", pregnant, "not-eligible/pregnant");
  }

  private void silent(String what, String patient, String expected)
      throws IOException, InterruptedException {
    ModelAnswer answer = ModelAnswer.of(fhir, patient, MODEL);
    table.compare(what, "no points", Set.of(expected), new TreeSet<>(answer.reasons()));
  }

  private JsonNode stored(JsonNode vector, String patient)
      throws IOException, InterruptedException {
    ModelAnswer answer = ModelAnswer.of(fhir, patient, MODEL);
    if (answer.reference().filter(r -> r.startsWith("Observation/")).isEmpty()) {
      table.breach(vector, "no points, " + answer.inWords());
      return FhirCalls.JSON.missingNode();
    }
    JsonNode points = fhir.await("/fhir/" + answer.reference().get());
    table.valid(vector, points);
    table.valid(vector, fhir.await("/fhir/" + answer.reference().get() + ".explanation"));
    return points;
  }

  private static String band(JsonNode points) {
    return points.path("interpretation").path(0).path("coding").path(0).path("code").asText("none");
  }

  private static JsonNode extension(JsonNode resource, String url) {
    for (JsonNode extension : resource.path("extension")) {
      if (extension.path("url").asText().equals(url)) {
        return extension;
      }
    }
    return FhirCalls.JSON.missingNode();
  }

  private String admitted(int age) throws IOException, InterruptedException {
    String patient = patient(fhir, age, "female");
    encounter(patient, turn % 2 == 0 ? "IMP" : "EMER", "in-progress");
    return patient;
  }

  private void encounter(String patient, String code, String status)
      throws IOException, InterruptedException {
    ObjectNode encounter = about(patient, "Encounter");
    encounter.put("status", status);
    encounter.putObject("class").put("system", ACT_CODE).put("code", code);
    ObjectNode period = encounter.putObject("period");
    period.put("start", set.minus(Duration.ofHours(9)).toString());
    if (status.equals("finished")) {
      period.put("end", set.minus(Duration.ofHours(1)).toString());
    }
    fhir.create(encounter);
  }

  private static ObjectNode well() {
    ObjectNode input = FhirCalls.JSON.createObjectNode();
    input.put("rr", 16).put("spo2", 97).put("sbp", 120).put("hr", 70).put("temp", 37);
    return input.put("supplemental_o2", false).put("spo2_scale", 1).put("consciousness", "A");
  }

  /** Records a set of observations, without those that are named. */
  private void record(String patient, JsonNode input, Instant at, String... without)
      throws IOException, InterruptedException {
    Set<String> left = Set.of(without);
    for (Map.Entry<String, String> vital : LOINC_OF.entrySet()) {
      String name = vital.getKey();
      if (!left.contains(name)) {
        String unit = Objects.requireNonNull(UNIT_OF.get(name), name);
        vital(patient, vital.getValue(), input.path(name), unit, at);
      }
    }
    if (!left.contains("temp")) {
      temperature(patient, input.path("temp").decimalValue(), at);
    }
    if (!left.contains("supplemental_o2")) {
      oxygen(patient, input.path("supplemental_o2").asBoolean(), at);
    }
    if (!left.contains("consciousness")) {
      boolean isAlert = input.path("consciousness").asText().equals("A");
      answer(
          patient,
          "http://loinc.org",
          "80288-4",
          VectorRecords.SNOMED,
          isAlert ? ALERT : ALTERED[turn % ALTERED.length],
          at);
    }
    if (input.path("spo2_scale").asInt() == 2) {
      answer(patient, SCALE, "designated-scale", SCALE, "scale-2", at.minus(Duration.ofDays(2)));
    }
  }

  private void temperature(String patient, BigDecimal celsius, Instant at)
      throws IOException, InterruptedException {
    boolean inFahrenheit = turn % 2 == 1;
    BigDecimal value =
        inFahrenheit ? celsius.multiply(new BigDecimal("1.8")).add(new BigDecimal("32")) : celsius;
    vital(patient, "8310-5", DecimalNode.valueOf(value), inFahrenheit ? "[degF]" : "Cel", at);
  }

  private void oxygen(String patient, boolean given, Instant at)
      throws IOException, InterruptedException {
    switch (turn % 4) {
      case 0 ->
          answer(
              patient,
              VectorRecords.SNOMED,
              "371825009",
              VectorRecords.SNOMED,
              given ? "373066001" : "373067005",
              at);
      case 1 -> vital(patient, "3151-8", decimal(given ? "2" : "0"), "L/min", at);
      case 2 -> vital(patient, "3150-6", decimal(given ? "28" : "21"), "%", at);
      default ->
          answer(
              patient,
              VectorRecords.SNOMED,
              "371825009",
              VectorRecords.SNOMED,
              given ? "371825009" : "722742002",
              at);
    }
  }

  private void vital(String patient, String loinc, JsonNode value, String unit, Instant at)
      throws IOException, InterruptedException {
    ObjectNode observation = observed(patient, VectorRecords.LOINC, loinc, at);
    quantity(observation, value, unit);
    fhir.create(observation);
  }

  private void answer(
      String patient, String system, String code, String answerSystem, String answer, Instant at)
      throws IOException, InterruptedException {
    ObjectNode observation = observed(patient, system, code, at);
    coding(observation.putObject("valueCodeableConcept"), answerSystem, answer);
    fhir.create(observation);
  }

  private static ObjectNode observed(String patient, String system, String code, Instant at) {
    ObjectNode observation = about(patient, "Observation");
    observation.put("status", "final").put("effectiveDateTime", at.toString());
    coding(observation.putObject("code"), system, code);
    return observation;
  }

  private static JsonNode decimal(String value) {
    return DecimalNode.valueOf(new BigDecimal(value));
  }
}
