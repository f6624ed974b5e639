package org.auscult.statistics.estimate;

import org.jspecify.annotations.Nullable;

/**
 * How sure a value is.
 *
 * @param interval null if none is defined or could be computed
 * @param pValue null if the value is not a test's
 * @param note what a reader must know besides, such as why there is no interval; null for nothing
 */
public record Certainty(
    @Nullable Interval interval, @Nullable PValue pValue, @Nullable String note) {
  static final Certainty NONE = new Certainty(null, null, null);
}
