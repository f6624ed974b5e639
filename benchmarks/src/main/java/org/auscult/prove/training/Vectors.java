package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Vectors as texts to compare: a feature's number, or {@code !} and the reason why it is missing.
 */
final class Vectors {
  private static final double RELATIVE = 1e-9;

  private Vectors() {}

  /** Of an answer of {@code $features}, by name. */
  static Map<String, String> online(JsonNode parameters) {
    Map<String, String> vector = new LinkedHashMap<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals("feature")) {
        String name = "";
        String value = "(neither a value nor a reason)";
        for (JsonNode part : parameter.path("part")) {
          switch (part.path("name").asText()) {
            case "name" -> name = part.path("valueString").asText();
            case "value" -> value = number(part);
            case "missing" -> value = "!" + part.at("/valueCoding/code").asText();
            default -> {}
          }
        }
        vector.put(name, value);
      }
    }
    return vector;
  }

  private static String number(JsonNode part) {
    return part.has("valueBoolean")
        ? (part.path("valueBoolean").asBoolean() ? "1.0" : "0.0")
        : String.valueOf(part.at("/valueQuantity/value").asDouble());
  }

  /** The same features of a row of a data set. */
  static Map<String, String> ofRow(JsonNode row, Iterable<String> names) {
    Map<String, String> vector = new LinkedHashMap<>();
    for (String name : names) {
      vector.put(
          name,
          row.path(name).isNumber()
              ? String.valueOf(row.path(name).asDouble())
              : "!" + row.path(name + "__missing").asText());
    }
    return vector;
  }

  /** Whether what came is what a golden case expects. */
  static boolean isExpected(JsonNode expected, String given) {
    if (expected.isTextual()) {
      return given.equals("!" + expected.asText());
    }
    if (expected.has("missing")) {
      return given.equals("!" + expected.path("missing").asText());
    }
    if (given.startsWith("!")) {
      return false;
    }
    double aim = expected.isNumber() ? expected.asDouble() : expected.path("value").asDouble();
    double tolerance = expected.path("tolerance").asDouble(RELATIVE);
    double apart = Math.abs(Double.parseDouble(given) - aim);
    return apart <= tolerance * (aim == 0 ? 1 : Math.abs(aim));
  }
}
