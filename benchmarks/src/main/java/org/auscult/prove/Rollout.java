package org.auscult.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * What a person does after {@code serve --starter}: makes the drafts of models and order rules
 * active, and lets deployments go live. Done already, it changes nothing.
 *
 * <p>A proof asks the same of the same patient again and again, which the starter pack's
 * deployments answer with silence. So copies of them go live that show every number, each time.
 */
public final class Rollout {
  private static final String MODEL =
      "https://auscult.org/fhir/StructureDefinition/prediction-model";
  private static final String ORDER_RULES =
      "https://auscult.org/fhir/StructureDefinition/order-rules";
  private static final String DEPLOYMENT =
      "https://auscult.org/fhir/StructureDefinition/deployment";

  private static final String DISPLAY = DEPLOYMENT + "-display";
  private static final String OUTPUT = DEPLOYMENT + "-output";
  private static final String SPEAKING = "-speaking";

  private Rollout() {}

  /**
   * Lets it go live.
   *
   * @param fhir of who may change definitions
   * @param approver calls of who may let them go live
   */
  public static void ofStarterPack(FhirCalls fhir, FhirCalls approver)
      throws IOException, InterruptedException {
    ArrayNode activate = FhirCalls.JSON.createArrayNode();
    activate.addObject().put("op", "replace").put("path", "/status").put("value", "active");
    for (String profile : List.of(MODEL, ORDER_RULES)) {
      for (JsonNode entry : drafts(fhir, "Library", profile)) {
        require(fhir.patch(path(entry), activate), path(entry));
      }
    }
    for (JsonNode entry : drafts(fhir, "PlanDefinition", DEPLOYMENT)) {
      String copy = "/fhir/PlanDefinition/" + entry.path("resource").path("id").asText() + SPEAKING;
      // On a database that a server had before, it is live already, and does not change any more.
      if (fhir.get(copy).status() != 200) {
        require(fhir.put(copy, speaking(entry.path("resource"))), copy);
        require(approver.post(copy + "/$go-live", parameters()), copy + "/$go-live");
      }
    }
  }

  /** A deployment without silence: what it shows is not limited, and shown from any number on. */
  private static ObjectNode speaking(JsonNode deployment) {
    ObjectNode copy = deployment.deepCopy();
    copy.putObject("meta").putArray("profile").add(DEPLOYMENT);
    copy.put("id", deployment.path("id").asText() + SPEAKING);
    copy.put("url", deployment.path("url").asText() + SPEAKING);
    removeIf(copy.path("extension"), DISPLAY);
    for (JsonNode action : copy.path("action")) {
      for (JsonNode card : action.path("action")) {
        for (JsonNode extension : card.path("extension")) {
          if (extension.path("url").asText().equals(OUTPUT)) {
            ((ObjectNode) extension)
                .withArray("extension")
                .addObject()
                .put("url", "show")
                .put("valueDecimal", 0);
          }
        }
      }
    }
    return copy;
  }

  private static void removeIf(JsonNode extensions, String url) {
    Iterator<JsonNode> all = extensions.elements();
    while (all.hasNext()) {
      if (all.next().path("url").asText().equals(url)) {
        all.remove();
      }
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
    if (answer.status() / 100 != 2) {
      throw new IOException(what + " was answered with HTTP " + answer.status());
    }
  }
}
