package org.auscult.monitoring.alert;

import org.jspecify.annotations.Nullable;

/**
 * Between what a figure is in order, both ends included.
 *
 * @param least null if none is too small
 * @param most null if none is too great
 */
public record Limits(@Nullable Double least, @Nullable Double most) {
  public Limits {
    if ((least != null && !Double.isFinite(least)) || (most != null && !Double.isFinite(most))) {
      throw new IllegalArgumentException("Limits are finite: " + least + ", " + most);
    }
  }

  /** Whether a window's figure lies outside. */
  boolean areBreached(FigurePoint point, Compared compared) {
    return (least != null && point.forLeast(compared) < least)
        || (most != null && point.forMost(compared) > most);
  }
}
