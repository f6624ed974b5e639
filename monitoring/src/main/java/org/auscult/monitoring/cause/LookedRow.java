package org.auscult.monitoring.cause;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;

/**
 * What the record held of one patient as a prediction was made.
 *
 * @param at index time
 * @param facts of the kinds that the model's features read
 * @param values of the features that had one, by name
 */
public record LookedRow(Instant at, List<SeenFact> facts, Map<String, Double> values) {
  public LookedRow {
    Objects.requireNonNull(at);
    facts = List.copyOf(facts);
    values = Map.copyOf(values);
  }

  /** One of a prediction, with the features of its vector that had a value. */
  public static LookedRow of(Instant at, List<SeenFact> facts, FeatureVector vector) {
    Map<String, Double> values = new HashMap<>();
    for (FeatureVector.Entry entry : vector.entries()) {
      if (entry.value() instanceof Present present) {
        values.put(entry.name(), present.value());
      }
    }
    return new LookedRow(at, facts, values);
  }
}
