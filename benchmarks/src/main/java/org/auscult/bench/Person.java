package org.auscult.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * A synthetic patient for whom PREVENT can be calculated, with a record of a given size.
 *
 * <p>Measured in turn: the six values that PREVENT reads and {@value #OTHER_CODES} others, evenly
 * over ten years; so of a record of 20,000 rows the model reads the latest of 200 each.
 *
 * @param id the same in every store
 * @param rows observations in the record
 */
record Person(String id, int rows, long seed) {
  static final int CODES = 100;
  private static final int OTHER_CODES = 94;
  private static final int PER_TRANSACTION = 100;
  private static final int DAYS = 3_650;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LOINC = "http://loinc.org";
  private static final String OTHER = "https://auscult.org/bench/CodeSystem/measured";

  private record Measured(String code, int low, int high, String unit) {}

  private static final List<Measured> READ =
      List.of(
          new Measured("2093-3", 140, 310, "mg/dL"),
          new Measured("2085-9", 30, 90, "mg/dL"),
          new Measured("8480-6", 95, 175, "mm[Hg]"),
          new Measured("39156-5", 20, 38, "kg/m2"),
          new Measured("98979-8", 50, 120, "mL/min/{1.73_m2}"));

  /** People of one size. */
  static List<Person> some(int count, int rows, Random random) {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      people.add(new Person("bench-" + rows + "-" + i, rows, random.nextLong()));
    }
    return people;
  }

  /** Code systems and codes of a record, the ones that are read first. */
  static List<String> codes() {
    List<String> codes = new ArrayList<>();
    READ.forEach(m -> codes.add(m.code()));
    codes.add("72166-2");
    for (int i = 0; i < OTHER_CODES; i++) {
      codes.add("other-" + i);
    }
    return codes;
  }

  /** Transactions that make the whole record, to be sent in this order. */
  List<byte[]> transactions() {
    Random random = new Random(seed);
    List<byte[]> transactions = new ArrayList<>();
    transactions.add(transaction(basics(random)));
    List<ObjectNode> batch = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      batch.add(observation(row, random));
      if (batch.size() == PER_TRANSACTION) {
        transactions.add(transaction(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      transactions.add(transaction(batch));
    }
    return transactions;
  }

  /** So many further observations, new ones. */
  byte[] more(int count, Random random) {
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(observation(random.nextInt(rows), random));
    }
    return transaction(all);
  }

  private List<ObjectNode> basics(Random random) {
    List<ObjectNode> all = new ArrayList<>();
    ObjectNode patient = resource("Patient").put("id", id);
    patient.put("gender", random.nextBoolean() ? "female" : "male");
    patient.put("birthDate", today().minusYears(40 + random.nextInt(30)).minusDays(100).toString());
    all.add(patient);
    if (random.nextBoolean()) {
      ObjectNode diabetes = resource("Condition");
      diabetes.putObject("subject").put("reference", "Patient/" + id);
      coded(
          diabetes.putObject("clinicalStatus"),
          "http://terminology.hl7.org/CodeSystem/condition-clinical",
          "active");
      coded(diabetes.putObject("code"), "http://snomed.info/sct", "44054006");
      all.add(diabetes.put("onsetDateTime", today().minusYears(8).toString()));
    }
    if (random.nextBoolean()) {
      ObjectNode statin = resource("MedicationRequest");
      statin.put("status", "active").put("intent", "order");
      statin.putObject("subject").put("reference", "Patient/" + id);
      coded(
          statin.putObject("medicationCodeableConcept"),
          "http://www.nlm.nih.gov/research/umls/rxnorm",
          "83367");
      all.add(statin.put("authoredOn", today().minusDays(60).toString()));
    }
    return all;
  }

  /** The rows of a round bear the same day; the last round is of yesterday. */
  private ObjectNode observation(int row, Random random) {
    int code = row % CODES;
    int rounds = Math.max(1, rows / CODES);
    long daysAgo = 1 + (long) (row / CODES) * DAYS / rounds;
    ObjectNode observation = resource("Observation").put("status", "final");
    observation.putObject("subject").put("reference", "Patient/" + id);
    observation.put(
        "effectiveDateTime",
        today().minusDays(daysAgo) + "T%02d:%02d:00Z".formatted(code / 60 + 8, code % 60));
    ObjectNode coding = observation.putObject("code");
    if (code < READ.size()) {
      Measured measured = READ.get(code);
      coded(coding, LOINC, measured.code());
      double value = measured.low() + random.nextDouble() * (measured.high() - measured.low());
      quantity(observation, value, measured.unit());
    } else if (code == READ.size()) {
      coded(coding, LOINC, "72166-2");
      coded(
          observation.putObject("valueCodeableConcept"),
          "http://snomed.info/sct",
          (seed & 1) == 0 ? "266919005" : "449868002");
    } else {
      coded(coding, OTHER, "other-" + (code - READ.size() - 1));
      quantity(observation, random.nextDouble() * 100, "mmol/L");
    }
    return observation;
  }

  private static void quantity(ObjectNode observation, double value, String unit) {
    observation
        .putObject("valueQuantity")
        .put("value", BigDecimal.valueOf(value).setScale(1, RoundingMode.DOWN))
        .put("unit", unit)
        .put("system", "http://unitsofmeasure.org")
        .put("code", unit);
  }

  private static void coded(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }

  /** Those with an id are put, the others created. */
  private static byte[] transaction(List<ObjectNode> resources) {
    ObjectNode bundle = resource("Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    for (ObjectNode resource : resources) {
      String type = resource.path("resourceType").asText();
      ObjectNode entry = entries.addObject();
      entry.put("fullUrl", "urn:uuid:" + UUID.randomUUID());
      entry.set("resource", resource);
      ObjectNode request = entry.putObject("request");
      if (resource.has("id")) {
        request.put("method", "PUT").put("url", type + "/" + resource.path("id").asText());
      } else {
        request.put("method", "POST").put("url", type);
      }
    }
    try {
      return JSON.writeValueAsBytes(bundle);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode resource(String type) {
    return JSON.createObjectNode().put("resourceType", type);
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }
}
