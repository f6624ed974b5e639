package org.auscult.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went into one column.
 *
 * @param value in {@code unit}
 * @param text a coded answer for people; null if the number says it
 * @param evidence versioned references
 * @param effective when it was true; null if unknown or if absence was the evidence
 * @param fromModel canonical of the model whose output stood in; null if the feature itself
 */
public record InputValue(
    String input,
    double value,
    String unit,
    @Nullable String text,
    List<String> evidence,
    @Nullable Instant effective,
    @Nullable String fromModel) {
  public InputValue {
    Objects.requireNonNull(input);
    Objects.requireNonNull(unit);
    evidence = List.copyOf(evidence);
  }
}
