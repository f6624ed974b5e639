package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random patients of every kind that the cvd-risk service meets. */
public final class SamplePatients {
  private final Random random;

  public SamplePatients(Random random) {
    this.random = random;
  }

  /** Creates a patient with a record and returns its id. */
  public String create(FhirCalls fhir) throws IOException, InterruptedException {
    ObjectNode patient = resource("Patient");
    patient.put(
        "gender", random.nextInt(10) == 0 ? "other" : random.nextBoolean() ? "female" : "male");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    patient.put("birthDate", today.minusYears(20 + random.nextInt(65)).minusDays(90).toString());
    String id = fhir.create(patient);
    for (ObjectNode resource : record(id)) {
      fhir.create(resource);
    }
    return id;
  }

  /** A patient with a record that another server holds: ids, versions, the Patient first. */
  public List<ObjectNode> elsewhere(String id) {
    ObjectNode patient = resource("Patient");
    patient.put("id", id).put("gender", random.nextBoolean() ? "female" : "male");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    patient.put("birthDate", today.minusYears(31 + random.nextInt(48)).minusDays(90).toString());
    List<ObjectNode> all = new ArrayList<>(List.of(patient));
    for (ObjectNode resource : record(id)) {
      resource.put("id", id + "-" + all.size());
      resource.putObject("meta").put("versionId", String.valueOf(1 + random.nextInt(9)));
      all.add(resource);
    }
    return all;
  }

  private List<ObjectNode> record(String patient) {
    List<ObjectNode> record = new ArrayList<>();
    record.add(measured(patient, "2093-3", 130, 320, "mg/dL"));
    record.add(measured(patient, "2085-9", 25, 95, "mg/dL"));
    record.add(measured(patient, "8480-6", 92, 178, "mm[Hg]"));
    record.add(measured(patient, "39156-5", 19, 39, "kg/m2"));
    record.add(
        random.nextBoolean()
            ? measured(patient, "98979-8", 20, 135, "mL/min/{1.73_m2}")
            : measured(patient, "2160-0", 1, 2, "mg/dL"));
    ObjectNode smoking = observation(patient, "72166-2");
    smoking
        .putObject("valueCodeableConcept")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", random.nextBoolean() ? "266919005" : "449868002");
    record.add(smoking);
    if (random.nextInt(4) == 0) {
      record.add(condition(patient, random.nextBoolean() ? "44054006" : "22298006"));
    }
    if (random.nextInt(5) == 0) {
      record.remove(random.nextInt(record.size()));
    }
    return record;
  }

  /** The observations of someone for whom everything can be calculated. */
  public static List<ObjectNode> typical(String patient) {
    SamplePatients one = new SamplePatients(new Random(1));
    ObjectNode smoking = one.observation(patient, "72166-2");
    smoking
        .putObject("valueCodeableConcept")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", "266919005");
    List<ObjectNode> all =
        List.of(
            one.measured(patient, "2093-3", 190, 191, "mg/dL"),
            one.measured(patient, "2085-9", 50, 51, "mg/dL"),
            one.measured(patient, "8480-6", 130, 131, "mm[Hg]"),
            one.measured(patient, "39156-5", 27, 28, "kg/m2"),
            one.measured(patient, "98979-8", 80, 81, "mL/min/{1.73_m2}"),
            smoking);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).put("id", "o" + i);
    }
    return all;
  }

  private ObjectNode measured(String patient, String loinc, int low, int high, String unit) {
    double value = low + random.nextDouble() * (high - low);
    ObjectNode observation = observation(patient, loinc);
    observation
        .putObject("valueQuantity")
        .put("value", BigDecimal.valueOf(value).setScale(1, RoundingMode.DOWN))
        .put("unit", unit)
        .put("system", "http://unitsofmeasure.org")
        .put("code", unit);
    return observation;
  }

  private ObjectNode observation(String patient, String loinc) {
    ObjectNode observation = resource("Observation");
    observation.put("status", "final");
    observation.putObject("subject").put("reference", "Patient/" + patient);
    observation
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", loinc);
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(2 + random.nextInt(200));
    observation.put("effectiveDateTime", day + "T10:00:00Z");
    return observation;
  }

  private static ObjectNode condition(String patient, String snomed) {
    ObjectNode condition = resource("Condition");
    condition.putObject("subject").put("reference", "Patient/" + patient);
    condition
        .putObject("clinicalStatus")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/condition-clinical")
        .put("code", "active");
    condition
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", snomed);
    condition.put("onsetDateTime", "2018-05-01");
    return condition;
  }

  public static ObjectNode resource(String type) {
    return FhirCalls.JSON.createObjectNode().put("resourceType", type);
  }

  /** A patient-view call for a patient of this server. */
  public static ObjectNode chart(String root, String patient, String instance) {
    ObjectNode call = FhirCalls.JSON.createObjectNode();
    call.put("hook", "patient-view").put("hookInstance", instance);
    call.put("fhirServer", root + "/fhir");
    call.putObject("context").put("userId", "Practitioner/1").put("patientId", patient);
    return call;
  }

  /** The prediction that a card shows; empty for a card that says why there is none. */
  static String prediction(JsonNode card) {
    JsonNode explanation = card.path("extension").path("org.auscult.explanation");
    return explanation.has("outputs") ? explanation.path("prediction").asText() : "";
  }
}
