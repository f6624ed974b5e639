package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Small resources as an EHR would write them, for vectors. */
final class VectorRecords {
  static final String LOINC = "http://loinc.org";
  static final String SNOMED = "http://snomed.info/sct";

  private VectorRecords() {}

  static ObjectNode number(String patient, String loinc, JsonNode value, String unit) {
    ObjectNode observation = observation(patient, loinc);
    quantity(observation, value, unit);
    return observation;
  }

  static ObjectNode observation(String patient, String loinc) {
    ObjectNode observation = about(patient, "Observation");
    observation.put("status", "final");
    coding(observation.putObject("code"), LOINC, loinc);
    observation.put("effectiveDateTime", daysAgo(20) + "T08:00:00Z");
    return observation;
  }

  static ObjectNode order(String patient, String rxnorm) {
    ObjectNode order = about(patient, "MedicationRequest");
    order.put("status", "active").put("intent", "order").put("authoredOn", daysAgo(60).toString());
    coding(
        order.putObject("medicationCodeableConcept"),
        "http://www.nlm.nih.gov/research/umls/rxnorm",
        rxnorm);
    return order;
  }

  static LocalDate daysAgo(int days) {
    return LocalDate.now(ZoneOffset.UTC).minusDays(days);
  }

  static ObjectNode about(String patient, String type) {
    ObjectNode resource = FhirCalls.JSON.createObjectNode();
    resource.put("resourceType", type);
    resource.putObject("subject").put("reference", "Patient/" + patient);
    return resource;
  }

  static void coding(ObjectNode concept, String system, String code) {
    concept.putArray("coding").addObject().put("system", system).put("code", code);
  }

  static void quantity(ObjectNode holder, JsonNode value, String unit) {
    ObjectNode quantity = holder.putObject("valueQuantity");
    quantity.set("value", value);
    quantity.put("unit", unit).put("system", "http://unitsofmeasure.org").put("code", unit);
  }

  static ObjectNode pressure(String patient, JsonNode systolic) {
    ObjectNode panel = observation(patient, "85354-9");
    ObjectNode component = panel.putArray("component").addObject();
    coding(component.putObject("code"), LOINC, "8480-6");
    quantity(component, systolic, "mm[Hg]");
    return panel;
  }
}
