package org.auscult.prove.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An answer of {@code $features}: of each feature all that is said but hashes and details. */
record Vector(Map<String, Map<String, Object>> features) {
  /** Far more than two conversions lose, far less than any other value. */
  private static final double RELATIVE = 1e-12;

  private static final Set<String> PASSED_OVER = Set.of("name", "mapping", "expansion", "detail");

  static Vector of(JsonNode parameters) {
    Map<String, Map<String, Object>> features = new LinkedHashMap<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals("feature")) {
        String name = "";
        Map<String, Object> said = new TreeMap<>();
        Set<String> evidence = new TreeSet<>();
        for (JsonNode part : parameter.path("part")) {
          String what = part.path("name").asText();
          if (what.equals("name")) {
            name = part.path("valueString").asText();
          } else if (what.equals("evidence")) {
            evidence.add(
                part.at("/valueReference/reference").asText().replace("/" + Rewriting.PREFIX, "/"));
          } else if (what.equals("value") && part.has("valueQuantity")) {
            said.put("value", part.at("/valueQuantity/value").asDouble());
            said.put("unit", part.at("/valueQuantity/code").asText());
          } else if (!PASSED_OVER.contains(what)) {
            said.put(what, part.toString());
          }
        }
        said.put("evidence", evidence);
        features.put(name, said);
      }
    }
    return new Vector(features);
  }

  /** The features of which the other says something else, each with what differs. */
  Map<String, String> differences(Vector other) {
    Map<String, String> differences = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>(features.keySet());
    names.addAll(other.features.keySet());
    for (String name : names) {
      Map<String, Object> one = features.getOrDefault(name, Map.of());
      Map<String, Object> two = other.features.getOrDefault(name, Map.of());
      Set<String> parts = new TreeSet<>(one.keySet());
      parts.addAll(two.keySet());
      for (String part : parts) {
        if (!isEqual(one.get(part), two.get(part))) {
          differences.put(name, part + ": " + one.get(part) + " and " + two.get(part));
        }
      }
    }
    return differences;
  }

  private static boolean isEqual(@Nullable Object one, @Nullable Object two) {
    if (one instanceof Double a && two instanceof Double b) {
      return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
    }
    return Objects.equals(one, two);
  }
}
