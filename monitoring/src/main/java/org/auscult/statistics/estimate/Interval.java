package org.auscult.statistics.estimate;

/**
 * An interval of confidence, both ends included.
 *
 * @param level such as 0.95
 * @param method such as {@code wilson}
 */
public record Interval(double lower, double upper, double level, String method) {
  /** The level of all our intervals. */
  public static final double LEVEL = 0.95;

  public Interval {
    if (!(lower <= upper) || !Double.isFinite(lower) || !Double.isFinite(upper)) {
      throw new IllegalArgumentException("No interval: from " + lower + " to " + upper);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("A level lies within 0 and 1, and not at " + level);
    }
  }

  /** At {@link #LEVEL}. */
  public static Interval of(double lower, double upper, String method) {
    return new Interval(lower, upper, LEVEL, method);
  }

  /** The part of it within these ends. */
  public Interval clippedTo(double least, double most) {
    return new Interval(
        Math.min(most, Math.max(least, lower)),
        Math.max(least, Math.min(most, upper)),
        level,
        method);
  }
}
