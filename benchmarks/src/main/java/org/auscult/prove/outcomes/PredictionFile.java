package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.auscult.prove.FhirCalls;

/**
 * A file of predictions and what must be said of them; see docs/outcomes.md for the format.
 *
 * @param name of the file
 * @param json as it is
 */
record PredictionFile(String name, JsonNode json) {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";
  private static final String HORIZON = SD + "outcome-horizon";

  /** Those that lie in a folder itself. */
  static List<PredictionFile> in(Path folder) throws IOException {
    List<PredictionFile> files = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> found = Files.list(folder)) {
      for (Path path : found.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode json = FhirCalls.JSON.readTree(path.toFile());
        if (json.path("predictions").isArray()) {
          files.add(new PredictionFile(path.getFileName().toString(), json));
        }
      }
    }
    return files;
  }

  JsonNode predictions() {
    return json.path("predictions");
  }

  /** What each patient has before the prediction. */
  JsonNode before() {
    return json.path("before");
  }

  /**
   * Creates its definitions, and for each outcome a copy of its model that names it.
   *
   * @param author calls of who may write definitions
   * @return name of the outcome to the model's canonical
   */
  Map<String, String> define(FhirCalls author, FhirCalls modeller)
      throws IOException, InterruptedException {
    for (String member : List.of("valueSets", "definitions", "outcomes")) {
      for (JsonNode definition : json.path(member)) {
        author.create(definition);
      }
    }
    String[] model = json.path("model").asText().split("\\|");
    JsonNode found =
        modeller
            .get("/fhir/Library?url=" + model[0] + "&version=" + model[1])
            .body()
            .at("/entry/0/resource");
    if (found.isMissingNode()) {
      throw new IOException(json.path("model").asText() + " is not here");
    }
    Map<String, String> models = new HashMap<>();
    for (JsonNode outcome : json.path("outcomes")) {
      String name = outcome.path("name").asText();
      ObjectNode copy = naming(found.deepCopy(), outcome);
      copy.put("url", outcome.path("url").asText() + "-model").put("name", name + "_model");
      modeller.create(copy);
      models.put(name, copy.path("url").asText() + "|" + copy.path("version").asText());
    }
    return models;
  }

  private static ObjectNode naming(ObjectNode model, JsonNode outcome) {
    model.put("status", "active").remove(List.of("id", "text", "meta"));
    model.putObject("meta").putArray("profile").add(SD + "prediction-model");
    boolean isNamed = false;
    for (JsonNode extension : model.path("extension")) {
      if (extension.path("url").asText().equals(SD + "model-output")) {
        ArrayNode parts = ((ObjectNode) extension).withArray("extension");
        removeIf(parts, "outcome");
        if (!isNamed) {
          name(parts, outcome);
          isNamed = true;
        }
      }
    }
    if (!isNamed) {
      throw new IllegalArgumentException("The model has no output");
    }
    return model;
  }

  private static void removeIf(ArrayNode parts, String url) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).path("url").asText().equals(url)) {
        parts.remove(i);
      }
    }
  }

  private static void name(ArrayNode parts, JsonNode outcome) {
    for (JsonNode part : parts) {
      if (part.path("url").asText().equals("horizon")) {
        horizon(outcome).ifPresent(length -> ((ObjectNode) part).set("valueDuration", length));
      }
    }
    String canonical = outcome.path("url").asText() + "|" + outcome.path("version").asText();
    parts.addObject().put("url", "outcome").put("valueCanonical", canonical);
  }

  private static Optional<JsonNode> horizon(JsonNode outcome) {
    for (JsonNode extension : outcome.path("extension")) {
      if (extension.path("url").asText().equals(HORIZON)) {
        return Optional.of(extension.path("valueDuration"));
      }
    }
    return Optional.empty();
  }
}
