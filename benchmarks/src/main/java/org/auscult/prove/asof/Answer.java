package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An answer of {@code $features}, as the server gave it.
 *
 * @param features the JSON of each feature, word for word
 */
record Answer(long epoch, List<JsonNode> features) {
  static Answer of(JsonNode parameters) {
    long epoch = -1;
    List<JsonNode> features = new ArrayList<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      switch (parameter.path("name").asText()) {
        case "epoch" -> epoch = parameter.path("valueDecimal").asLong();
        case "feature" -> features.add(parameter);
        default -> {}
      }
    }
    return new Answer(epoch, features);
  }

  List<Expected> values() {
    return features.stream().map(Answer::value).toList();
  }

  private static Expected value(JsonNode feature) {
    String name = "";
    String missing = "";
    double value = 0;
    String unit = "";
    String origin = "";
    Set<String> evidence = new TreeSet<>();
    Instant effective = null;
    Instant known = null;
    for (JsonNode part : feature.path("part")) {
      switch (part.path("name").asText()) {
        case "name" -> name = part.path("valueString").asText();
        case "missing" -> missing = part.path("valueCoding").path("code").asText();
        case "value" -> {
          JsonNode quantity = part.path("valueQuantity");
          value =
              part.has("valueBoolean")
                  ? (part.path("valueBoolean").asBoolean() ? 1 : 0)
                  : quantity.path("value").asDouble();
          unit = quantity.path("code").asText();
        }
        case "origin" -> origin = part.path("valueCode").asText();
        case "evidence" -> evidence.add(part.path("valueReference").path("reference").asText());
        case "effective" -> effective = instant(part);
        case "known" -> known = instant(part);
        default -> {}
      }
    }
    return new Expected(name, missing, value, unit, origin, evidence, effective, known);
  }

  private static @Nullable Instant instant(JsonNode part) {
    String text = part.path("valueInstant").asText();
    return text.isEmpty() ? null : Instant.parse(text);
  }
}
