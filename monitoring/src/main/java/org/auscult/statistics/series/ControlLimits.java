package org.auscult.statistics.series;

import java.util.List;
import java.util.Optional;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * Within what a figure lay in the reference's chunks: their mean, and three standard deviations (of
 * a sample, by n − 1) to both sides.
 *
 * <p>Source: Shewhart, Economic Control of Quality of Manufactured Product, 1931.
 *
 * @param mean of the chunks
 * @param deviation not negative
 */
public record ControlLimits(double mean, double deviation) {
  /** So many deviations to both sides. */
  public static final double WIDTH = 3;

  public ControlLimits {
    if (!Double.isFinite(mean) || !(deviation >= 0) || !Double.isFinite(deviation)) {
      throw new IllegalArgumentException("No limits: " + mean + " ± " + deviation);
    }
  }

  /** Of the figure's values in the reference's chunks; empty of fewer than two. */
  public static Optional<ControlLimits> of(List<Double> chunks) {
    MeanSum sum = new MeanSum();
    chunks.forEach(value -> sum.add(value, 1));
    return chunks.size() < 2
        ? Optional.empty()
        : Optional.of(new ControlLimits(sum.mean(), Math.sqrt(sum.variance())));
  }

  /**
   * The limits for a value of fewer rows than the chunks have, such as that of a chunk that has
   * just begun: the deviation grows as the error of a mean does, by the root of how many times
   * fewer. Those of more rows stay as they are, since chunks differ by more than chance.
   *
   * <p>Source: Montgomery, Introduction to Statistical Quality Control, 7th edition, sections 6.3
   * and 7.3.2 (charts with variable sample size).
   *
   * @param usual rows of a chunk, above 0
   * @param rows of the value, above 0
   */
  public ControlLimits forRows(double usual, double rows) {
    if (!(usual > 0) || !(rows > 0)) {
      throw new IllegalArgumentException("Limits are for some rows, not " + rows + " of " + usual);
    }
    return rows < usual ? new ControlLimits(mean, deviation * Math.sqrt(usual / rows)) : this;
  }

  /** The least value that is let pass. */
  public double lower() {
    return mean - WIDTH * deviation;
  }

  /** The greatest. */
  public double upper() {
    return mean + WIDTH * deviation;
  }

  /** Whether a value is out of control. */
  public boolean alarms(double value) {
    return value < lower() || value > upper();
  }
}
