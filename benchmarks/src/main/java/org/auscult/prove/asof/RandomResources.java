package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.auscult.prove.FhirCalls;

/**
 * Random resources, good and bad: late ones, imprecise ones, undated ones, of the future, in
 * foreign units, above or below a bound, absent, with several codings, loaded as history.
 */
final class RandomResources {
  private static final int OLDEST_DAYS = 6 * 365;

  /** LOINC code, unit, low, high; repeated for each unit in use. */
  private record Test(String loinc, String unit, double low, double high) {}

  private static final List<Test> TESTS =
      List.of(
          new Test("2093-3", "mg/dL", 100, 330),
          new Test("2093-3", "mmol/L", 2.5, 18),
          new Test("14647-2", "mmol/L", 2.5, 9),
          new Test("2093-3", "g/L", 1, 3),
          new Test("8480-6", "mm[Hg]", 30, 320),
          new Test("8480-6", "mmHg", 90, 180),
          new Test("8480-6", "kPa", 11, 25),
          new Test("29463-7", "kg", 45, 140),
          new Test("29463-7", "[lb_av]", 100, 300),
          new Test("29463-7", "g", 45000, 140000),
          new Test("8302-2", "cm", 30, 200),
          new Test("8302-2", "[in_i]", 50, 80),
          new Test("8302-2", "m", 1, 2),
          new Test("8310-5", "Cel", 35, 42),
          new Test("8310-5", "[degF]", 95, 106),
          new Test("2160-0", "mg/dL", 0.4, 6),
          new Test("2160-0", "umol/L", 40, 500),
          new Test("8867-4", "/min", 40, 160),
          new Test("8867-4", "{beats}/min", 40, 160));

  private static final List<String> ANSWERS =
      List.of("449868002", "77176002", "266919005", "8517006", "266927001");
  private static final List<String> PROBLEMS =
      List.of("44054006", "46635009", "73211009", "22298006", "38341003");

  private final Random random;

  RandomResources(Random random) {
    this.random = random;
  }

