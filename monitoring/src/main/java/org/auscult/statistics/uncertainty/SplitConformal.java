package org.auscult.statistics.uncertainty;

import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;

/**
 * Sets of labels that hold the true one with a stated probability, whatever the model is worth: if
 * the rows that it was calibrated on and a new one are exchangeable.
 *
 * <p>A row's error is 1 − the probability of its label; the limit is the k-th smallest error of the
 * calibration rows, k = ⌈(n + 1) · coverage⌉, and infinite if k exceeds n. A label is in the set if
 * its error is no greater than the limit. The set may be empty, or hold both.
 *
 * <p>Source: Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World, 2005; Angelopoulos
 * and Bates, Found. Trends Mach. Learn. 16 (2023) 494–591, section 1.
 *
 * @param coverage asked for, within 0 and 1
 * @param n rows that the limit is of
 * @param limit of the error; infinite if the rows are too few for the coverage
 */
public record SplitConformal(double coverage, int n, double limit) {
  /** What may be: the event, no event. */
  public record Labels(boolean event, boolean none) {}

  public SplitConformal {
    if (!(coverage > 0 && coverage < 1) || n < 0 || Double.isNaN(limit)) {
      throw new IllegalArgumentException("Coverage lies within 0 and 1, and a limit is a number");
    }
  }

  /**
   * By these calibration rows, which the model was not fitted to.
   *
   * @throws IllegalArgumentException if a score is no probability
   */
  public static SplitConformal of(LabelledScores rows, double coverage) {
    if (!rows.areProbabilities()) {
      throw new IllegalArgumentException("Scores lie outside 0 to 1");
    }
    Numbers.Builder errors = Numbers.builder();
    for (int k = 0; k < rows.distinct(); k++) {
      for (int i = 0; i < rows.positives(k); i++) {
        errors.add(1 - rows.score(k));
      }
      for (int i = 0; i < rows.negatives(k); i++) {
        errors.add(rows.score(k));
      }
    }
    Numbers sorted = errors.build();
    // Less by rounding than a whole number is that number.
    int rank = (int) Math.ceil((rows.n() + 1.0) * coverage - 1e-9);
    return new SplitConformal(
        coverage,
        rows.n(),
        rank > rows.n() ? Double.POSITIVE_INFINITY : sorted.get(Math.max(0, rank - 1)));
  }

  /** The set of a new row with this probability of the event. */
  public Labels labels(double p) {
    return new Labels(1 - p <= limit, p <= limit);
  }
}
