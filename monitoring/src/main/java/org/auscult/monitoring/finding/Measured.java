package org.auscult.monitoring.finding;

import java.time.Instant;
import java.util.List;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A figure that is out of order, and what would be in order.
 *
 * @param figure code, such as {@code auroc}
 * @param parameters of its definition, as {@code name = value}
 * @param by of a gap, between the groups of which way of grouping; null otherwise
 * @param value finite
 * @param interval null if it has none
 * @param n rows that it is made of
 * @param least the least value in order; null if none is too small
 * @param most the greatest; null if none is too great
 * @param start of the window, inclusive
 * @param end exclusive
 */
public record Measured(
    String figure,
    List<String> parameters,
    @Nullable String by,
    double value,
    @Nullable Interval interval,
    long n,
    @Nullable Double least,
    @Nullable Double most,
    Instant start,
    Instant end) {
  public Measured {
    parameters = List.copyOf(parameters);
    if (!Double.isFinite(value) || !start.isBefore(end)) {
      throw new IllegalArgumentException("No measure: " + value + " from " + start + " to " + end);
    }
  }
}
