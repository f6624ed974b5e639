package org.auscult.server.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A draft order of the demonstration.
 *
 * @param rxnorm null for a drug that the EHR names by text alone
 */
record Order(String drug, @Nullable String rxnorm) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final Order METFORMIN = new Order("metformin hydrochloride 1000 MG Oral Tablet", "861004");
  static final Order ENOXAPARIN =
      new Order("0.6 ML enoxaparin sodium 100 MG/ML Prefilled Syringe", "854238");
  static final Order BY_TEXT = new Order("a mixture of this ward", null);

  /** The order as a resource of the hook's context. */
  ObjectNode draft(String id, String patient) {
    ObjectNode order = JSON.createObjectNode();
    order.put("resourceType", "MedicationRequest").put("id", id);
    order.put("status", "draft").put("intent", "order");
    order.putObject("subject").put("reference", "Patient/" + patient);
    ObjectNode concept = order.putObject("medicationCodeableConcept");
    if (rxnorm != null) {
      concept
          .putArray("coding")
          .addObject()
          .put("system", "http://www.nlm.nih.gov/research/umls/rxnorm")
          .put("code", rxnorm)
          .put("display", drug);
    }
    concept.put("text", drug);
    return order;
  }
}
