package org.auscult.prove.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One feature at one index time: a number, or the reason why there is none.
 *
 * @param missing the reason's code; empty if there is a number
 */
record Cell(double number, String missing) {
  /** Far more than the arithmetic of doubles loses, far less than any other answer. */
  private static final double RELATIVE = 1e-9;

  /** What is nothing but the rounding of a zero. */
  private static final double NOTHING = 1e-12;

  /** As the other program writes it: a number, or {@code !} and the reason. */
  static Cell parse(String text) {
    return text.startsWith("!")
        ? new Cell(Double.NaN, text.substring(1))
        : new Cell(Double.parseDouble(text), "");
  }

  /** The features of an answer of {@code $features}, by name, in its order. */
  static Map<String, Cell> of(JsonNode parameters) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals("feature")) {
        String name = "";
        Cell cell = new Cell(Double.NaN, "(neither a value nor a reason)");
        for (JsonNode part : parameter.path("part")) {
          switch (part.path("name").asText()) {
            case "name" -> name = part.path("valueString").asText();
            case "value" -> cell = new Cell(number(part), "");
            case "missing" ->
                cell = new Cell(Double.NaN, part.path("valueCoding").path("code").asText());
            default -> {}
          }
        }
        cells.put(name, cell);
      }
    }
    return cells;
  }

  private static double number(JsonNode part) {
    if (part.has("valueBoolean")) {
      return part.path("valueBoolean").asBoolean() ? 1 : 0;
    }
    JsonNode value = part.path("valueQuantity").path("value");
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }

  boolean isMissing() {
    return !missing.isEmpty();
  }

  /** The same number but for rounding, or missing for the same reason. */
  boolean agrees(Cell other) {
    if (isMissing() || other.isMissing()) {
      return missing.equals(other.missing);
    }
    double apart = Math.abs(number - other.number);
    return apart <= RELATIVE * Math.max(Math.abs(number), Math.abs(other.number))
        || apart <= NOTHING;
  }

  @Override
  public String toString() {
    return isMissing() ? "missing (" + missing + ")" : Double.toString(number);
  }
}
