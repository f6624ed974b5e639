package org.auscult.prove.leakage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An answer of {@code $features}.
 *
 * @param features the JSON of each by its name, word for word
 */
record Vector(long epoch, Map<String, JsonNode> features) {
  static Vector of(JsonNode parameters) {
    long epoch = -1;
    Map<String, JsonNode> features = new LinkedHashMap<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "epoch" -> epoch = parameter.path("valueDecimal").asLong();
        case "feature" ->
            features.put(part(parameter, "name").path("valueString").asText(), parameter);
        default -> {}
      }
    }
    return new Vector(epoch, features);
  }

  /** Names of features that are not the same, with their evidence, times and reasons. */
  Set<String> differing(Vector other) {
    Set<String> names = new TreeSet<>(features.keySet());
    names.addAll(other.features.keySet());
    names.removeIf(n -> Objects.equals(features.get(n), other.features.get(n)));
    return names;
  }

  /** Names of features with another value, or missing for another reason. */
  Set<String> differingInValue(Vector other) {
    Set<String> names = differing(other);
    names.removeIf(n -> said(features.get(n)).equals(said(other.features.get(n))));
    return names;
  }

  private static String said(@Nullable JsonNode feature) {
    return feature == null ? "" : part(feature, "value") + " " + part(feature, "missing");
  }

  private static JsonNode part(JsonNode feature, String name) {
    for (JsonNode part : feature.path("part")) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    return feature.path("nothing");
  }
}
