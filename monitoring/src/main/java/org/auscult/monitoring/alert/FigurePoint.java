package org.auscult.monitoring.alert;

import java.util.List;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What a figure was in a window.
 *
 * @param reference of the report that tells it, with its version
 * @param value null if it is unknown
 * @param interval null if there is none
 * @param n rows that it is made of
 * @param causes sentences that say why it is so, as far as the report does
 */
public record FigurePoint(
    ReportWindow window,
    String reference,
    @Nullable Double value,
    @Nullable Interval interval,
    long n,
    List<String> causes) {
  public FigurePoint {
    causes = List.copyOf(causes);
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException("A known value is finite, not " + value);
    }
  }

  /** Whether it can be judged: it is known, of enough rows, and has what is compared. */
  boolean counts(long minimum, Compared compared) {
    return value != null && n >= minimum && (compared == Compared.POINT || interval != null);
  }

  /** What is held against a least value. */
  double forLeast(Compared compared) {
    return compared == Compared.BOUND && interval != null ? interval.upper() : known();
  }

  /** What is held against a greatest value. */
  double forMost(Compared compared) {
    return compared == Compared.BOUND && interval != null ? interval.lower() : known();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException if it is unknown
   */
  double known() {
    if (value == null) {
      throw new IllegalStateException("The figure of " + reference + " is unknown");
    }
    return value;
  }
}
