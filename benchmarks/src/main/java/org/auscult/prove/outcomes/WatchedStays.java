package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.prove.FhirCalls;

/** Patients in hospital of whom a model speaks, a deployment that shows it, a rule that watches. */
final class WatchedStays {
  static final String SERVICE = "watched";

  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final int AT_ONCE = 4;

  private final List<FhirCalls> nodes;
  private final PredictionFile file;
  private final String model;

  /**
   * @param nodes of one database, which are asked in turn
   * @param file whose patients they are
   * @param model {@code url|version}
   */
  WatchedStays(List<FhirCalls> nodes, PredictionFile file, String model) {
    this.nodes = List.copyOf(nodes);
    this.file = file;
    this.model = model;
  }

  /** Patients in hospital are predicted, and leave. */
  void stays(String prefix, List<Boolean> fates) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < fates.size(); i++) {
        String patient = prefix + i + "-";
        boolean dies = fates.get(i);
        running.add(
            threads.submit(
                () -> {
                  predict(patient);
                  leave(patient, dies);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
  }

  private void predict(String prefix) throws IOException, InterruptedException {
    Moments now = new Moments(Instant.now());
    for (JsonNode resource : file.before()) {
      put(now.resource(resource, prefix));
    }
    put(stay(prefix, "in-progress"));
    ObjectNode asked = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    asked.putArray("parameter").addObject().put("name", "model").put("valueString", model);
    FhirCalls.Answer answer = node(prefix).post("/fhir/Patient/" + prefix + "p/$predict", asked);
    if (answer.status() != 200) {
      throw new IOException("$predict: HTTP " + answer.status());
    }
  }

  void leave(String prefix, boolean dies) throws IOException, InterruptedException {
    Instant now = Instant.now();
    ObjectNode patient = new Moments(now).resource(file.before().get(0), prefix);
    if (dies) {
      patient.put("deceasedDateTime", now.toString());
    }
    put(patient);
    put(stay(prefix, "finished"));
  }

  private ObjectNode stay(String prefix, String status) {
    ObjectNode stay = FhirCalls.JSON.createObjectNode().put("resourceType", "Encounter");
    stay.put("id", prefix + "e").put("status", status);
    stay.putObject("class")
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .put("code", "IMP");
    stay.putObject("subject").put("reference", "Patient/" + prefix + "p");
    ObjectNode period = stay.putObject("period");
    period.put("start", Instant.now().minus(Duration.ofHours(1)).toString());
    if (status.equals("finished")) {
      period.put("end", Instant.now().toString());
    }
    return stay;
  }

  private FhirCalls node(String prefix) {
    return nodes.get(Math.floorMod(prefix.hashCode(), nodes.size()));
  }

  private void put(ObjectNode resource) throws IOException, InterruptedException {
    String id = resource.path("id").asText();
    String path = "/fhir/" + resource.path("resourceType").asText() + "/" + id;
    FhirCalls.Answer answer = node(id).put(path, resource);
    if (answer.status() / 100 != 2) {
      throw new IOException(path + ": HTTP " + answer.status());
    }
  }

  /** It asks for all of the model's first output, and for its suspension. */
  ObjectNode deployment() throws IOException, InterruptedException {
    ObjectNode plan = plan("deployment", SERVICE);
    ArrayNode extensions = plan.putArray("extension");
    extension(extensions, "deployment-service").put("valueString", SERVICE);
    extension(extensions, "deployment-on-failure").put("valueCode", "not-assessed");
    extension(extensions, "deployment-suspends").put("valueBoolean", true);
    ObjectNode action = plan.putArray("action").addObject();
    action.putArray("trigger").addObject().put("type", "named-event").put("name", "patient-view");
    ObjectNode card = action.putArray("action").addObject();
    card.put("title", "KFRE").put("description", "Of a proof.");
    card.putArray("documentation")
        .addObject()
        .put("type", "documentation")
        .put("url", "https://example.org/publication");
    ArrayNode parts = card.putArray("extension");
    extension(parts, "deployment-model").put("valueCanonical", model);
    ArrayNode output = extension(parts, "deployment-output").putArray("extension");
    output.addObject().put("url", "output").put("valueString", output());
    output.addObject().put("url", "title").put("valueString", "Risk");
    output.addObject().put("url", "warning").put("valueDecimal", 0);
    output.addObject().put("url", "critical").put("valueDecimal", 100);
    output.addObject().put("url", "show").put("valueDecimal", 0);
    return plan;
  }

  /** The first of the model's outputs, which names the outcome. */
  String output() throws IOException, InterruptedException {
    String[] canonical = model.split("\\|");
    String query = "/fhir/Library?url=" + canonical[0] + "&version=" + canonical[1];
    JsonNode library = nodes.get(0).get(query).body().at("/entry/0/resource");
    for (JsonNode extension : library.path("extension")) {
      if (extension.path("url").asText().equals(SD + "model-output")) {
        for (JsonNode part : extension.path("extension")) {
          if (part.path("url").asText().equals("name")) {
            return part.path("valueString").asText();
          }
        }
      }
    }
    throw new IOException(model + " has no output");
  }

  /** More than half die: it is a critical finding, of twelve patients or more. */
  ObjectNode rule() {
    ObjectNode plan = plan("alert-rule", "more-deaths");
    ArrayNode extensions = plan.putArray("extension");
    extension(extensions, "alert-model").put("valueCanonical", model);
    extension(extensions, "alert-figure")
        .putArray("extension")
        .addObject()
        .put("url", "code")
        .put("valueCode", "prevalence");
    extension(extensions, "alert-window").put("valueCode", "month");
    ArrayNode test = extension(extensions, "alert-test").putArray("extension");
    test.addObject().put("url", "kind").put("valueCode", "fixed");
    test.addObject().put("url", "upper").put("valueDecimal", 0.5);
    test.addObject().put("url", "compared").put("valueCode", "point");
    extension(extensions, "alert-minimum").put("valuePositiveInt", 12);
    extension(extensions, "alert-severity").put("valueCode", "critical");
    return plan.put("status", "active");
  }

  private static ObjectNode plan(String profile, String name) {
    ObjectNode plan = FhirCalls.JSON.createObjectNode().put("resourceType", "PlanDefinition");
    plan.putObject("meta").putArray("profile").add(SD + profile);
    plan.put("url", "https://example.org/PlanDefinition/" + name).put("version", "1.0.0");
    plan.put("name", "Proof").put("title", name).put("status", "draft");
    plan.put("description", "Of a proof.");
    plan.putObject("type")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/plan-definition-type")
        .put("code", "eca-rule");
    return plan;
  }

  private static ObjectNode extension(ArrayNode extensions, String name) {
    return extensions.addObject().put("url", SD + name);
  }
}
