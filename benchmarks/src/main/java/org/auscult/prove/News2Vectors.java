package org.auscult.prove;

import static org.auscult.prove.VectorRecords.about;
import static org.auscult.prove.VectorRecords.coding;
import static org.auscult.prove.VectorRecords.quantity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.prove.Ehr.Person;
import org.auscult.prove.Ehr.Reply;
import org.auscult.prove.Ehr.Road;

/**
 * NEWS2: one set of observations of a patient in hospital, on opening the chart and on the start of
 * the encounter; the points, the band, the indicator and the time of the set that the card shows,
 * and those that are stored. Oxygen by turns as an answer, a flow and a concentration;
 * consciousness by turns each of C, V, P and U; temperature by turns in degrees Celsius and, where
 * that is exact, Fahrenheit.
 */
final class News2Vectors {
  private static final String SERVICE = "deterioration";
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

  private final Ehr ehr;
  private final VectorTable table;
  private final HazardTable hazards;
  private final Instant set =
      Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(20));
  private int turn;

  News2Vectors(Ehr ehr, VectorTable table, HazardTable hazards) {
    this.ehr = ehr;
    this.table = table;
    this.hazards = hazards;
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
  }

  /** Points are whole: nothing near them will do. */
  private static ObjectNode exact(ObjectNode vector) {
    return vector.put("decimals", 9);
  }

  private void check(JsonNode vector, JsonNode input, JsonNode expected)
      throws IOException, InterruptedException {
    turn++;
    Person patient = admitted(Road.of(table.called()), 60);
    record(patient, input, set);
    JsonNode points = compared(vector, patient, expected.path("score").asInt());
    if (points.isMissingNode()) {
      return;
    }
    String id = vector.path("id").asText();
    table.compare(id, "band, stored", "", Set.of(expected.path("risk").asText()), band(points));
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
      for (Road road : Road.values()) {
        ObjectNode vector =
            exact(
                FhirCalls.JSON.createObjectNode().put("id", "well, at " + known.getKey() + " °F"));
        Person patient = admitted(road, 60);
        record(patient, well(), set, "temp");
        vital(patient, "8310-5", decimal(known.getKey()), "[degF]", set);
        compared(vector, patient, known.getValue());
      }
    }
  }

  /** Where NEWS2 has nothing to say (safety rules 4, 10, 14), by both roads and hooks. */
  void keepsSilent() throws IOException, InterruptedException {
    for (Road road : Road.values()) {
      lacksData(road);
      units(road);
      isNotMadeFor(road);
      turn++;
    }
  }

  private void lacksData(Road road) throws IOException, InterruptedException {
    for (String left : new String[] {"supplemental_o2", "consciousness", "temp"}) {
      Person patient = admitted(road, 60);
      record(patient, well(), set, left);
      silent("4", "absent read as normal", "no " + left, patient, "not-assessed/not-recorded");
    }
    Person older = admitted(road, 60);
    record(older, well(), set, "rr");
    vital(older, "9279-1", decimal("18"), "/min", set.minus(Duration.ofMinutes(61)));
    silent(
        "14",
        "points from values of different times",
        "a respiratory rate of 61 minutes before",
        older,
        "not-assessed/not-of-this-set");
  }

  /**
   * Percent and fraction, and 100.5 °F (safety rules 6 and 20): one value is in doubt, no other.
   */
  void units(Road road) throws IOException, InterruptedException {
    Person fraction = admitted(road, 60);
    record(fraction, well(), set, "spo2");
    vital(fraction, "59408-5", decimal("0.97"), "1", set);
    silent(
        "6", "a fraction read as percent", "a saturation of 0.97", fraction, "not-assessed/unit");
    Person under = admitted(road, 60);
    record(under, well(), set, "spo2");
    vital(under, "59408-5", decimal("0.97"), "%", set);
    silent(
        "6",
        "a fraction labelled as percent",
        "a saturation of 0.97 %",
        under,
        "not-assessed/implausible");
    points("6", "percent refused", road, "spo2", "59408-5", "97", "%", "0");
    points("6", "100.5 °F banded as 38.0 °C", road, "temp", "8310-5", "100.5", "[degF]", "1");
    points("6", "100.4 °F banded as 38.1 °C", road, "temp", "8310-5", "100.4", "[degF]", "0");
    Person lungs = admitted(road, 60);
    record(lungs, well(), set, "spo2");
    vital(lungs, "59408-5", decimal("90"), "%", set);
    ObjectNode condition = about(lungs.id(), "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, "13645005");
    condition.put("onsetDateTime", VectorRecords.daysAgo(900).toString());
    lungs.add(condition);
    row(
        "4",
        "SpO2 scale 2 inferred from a disease",
        lungs,
        "90 % on air, and chronic obstructive lung disease",
        "3");
  }

  private void points(
      String rule,
      String hazard,
      Road road,
      String left,
      String loinc,
      String value,
      String unit,
      String expected)
      throws IOException, InterruptedException {
    Person patient = admitted(road, 60);
    record(patient, well(), set, left);
    vital(patient, loinc, decimal(value), unit, set);
    row(rule, hazard, patient, value + " " + unit + ", otherwise well", expected);
  }

  private void row(String rule, String hazard, Person patient, String sent, String expected)
      throws IOException, InterruptedException {
    hazards.row(
        rule,
        hazard,
        "NEWS2, " + sent + " (" + patient.road() + ", " + hook() + ")",
        expected + " points",
        shown(patient.open(SERVICE, hook()).card()));
  }

  /** What the card says instead, where it shows no points. */
  private static String shown(JsonNode card) {
    String points = VectorTable.shown(card, "NEWS2");
    return points.isEmpty() ? card.path("summary").asText("no card") : points + " points";
  }

  private void isNotMadeFor(Road road) throws IOException, InterruptedException {
    String outside = "points where NEWS2 is not made for it";
    Person child = admitted(road, 15);
    record(child, well(), set);
    silent("10", outside, "a child of 15 years", child, "not-eligible/age-out-of-range");
    String setting = "points where the setting is unknown";
    Person nowhere = ehr.person(road, 60, "female");
    record(nowhere, well(), set);
    silent("14", setting, "no encounter", nowhere, "not-eligible/not-in-hospital");
    Person clinic = ehr.person(road, 60, "female");
    encounter(clinic, "AMB", "in-progress");
    record(clinic, well(), set);
    silent("14", setting, "a visit to a clinic", clinic, "not-eligible/not-in-hospital");
    Person home = ehr.person(road, 60, "female");
    encounter(home, "IMP", "finished");
    record(home, well(), set);
    silent("14", setting, "a discharge", home, "not-eligible/not-in-hospital");
    Person pregnant = admitted(road, 30);
    record(pregnant, well(), set);
    ObjectNode condition = about(pregnant.id(), "Condition");
    coding(condition.putObject("code"), VectorRecords.SNOMED, "77386006");
    coding(
        condition.putObject("clinicalStatus"),
        "http://terminology.hl7.org/CodeSystem/condition-clinical",
        "active");
    condition.put("onsetDateTime", VectorRecords.daysAgo(60).toString());
    pregnant.add(condition);
    silent("10", outside, "pregnancy", pregnant, "not-eligible/pregnant");
  }

  private void silent(String rule, String hazard, String sent, Person patient, String expected)
      throws IOException, InterruptedException {
    hazards.silent(rule, hazard, "NEWS2, " + sent, patient, SERVICE, hook(), expected);
  }

  private String hook() {
    return turn % 4 < 2 ? "encounter-start" : "patient-view";
  }

  /** Calls a hook, compares the points and what stands with them, and gives what is stored. */
  private JsonNode compared(JsonNode vector, Person patient, int expected)
      throws IOException, InterruptedException {
    String how = patient.road() + ", " + hook();
    Reply reply = patient.open(SERVICE, hook());
    JsonNode card = reply.card();
    if (Ehr.prediction(card).isEmpty()) {
      table.breach(vector, "no points, " + reply.inWords());
      return FhirCalls.JSON.missingNode();
    }
    JsonNode points = ehr.stored(card, "Observation");
    table.valid(vector, points);
    table.valid(
        vector, ehr.http().await("/fhir/Observation/" + Ehr.prediction(card) + ".explanation"));
    table.compare(
        vector,
        "points",
        how,
        expected,
        points.path("valueQuantity").path("value").asDouble(-1),
        1,
        VectorTable.shown(card, "NEWS2"));
    String id = vector.path("id").asText();
    String detail = card.path("detail").asText();
    // From 5 points on an urgent response, from 7 on an emergency response (RCP 2017).
    table.compare(
        id,
        "indicator",
        how,
        VectorTable.indicators(expected, 5, 7),
        card.path("indicator").asText());
    table.compare(
        id,
        "band, shown",
        how,
        Set.of(band(points)),
        detail.replaceFirst("(?s)\\*\\*NEWS2: \\d+ \\(([a-z-]+)\\)\\*\\*.*", "$1"));
    if (!detail.contains("Observation set of " + local(set))) {
      table.breach(vector, "the card does not say that the set is of " + local(set));
    }
    if (!detail.contains("not surveillance")) {
      table.breach(vector, "the card does not say that it is no surveillance");
    }
    if (detail.contains("of 100 people")) {
      table.breach(vector, "the card shows points as a probability");
    }
    return points;
  }

  private static String local(Instant time) {
    return DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH)
        .format(time.atZone(ZoneOffset.UTC));
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

  private Person admitted(Road road, int age) throws IOException, InterruptedException {
    Person patient = ehr.person(road, age, "female");
    encounter(patient, turn % 2 == 0 ? "IMP" : "EMER", "in-progress");
    return patient;
  }

  private void encounter(Person patient, String code, String status)
      throws IOException, InterruptedException {
    ObjectNode encounter = about(patient.id(), "Encounter");
    encounter.put("status", status);
    encounter.putObject("class").put("system", ACT_CODE).put("code", code);
    ObjectNode period = encounter.putObject("period");
    period.put("start", set.minus(Duration.ofHours(9)).toString());
    if (status.equals("finished")) {
      period.put("end", set.minus(Duration.ofHours(1)).toString());
    }
    patient.add(encounter);
  }

  private static ObjectNode well() {
    ObjectNode input = FhirCalls.JSON.createObjectNode();
    input.put("rr", 16).put("spo2", 97).put("sbp", 120).put("hr", 70).put("temp", 37);
    return input.put("supplemental_o2", false).put("spo2_scale", 1).put("consciousness", "A");
  }

  /** Records a set of observations, without those that are named. */
  private void record(Person patient, JsonNode input, Instant at, String... without)
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

  private void temperature(Person patient, BigDecimal celsius, Instant at)
      throws IOException, InterruptedException {
    boolean inFahrenheit = turn % 2 == 1;
    BigDecimal value =
        inFahrenheit ? celsius.multiply(new BigDecimal("1.8")).add(new BigDecimal("32")) : celsius;
    vital(patient, "8310-5", DecimalNode.valueOf(value), inFahrenheit ? "[degF]" : "Cel", at);
  }

  private void oxygen(Person patient, boolean given, Instant at)
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

  private void vital(Person patient, String loinc, JsonNode value, String unit, Instant at)
      throws IOException, InterruptedException {
    ObjectNode observation = observed(patient, VectorRecords.LOINC, loinc, at);
    quantity(observation, value, unit);
    patient.add(observation);
  }

  private void answer(
      Person patient, String system, String code, String answerSystem, String answer, Instant at)
      throws IOException, InterruptedException {
    ObjectNode observation = observed(patient, system, code, at);
    coding(observation.putObject("valueCodeableConcept"), answerSystem, answer);
    patient.add(observation);
  }

  private static ObjectNode observed(Person patient, String system, String code, Instant at) {
    ObjectNode observation = about(patient.id(), "Observation");
    observation.put("status", "final").put("effectiveDateTime", at.toString());
    coding(observation.putObject("code"), system, code);
    return observation;
  }

  private static JsonNode decimal(String value) {
    return DecimalNode.valueOf(new BigDecimal(value));
  }
}
