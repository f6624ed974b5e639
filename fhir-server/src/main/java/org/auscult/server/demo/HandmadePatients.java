package org.auscult.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The patients that are made by hand, with their times counted back from now: three on a ward, two
 * whose kidneys are impaired.
 */
final class HandmadePatients {
  static final String LOW = "handmade-ward-low";
  static final String MEDIUM = "handmade-ward-medium";
  static final String HIGH = "handmade-ward-high";
  static final String STEADY = "handmade-kidneys-steady";
  static final String UNSTEADY = "handmade-kidneys-unsteady";

  private static final String NOW = "now-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private HandmadePatients() {}

  /** One transaction that writes all of them, each at its own id. */
  static ObjectNode transaction(Instant now) throws IOException {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    try (BufferedReader lines = open()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode resource = JSON.readTree(line);
        date(resource, now.truncatedTo(ChronoUnit.SECONDS));
        ObjectNode entry = entries.addObject();
        entry.set("resource", resource);
        String id = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
        entry.putObject("request").put("method", "PUT").put("url", id);
      }
    }
    return bundle;
  }

  private static BufferedReader open() {
    return new BufferedReader(
        new InputStreamReader(
            Objects.requireNonNull(
                HandmadePatients.class.getResourceAsStream("/org/auscult/demo/handmade.ndjson")),
            StandardCharsets.UTF_8));
  }

  private static void date(JsonNode node, Instant now) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                String text = field.getValue().asText();
                if (field.getValue().isTextual() && text.startsWith(NOW)) {
                  Duration ago = Duration.parse(text.substring(NOW.length()));
                  field.setValue(new TextNode(now.minus(ago).toString()));
                }
              });
    }
    node.forEach(child -> date(child, now));
  }
}
