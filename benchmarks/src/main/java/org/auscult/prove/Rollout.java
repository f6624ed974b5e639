package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;

/**
 * What a person does after {@code serve --starter}: makes the drafts of models active, and lets the
 * deployments go live. Done already, it changes nothing.
 */
public final class Rollout {
  private static final String MODEL =
      "https://auscult.org/fhir/StructureDefinition/prediction-model";
  private static final String DEPLOYMENT =
      "https://auscult.org/fhir/StructureDefinition/deployment";

  private Rollout() {}

  public static void ofStarterPack(FhirCalls fhir) throws IOException, InterruptedException {
    ArrayNode activate = FhirCalls.JSON.createArrayNode();
    activate.addObject().put("op", "replace").put("path", "/status").put("value", "active");
    for (JsonNode entry : drafts(fhir, "Library", MODEL)) {
      require(fhir.patch(path(entry), activate), path(entry));
    }
    for (JsonNode entry : drafts(fhir, "PlanDefinition", DEPLOYMENT)) {
      String operation = path(entry) + "/$go-live";
      require(fhir.post(operation, parameters()), operation);
    }
  }

  private static JsonNode drafts(FhirCalls fhir, String type, String profile)
      throws IOException, InterruptedException {
    return fhir.get("/fhir/" + type + "?status=draft&_count=100&_profile=" + profile)
        .body()
        .path("entry");
  }

  private static String path(JsonNode entry) {
    JsonNode resource = entry.path("resource");
    return "/fhir/" + resource.path("resourceType").asText() + "/" + resource.path("id").asText();
  }

  private static JsonNode parameters() {
    return FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
  }

  private static void require(FhirCalls.Answer answer, String what) throws IOException {
    if (answer.status() != 200) {
      throw new IOException(what + " was answered with HTTP " + answer.status());
    }
  }
}
