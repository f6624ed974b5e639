package org.auscult.prove.leakage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.auscult.prove.FhirCalls;

/** Makes random resources of one patient, of the codes that the features read. */
final class Course {
  private static final String LOINC = "http://loinc.org";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/";

  /** A kind of measurement with its usual values, far from those that are planted. */
  record Measure(String code, String unit, int low, int high) {}

  static final List<Measure> MEASURES =
      List.of(
          new Measure("8480-6", "mm[Hg]", 100, 150),
          new Measure("8462-4", "mm[Hg]", 60, 90),
          new Measure("33914-3", "mL/min/{1.73_m2}", 50, 90),
          new Measure("4548-4", "%", 5, 9),
          new Measure("29463-7", "kg", 60, 90),
          new Measure("8302-2", "cm", 150, 190),
          new Measure("9279-1", "/min", 12, 20),
          new Measure("2345-7", "mg/dL", 80, 110),
          new Measure("38483-4", "mg/dL", 1, 3),
          new Measure("8867-4", "/min", 60, 100),
          new Measure("2093-3", "mg/dL", 150, 250),
          new Measure("39156-5", "kg/m2", 20, 30));

  static final List<String> CONDITIONS =
      List.of("162864005", "160903007", "160904001", "73595000", "423315002");
  static final List<String> ORDERS = List.of("314076", "310798");
  static final List<String> PROCEDURES = List.of("265764009", "34043003");
  static final List<String> CLASSES = List.of("AMB", "EMER", "IMP");

  private final String prefix;
  private final String patient;
  private final Random random;
  private int next;

  /**
   * @param patient logical id; also the beginning of the ids of all that is made
   */
  Course(String patient, Random random) {
    this.prefix = patient + "-";
    this.patient = patient;
    this.random = random;
  }

  ObjectNode patient(LocalDate born, String gender) {
    return resource("Patient", patient).put("birthDate", born.toString()).put("gender", gender);
  }

  /** A usual value; {@code encounter} is left out if empty. */
  ObjectNode usual(Measure measure, Instant at, String encounter) {
    double value = measure.low() + random.nextInt(10 * (measure.high() - measure.low()) + 1) / 10.0;
    return measured(measure, at, BigDecimal.valueOf(value), encounter);
  }

  /** A value that no usual one comes near to: three times the highest, or a third of the lowest. */
  ObjectNode unusual(Measure measure, Instant at, String encounter) {
    BigDecimal value =
        random.nextBoolean()
            ? BigDecimal.valueOf(3L * measure.high() + random.nextInt(10))
            : BigDecimal.valueOf(measure.low() * 10L / 3 + random.nextInt(5), 1);
    return measured(measure, at, value, encounter);
  }

  private ObjectNode measured(Measure measure, Instant at, BigDecimal value, String encounter) {
    ObjectNode observation = mine("Observation").put("status", "final");
    coded(
        observation.putArray("category").addObject(),
        SYSTEM + "observation-category",
        "vital-signs");
    coded(observation.putObject("code"), LOINC, measure.code());
    observation.put("effectiveDateTime", at.toString());
    if (!encounter.isEmpty()) {
      observation.putObject("encounter").put("reference", "Encounter/" + encounter);
    }
    observation
        .putObject("valueQuantity")
        .put("value", value)
        .put("system", UCUM)
        .put("code", measure.unit());
    return observation;
  }

  ObjectNode smoking(Instant at, boolean smokes) {
    ObjectNode observation = mine("Observation").put("status", "final");
    coded(observation.putObject("code"), LOINC, "72166-2");
    observation.put("effectiveDateTime", at.toString());
    coded(
        observation.putObject("valueCodeableConcept"), SNOMED, smokes ? "449868002" : "266919005");
    return observation;
  }

  ObjectNode condition(String code, Instant onset) {
    ObjectNode condition = mine("Condition");
    coded(condition.putObject("clinicalStatus"), SYSTEM + "condition-clinical", "active");
    coded(condition.putObject("code"), SNOMED, code);
    return condition.put("onsetDateTime", onset.toString());
  }

  static ObjectNode abated(ObjectNode condition, Instant at) {
    ObjectNode abated = condition.deepCopy();
    coded(abated.putObject("clinicalStatus"), SYSTEM + "condition-clinical", "resolved");
    return abated.put("abatementDateTime", at.toString());
  }

  ObjectNode order(String code, Instant at) {
    ObjectNode order = mine("MedicationRequest").put("status", "active").put("intent", "order");
    coded(order.putObject("medicationCodeableConcept"), RXNORM, code);
    return order.put("authoredOn", at.toString());
  }

  ObjectNode procedure(String code, Instant at) {
    ObjectNode procedure = mine("Procedure").put("status", "completed");
    coded(procedure.putObject("code").put("text", "Dental care, or dialysis"), SNOMED, code);
    return procedure.put("performedDateTime", at.toString());
  }

  ObjectNode shot(Instant at) {
    ObjectNode shot = resource("Immunization", prefix + next++).put("status", "completed");
    shot.putObject("patient").put("reference", "Patient/" + patient);
    coded(shot.putObject("vaccineCode"), "http://hl7.org/fhir/sid/cvx", "140");
    return shot.put("occurrenceDateTime", at.toString());
  }

  /** A stay; still open if it has no length. */
  ObjectNode stay(String encounterClass, Instant start, Duration length) {
    boolean isOpen = length.isZero();
    ObjectNode stay = mine("Encounter").put("status", isOpen ? "in-progress" : "finished");
    stay.putObject("class").put("system", SYSTEM + "v3-ActCode").put("code", encounterClass);
    ObjectNode period = stay.putObject("period").put("start", start.toString());
    if (!isOpen) {
      period.put("end", start.plus(length).toString());
    }
    return stay;
  }

  private ObjectNode mine(String type) {
    ObjectNode resource = resource(type, prefix + next++);
    resource.putObject("subject").put("reference", "Patient/" + patient);
    return resource;
  }

  private static ObjectNode resource(String type, String id) {
    return FhirCalls.JSON.createObjectNode().put("resourceType", type).put("id", id);
  }

  private static void coded(ObjectNode concept, String system, String code) {
    ArrayNode codings = concept.putArray("coding");
    codings.addObject().put("system", system).put("code", code);
  }
}
