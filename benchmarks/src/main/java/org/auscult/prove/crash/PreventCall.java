package org.auscult.prove.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.Random;

/** A call of cvd-risk with all that PREVENT needs, for patients of another hospital's server. */
final class PreventCall {
  static final String EXPLANATION = "https://auscult.org/fhir/StructureDefinition/explanation";
  private static final String EHR = "https://ehr.example.org/fhir";
  private static final ObjectMapper JSON = new ObjectMapper();

  private PreventCall() {}

  /**
   * The body of a call.
   *
   * @param templates the service's prefetch: each key gets the resources of its query's type
   * @param patient the same number is the same patient with the same values
   */
  static String body(Map<String, String> templates, String instance, int patient) {
    Random random = new Random(patient);
    String id = "p" + patient;
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", "patient-view").put("hookInstance", instance).put("fhirServer", EHR);
    call.putObject("context").put("userId", "Practitioner/1").put("patientId", id);
    ArrayNode observations = observations(id, random);
    ObjectNode prefetch = call.putObject("prefetch");
    templates.forEach(
        (key, query) -> {
          if (query.startsWith("Patient")) {
            prefetch.set(key, patient(id, random));
          } else {
            ObjectNode bundle = prefetch.putObject(key);
            bundle.put("resourceType", "Bundle").put("type", "searchset");
            ArrayNode entries = bundle.putArray("entry");
            if (query.startsWith("Observation")) {
              observations.forEach(o -> entries.addObject().set("resource", o));
            }
          }
        });
    return call.toString();
  }

  private static ObjectNode patient(String id, Random random) {
    ObjectNode patient = JSON.createObjectNode();
    patient.put("resourceType", "Patient").put("id", id);
    patient.put("gender", random.nextBoolean() ? "female" : "male");
    patient.put("birthDate", LocalDate.now().minusYears(40 + random.nextInt(30)).toString());
    return patient;
  }

  private static ArrayNode observations(String patient, Random random) {
    ArrayNode all = JSON.createArrayNode();
    all.add(observation(patient, "2093-3", 150 + random.nextInt(100), "mg/dL"));
    all.add(observation(patient, "2085-9", 35 + random.nextInt(40), "mg/dL"));
    all.add(observation(patient, "8480-6", 110 + random.nextInt(60), "mm[Hg]"));
    all.add(observation(patient, "39156-5", 20 + random.nextInt(15), "kg/m2"));
    all.add(observation(patient, "98979-8", 50 + random.nextInt(50), "mL/min/{1.73_m2}"));
    ObjectNode smoking = resource(patient, "72166-2");
    ObjectNode answer = smoking.putObject("valueCodeableConcept").putArray("coding").addObject();
    answer.put("system", "http://snomed.info/sct").put("code", "266919005");
    all.add(smoking);
    return all;
  }

  private static ObjectNode observation(String patient, String loinc, int value, String unit) {
    ObjectNode observation = resource(patient, loinc);
    observation
        .putObject("valueQuantity")
        .put("value", value)
        .put("unit", unit)
        .put("system", "http://unitsofmeasure.org")
        .put("code", unit);
    return observation;
  }

  private static ObjectNode resource(String patient, String loinc) {
    ObjectNode observation = JSON.createObjectNode();
    observation.put("resourceType", "Observation").put("id", patient + "-" + loinc);
    observation.put("status", "final");
    observation
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", loinc);
    observation.putObject("subject").put("reference", "Patient/" + patient);
    observation.put("effectiveDateTime", LocalDate.now().minusDays(30) + "T10:00:00Z");
    return observation;
  }
}
