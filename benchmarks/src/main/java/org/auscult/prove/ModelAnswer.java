package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code $predict} said of one patient, of the model that was asked for.
 *
 * @param reference of the resource that the result is stored in; empty if there is no number
 * @param reasons the codes of why there is none, each with its kind: {@code not-eligible}
 */
record ModelAnswer(Optional<String> reference, Set<String> reasons) {
  static ModelAnswer of(FhirCalls fhir, String patient, String model)
      throws IOException, InterruptedException {
    ObjectNode parameters = FhirCalls.JSON.createObjectNode();
    parameters.put("resourceType", "Parameters");
    parameters.putArray("parameter").addObject().put("name", "model").put("valueString", model);
    JsonNode answer = fhir.post("/fhir/Patient/" + patient + "/$predict", parameters).body();
    JsonNode runs = answer.path("parameter");
    Optional<String> reference = Optional.empty();
    Set<String> reasons = new TreeSet<>();
    for (JsonNode part : runs.path(runs.size() - 1).path("part")) {
      String name = part.path("name").asText();
      if (name.equals("resource")) {
        reference = Optional.of(part.path("valueReference").path("reference").asText());
      } else if (name.startsWith("not-")) {
        reasons.add(name + "/" + part.path("part").path(0).path("valueCode").asText());
      }
    }
    return new ModelAnswer(reference, reasons);
  }

  String inWords() {
    return reasons.isEmpty() ? "and no reason" : String.join(", ", reasons);
  }
}
