package org.auscult.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.Lookback;

/**
 * Inputs that belong to one set of observations: none of them may be older than the newest by more
 * than a span (safety rule 14).
 *
 * @param inputs their names
 */
public record InputSpread(Lookback within, Set<String> inputs) {
  public InputSpread {
    Objects.requireNonNull(within);
    inputs = Set.copyOf(inputs);
  }

  /**
   * Whether what was measured at one instant belongs to the set whose newest value is of another.
   */
  public boolean joins(Instant measured, Instant newest) {
    return !measured.isBefore(within.startBefore(newest));
  }
}