  /** Any resource of a patient; one in eight is said to be loaded as history, some with a lag. */
  ObjectNode any(String patient) {
    ObjectNode resource =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3, 4, 5, 6, 7 -> measurement(patient);
          case 8 -> bloodPressure(patient);
          case 9, 10 -> smoking(patient);
          case 11, 12, 13 -> condition(patient);
          case 14 -> order(patient);
          case 15 -> statement(patient);
          case 16, 17 -> procedure(patient);
          default -> encounter(patient);
        };
    if (chance(8)) {
      ArrayNode tags = ((ObjectNode) resource.path("meta")).putArray("tag");
      tags.addObject()
          .put("system", "https://auscult.org/fhir/CodeSystem/load")
          .put("code", "history");
      if (chance(2)) {
        tags.addObject()
            .put("system", "https://auscult.org/fhir/load-lag")
            .put("code", pick("PT6H", "P3D", "P40D", "soon"));
      }
    }
    return resource;
  }

  ObjectNode patient() {
    ObjectNode patient = resource("Patient");
    if (!chance(12)) {
      patient.put("gender", pick("female", "male", "male", "female", "other", "unknown"));
    }
    if (!chance(12)) {
      String day = (1925 + random.nextInt(95)) + "-" + two(12) + "-" + two(28);
      patient.put("birthDate", chance(5) ? day.substring(0, pick(4, 7)) : day);
    }
    if (chance(4)) {
      patient
          .putArray("extension")
          .addObject()
          .put("url", "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex")
          .put("valueCode", pick("F", "M", "UNK"));
    }
    return patient;
  }

  /** Somebody of whom everything is plain, so that each operator meets a value in any run. */
  static ObjectNode plainPatient() {
    return resource("Patient").put("gender", "female").put("birthDate", "1961-02-28");
  }

  /** What is plain of somebody: readable, dated and recent. */
  List<ObjectNode> plain(String patient) {
    ObjectNode surgery = resource("Procedure").put("status", "completed");
    surgery.putObject("subject").put("reference", "Patient/" + patient);
    code(surgery.putObject("code"), Definitions.SNOMED, "232717009");
    surgery.put("performedDateTime", instant(ago(20)));
    return List.of(
        surgery,
        plain(patient, new Test("8480-6", "mm[Hg]", 100, 180)),
        plain(patient, new Test("8480-6", "mm[Hg]", 100, 180)),
        plain(patient, new Test("2093-3", "mg/dL", 100, 330)));
  }

  private ObjectNode plain(String patient, Test test) {
    ObjectNode observation = resource("Observation").put("status", "final");
    observation.putObject("subject").put("reference", "Patient/" + patient);
    code(observation.putObject("code"), Definitions.LOINC, test.loinc);
    quantity(observation, test, test.unit);
    return observation.put("effectiveDateTime", instant(ago(20)));
  }

  private ObjectNode measurement(String patient) {
    Test test = TESTS.get(random.nextInt(TESTS.size()));
    ObjectNode observation = observation(patient);
    code(observation.putObject("code"), Definitions.LOINC, test.loinc);
    value(observation, test);
    return observation;
  }

  /** Heart rates for bundles, one each minute or so. */
  ObjectNode heartRate(String patient, int minutesAgo) {
    ObjectNode observation = resource("Observation").put("status", "final");
    observation.putObject("subject").put("reference", "Patient/" + patient);
    code(observation.putObject("code"), Definitions.LOINC, "8867-4");
    value(observation, TESTS.get(TESTS.size() - 2));
    Instant when = Instant.now().minus(minutesAgo, ChronoUnit.MINUTES);
    return observation.put("effectiveDateTime", when.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private ObjectNode bloodPressure(String patient) {
    ObjectNode observation = observation(patient);
    code(observation.putObject("code"), Definitions.LOINC, "85354-9");
    ArrayNode components = observation.putArray("component");
    for (String part : List.of("8480-6", "8462-4")) {
      ObjectNode component = components.addObject();
      code(component.putObject("code"), Definitions.LOINC, part);
      value(component, new Test(part, "mm[Hg]", 60, 200));
    }
    return observation;
  }

  private void value(ObjectNode to, Test test) {
    switch (random.nextInt(16)) {
      case 0 ->
          code(
              to.putObject("dataAbsentReason"),
              "http://terminology.hl7.org/CodeSystem/data-absent-reason",
              "unknown");
      case 1 -> to.put("valueString", "see the letter");
      case 2 -> quantity(to, test, test.unit).put("comparator", pick("<", ">", "<=", ">="));
      case 3 -> quantity(to, test, pick("mol", "N", "[pH]", "mmol/mol"));
      case 4 -> {
        ObjectNode quantity = quantity(to, test, test.unit);
        quantity.remove(List.of("code", "system", "unit"));
      }
      case 5 -> {
        if (chance(2)) {
          quantity(to, test, test.unit).remove(List.of("code", "system"));
        }
      }
      default -> quantity(to, test, test.unit);
    }
  }

  private ObjectNode quantity(ObjectNode to, Test test, String unit) {
    double value = test.low + random.nextDouble() * (test.high - test.low);
    return to.putObject("valueQuantity")
        .put("value", BigDecimal.valueOf(Math.round(value * 100), 2))
        .put("unit", unit)
        .put("system", "http://unitsofmeasure.org")
        .put("code", unit);
  }

  private ObjectNode smoking(String patient) {
    ObjectNode observation = observation(patient);
    code(observation.putObject("code"), Definitions.LOINC, "72166-2");
    if (!chance(12)) {
      ObjectNode value = observation.putObject("valueCodeableConcept");
      code(value, Definitions.SNOMED, ANSWERS.get(random.nextInt(ANSWERS.size())));
      if (chance(10)) {
        String other = ANSWERS.get(random.nextInt(ANSWERS.size()));
        ((ArrayNode) value.path("coding"))
            .addObject()
            .put("system", Definitions.SNOMED)
            .put("code", other);
      }
    }
    return observation;
  }

  private ObjectNode observation(String patient) {
    ObjectNode observation = resource("Observation");
    String status =
        chance(6)
            ? pick("preliminary", "registered", "cancelled", "entered-in-error", "unknown")
            : pick("final", "final", "amended", "corrected");
    observation.put("status", status);
    observation.putObject("subject").put("reference", "Patient/" + patient);
    if (chance(15)) {
      period(observation.putObject("effectivePeriod"));
    } else if (!chance(25)) {
      observation.put("effectiveDateTime", date());
    }
    if (chance(3)) {
      observation.put("issued", instant(ago(OLDEST_DAYS)));
    }
    return observation;
  }

  private ObjectNode condition(String patient) {
    ObjectNode condition = resource("Condition");
    condition.putObject("subject").put("reference", "Patient/" + patient);
    code(condition.putObject("code"), Definitions.SNOMED, PROBLEMS.get(random.nextInt(5)));
    String status = pick("active", "active", "recurrence", "resolved", "inactive", "remission");
    String system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    if (!chance(10)) {
      code(condition.putObject("clinicalStatus"), system, status);
    }
    if (chance(4)) {
      code(
          condition.putObject("verificationStatus"),
          "http://terminology.hl7.org/CodeSystem/condition-ver-status",
          pick("confirmed", "provisional", "refuted"));
    }
    Instant onset = ago(OLDEST_DAYS);
    if (!chance(10)) {
      condition.put("onsetDateTime", coarse(onset));
    }
    if (!status.equals("active") && chance(2)) {
      int days = random.nextInt(800);
      condition.put("abatementDateTime", coarse(onset.plus(days, ChronoUnit.DAYS)));
    }
    if (chance(3)) {
      condition.put("recordedDate", date());
    }
    return condition;
  }

  private ObjectNode order(String patient) {
    ObjectNode order = resource("MedicationRequest");
    order.put("status", pick("active", "active", "active", "completed", "stopped", "draft"));
    order.put("intent", pick("order", "order", "order", "plan", "proposal"));
    if (chance(10)) {
      order.put("doNotPerform", true);
    }
    order.putObject("subject").put("reference", "Patient/" + patient);
    medication(order);
    if (!chance(8)) {
      order.put("authoredOn", date());
    }
    return order;
  }

  private ObjectNode statement(String patient) {
    ObjectNode statement = resource("MedicationStatement");
    statement.put("status", pick("active", "active", "completed", "not-taken", "stopped"));
    statement.putObject("subject").put("reference", "Patient/" + patient);
    medication(statement);
    if (chance(2)) {
      period(statement.putObject("effectivePeriod"));
    } else if (chance(2)) {
      statement.put("effectiveDateTime", date());
    }
    if (chance(2)) {
      statement.put("dateAsserted", date());
    }
    return statement;
  }

  private void medication(ObjectNode to) {
    code(
        to.putObject("medicationCodeableConcept"),
        Definitions.RXNORM,
        pick("617312", "312961", "314076"));
  }

  private ObjectNode procedure(String patient) {
    ObjectNode procedure = resource("Procedure");
    procedure.put(
        "status", pick("completed", "completed", "in-progress", "not-done", "preparation"));
    procedure.putObject("subject").put("reference", "Patient/" + patient);
    code(procedure.putObject("code"), Definitions.SNOMED, pick("232717009", "80146002", "1"));
    if (chance(3)) {
      period(procedure.putObject("performedPeriod"));
    } else if (!chance(6)) {
      procedure.put("performedDateTime", date());
    }
    return procedure;
  }

  private ObjectNode encounter(String patient) {
    ObjectNode encounter = resource("Encounter");
    encounter.put("status", pick("finished", "finished", "in-progress", "planned", "cancelled"));
    encounter
        .putObject("class")
        .put("system", Definitions.ENCOUNTER_CLASS)
        .put("code", pick("IMP", "AMB", "EMER", "HH"));
    encounter.putObject("subject").put("reference", "Patient/" + patient);
    if (!chance(15)) {
      period(encounter.putObject("period"));
    }
    return encounter;
  }

  private void period(ObjectNode period) {
    Instant start = ago(OLDEST_DAYS);
    if (!chance(15)) {
      period.put("start", coarse(start));
    }
    if (!chance(4)) {
      long hours = 1 + random.nextInt(chance(3) ? 9000 : 200);
      period.put("end", coarse(start.plus(hours, ChronoUnit.HOURS)));
    }
    if (period.isEmpty()) {
      period.put("start", instant(start));
    }
  }

  /** When something took effect: mostly long ago, some just now, a few to come. */
  private String date() {
    if (chance(30)) {
      return coarse(Instant.now().plus(1 + random.nextInt(60), ChronoUnit.DAYS));
    }
    return coarse(ago(chance(3) ? 20 : OLDEST_DAYS));
  }

  /** An instant as a FHIR date: exact, in some offset, or only to the day, month or year. */
  private String coarse(Instant when) {
    return switch (random.nextInt(10)) {
      case 0 -> instant(when).substring(0, 10);
      case 1 -> instant(when).substring(0, chance(2) ? 7 : 10);
      case 2 -> instant(when).substring(0, chance(3) ? 4 : 10);
      case 3, 4 ->
          when.truncatedTo(ChronoUnit.SECONDS)
              .atOffset(ZoneOffset.ofHours(-5))
              .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      default -> instant(when);
    };
  }

  static String instant(Instant when) {
    return when.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Instant ago(int days) {
    return Instant.now().minus(random.nextInt(days * 1440), ChronoUnit.MINUTES);
  }

  private void code(ObjectNode concept, String system, String code) {
    ArrayNode coding = concept.putArray("coding");
    if (chance(5)) {
      coding.addObject().put("system", Definitions.LOCAL).put("code", "L-" + code);
    }
    coding.addObject().put("system", system).put("code", code);
  }

  /** A correction: another version of a resource, in value, date, status, code, unit or whole. */
  ObjectNode corrected(JsonNode resource, String patient) {
    ObjectNode next = resource.deepCopy();
    ObjectNode other = any(patient);
    for (int i = 0; i < 200 && !isSame(next, other); i++) {
      other = any(patient);
    }
    if (!isSame(next, other)) {
      return next.put("status", "entered-in-error");
    }
    other.put("id", next.path("id").asText());
    return other;
  }

  private static boolean isSame(JsonNode a, JsonNode b) {
    return a.path("resourceType").equals(b.path("resourceType"));
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String two(int most) {
    return String.format("%02d", 1 + random.nextInt(most));
  }

  private static ObjectNode resource(String type) {
    ObjectNode resource = FhirCalls.JSON.createObjectNode().put("resourceType", type);
    resource.putObject("meta");
    return resource;
  }
}
