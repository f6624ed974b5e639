package org.auscult.monitoring.cause;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
}
