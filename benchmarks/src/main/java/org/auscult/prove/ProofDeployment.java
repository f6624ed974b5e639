package org.auscult.prove;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/** A deployment as an integrator would write it, posted and let go live by a proof. */
final class ProofDeployment {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/deployment";
  private static final String UCUM = "http://unitsofmeasure.org";

  private final String service;
  private final ObjectNode plan = FhirCalls.JSON.createObjectNode();
  private final ArrayNode extensions;
  private final ArrayNode models;

  /**
   * @param service also its id
   */
  ProofDeployment(String service, String onFailure, String... hooks) {
    this.service = service;
    plan.put("resourceType", "PlanDefinition").put("id", service);
    plan.putObject("meta").putArray("profile").add(SD);
    plan.put("url", "https://example.org/PlanDefinition/" + service).put("version", "1.0.0");
    plan.put("name", "Proof").put("title", service).put("status", "draft");
    plan.put("description", "Of a proof.");
    VectorRecords.coding(
        plan.putObject("type"),
        "http://terminology.hl7.org/CodeSystem/plan-definition-type",
        "eca-rule");
    extensions = plan.putArray("extension");
    extension(extensions, SD + "-service").put("valueString", service);
    extension(extensions, SD + "-on-failure").put("valueCode", onFailure);
    ObjectNode action = plan.putArray("action").addObject();
    ArrayNode triggers = action.putArray("trigger");
    for (String hook : hooks) {
      triggers.addObject().put("type", "named-event").put("name", hook);
    }
    models = action.putArray("action");
  }

  /** Shows one more model, as its part then says. */
  ProofDeployment model(String canonical, String label, Consumer<ProofModel> part) {
    ObjectNode card = models.addObject();
    card.put("title", label).put("description", "Of a proof.");
    card.putArray("documentation")
        .addObject()
        .put("type", "documentation")
        .put("url", "https://example.org/publication");
    ArrayNode parts = card.putArray("extension");
    extension(parts, SD + "-model").put("valueCanonical", canonical);
    part.accept(new ProofModel(parts));
    return this;
  }

  /** One model's part of it. */
  static final class ProofModel {
    private final ArrayNode parts;

    private ProofModel(ArrayNode parts) {
      this.parts = parts;
    }

    /** Which version speaks if it fails. */
    ProofModel fallback(String canonical) {
      extension(parts, SD + "-fallback").put("valueCanonical", canonical);
      return this;
    }

    /** Shows one more output. */
    ProofModel output(String name, String title) {
      output(name, title, FhirCalls.JSON.createArrayNode());
      return this;
    }

    /** The same with its thresholds, in the unit shown. */
    ProofModel output(String name, String title, double warning, double critical) {
      ArrayNode thresholds = FhirCalls.JSON.createArrayNode();
      thresholds.addObject().put("url", "warning").put("valueDecimal", warning);
      thresholds.addObject().put("url", "critical").put("valueDecimal", critical);
      output(name, title, thresholds);
      return this;
    }

    /** The same, shown from a number on. */
    ProofModel output(String name, String title, double warning, double critical, double show) {
      output(name, title, warning, critical);
      ArrayNode last = (ArrayNode) parts.get(parts.size() - 1).path("extension");
      last.addObject().put("url", "show").put("valueDecimal", show);
      return this;
    }

    private void output(String name, String title, ArrayNode thresholds) {
      ArrayNode output = extension(parts, SD + "-output").putArray("extension");
      output.addObject().put("url", "output").put("valueString", name);
      output.addObject().put("url", "title").put("valueString", title);
      output.addAll(thresholds);
    }
  }

  /** Silent while unchanged, and after an override, for so many days. */
  ProofDeployment silent(int unchanged, int snooze) {
    ArrayNode display = extension(extensions, SD + "-display").putArray("extension");
    days(display, "unchanged", unchanged);
    days(display, "snooze", snooze);
    return this;
  }

  private static void days(ArrayNode display, String name, int days) {
    ObjectNode duration = display.addObject().put("url", name).putObject("valueDuration");
    duration.put("value", days).put("system", UCUM).put("code", "d");
  }

  private static ObjectNode extension(ArrayNode extensions, String url) {
    return extensions.addObject().put("url", url);
  }

  /** Posts it and lets it go live. */
  void goLive(Ehr ehr) throws IOException, InterruptedException {
    String path = "/fhir/PlanDefinition/" + service;
    require(ehr.as("informaticist").put(path, plan), path);
    operate(ehr, "$go-live");
  }

  void suspend(Ehr ehr) throws IOException, InterruptedException {
    operate(ehr, "$suspend");
  }

  private void operate(Ehr ehr, String operation) throws IOException, InterruptedException {
    String path = "/fhir/PlanDefinition/" + service + "/" + operation;
    require(
        ehr.as("approver")
            .post(path, FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters")),
        path);
    ehr.forget();
  }

  private static void require(FhirCalls.Answer answer, String what) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException(
          what + " was answered with HTTP " + answer.status() + " " + answer.body());
    }
  }
}
