package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A call for PREVENT's published example: a woman of 50 years, 160 mmHg treated, diabetes, BMI 35,
 * total cholesterol 200, HDL 45, eGFR 90, no smoker, no statin (14.7 %, Khan 2023, table S12).
 */
final class CallBuilder {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String EHR = "https://ehr.example.org/fhir";
  static final String INSTANCE = "7c0ad5b0-4d5e-4b1b-9c63-2f1f5a3b9e01";

  final ObjectNode call = JSON.createObjectNode();
  final ObjectNode context = call.putObject("context");
  final ObjectNode prefetch = call.putObject("prefetch");

  private CallBuilder() {
    call.put("hook", "patient-view").put("hookInstance", INSTANCE).put("fhirServer", EHR);
    context.put("patientId", "p1").put("userId", "Practitioner/dr1");
  }

  static CallBuilder example() {
    CallBuilder builder = new CallBuilder();
    builder.prefetch.set(
        "patient",
        read(
            """
            {"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1974-03-01",
             "identifier":[{"system":"urn:oid:1.2.3","value":"MRN-1"}],
             "name":[{"family":"Mustermann","given":["Erika"]}]}
            """));
    builder.prefetch.set(
        "observation",
        bundle(
            quantity("o1", "2093-3", "200", "mg/dL"),
            quantity("o2", "2085-9", "45", "mg/dL"),
            bloodPressure("o3", "160"),
            quantity("o4", "39156-5", "35", "kg/m2"),
            quantity("o5", "98979-8", "90", "mL/min/{1.73_m2}"),
            smoking("266919005", "Never smoked")));
    builder.prefetch.set("condition", bundle(condition("c1", "44054006")));
    builder.prefetch.set("medicationRequest", bundle(order("m1", "314076")));
    return builder;
  }

  static CallBuilder bare() {
    CallBuilder builder = new CallBuilder();
    builder.call.remove("prefetch");
    return builder;
  }

  CallBuilder with(Consumer<CallBuilder> change) {
    change.accept(this);
    return this;
  }

  ArrayNode entries(String key) {
    return (ArrayNode) prefetch.path(key).path("entry");
  }

  ObjectNode resource(String key, int index) {
    return (ObjectNode) entries(key).path(index).path("resource");
  }

  byte[] bytes() {
    return call.toString().getBytes(StandardCharsets.UTF_8);
  }

  static ObjectNode bundle(JsonNode... resources) {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    ArrayNode entries = bundle.putArray("entry");
    for (JsonNode resource : resources) {
      entries.addObject().set("resource", resource);
    }
    return bundle;
  }

  static JsonNode quantity(String id, String loinc, String value, String unit) {
    return quantity(id, loinc, value, unit, "2024-05-03T10:00:00+02:00");
  }

  static JsonNode quantity(String id, String loinc, String value, String unit, String at) {
    return read(
        """
        {"resourceType":"Observation","id":"%s","meta":{"versionId":"1"},"status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},
         "subject":{"reference":"Patient/p1"},"effectiveDateTime":"%s",
         "valueQuantity":{"value":%s,"unit":"%s","system":"http://unitsofmeasure.org","code":"%s"}}
        """
            .formatted(id, loinc, at, value, unit, unit));
  }

  static JsonNode bloodPressure(String id, String systolic) {
    return read(
        """
        {"resourceType":"Observation","id":"%s","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
         "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-05-03T10:00:00+02:00",
         "component":[
          {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
           "valueQuantity":{"value":%s,"unit":"mmHg","code":"mm[Hg]"}},
          {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},
           "valueQuantity":{"value":90,"unit":"mmHg","code":"mm[Hg]"}}]}
        """
            .formatted(id, systolic));
  }

  static JsonNode smoking(String snomed, String text) {
    return read(
        """
        {"resourceType":"Observation","id":"o6","status":"final",
         "code":{"coding":[{"system":"http://loinc.org","code":"72166-2"}]},
         "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2024-02-01",
         "valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"%s"}],
          "text":"%s"}}
        """
            .formatted(snomed, text));
  }

  static JsonNode condition(String id, String snomed) {
    return read(
        """
        {"resourceType":"Condition","id":"%s",
         "clinicalStatus":{"coding":[{"code":"active"}]},
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"%s"}]},
         "subject":{"reference":"%s/Patient/p1"},"onsetDateTime":"2015-01-01"}
        """
            .formatted(id, snomed, EHR));
  }

  static JsonNode order(String id, String rxnorm) {
    return read(
        """
        {"resourceType":"MedicationRequest","id":"%s","status":"active","intent":"order",
         "medicationCodeableConcept":{"coding":[
          {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"%s"}]},
         "subject":{"reference":"Patient/p1"},"authoredOn":"2024-01-05"}
        """
            .formatted(id, rxnorm));
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
