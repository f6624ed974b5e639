package org.auscult.monitoring.cause;

import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * A share of now beside that of the reference.
 *
 * @param before of the reference
 */
record Contrast(Proportion before, Proportion now) {
  private static final double LEAST = 0.1;
  private static final double LEVEL = 0.001;
  private static final int FEW = 10;

  double difference() {
    return share(now) - share(before);
  }

  static double share(Proportion proportion) {
    return proportion.of() == 0 ? 0 : proportion.share();
  }

  /**
   * Whether it rose by ten of a hundred or more, in more than ten rows, and not by chance: by the
   * chi-squared test, corrected by Bonferroni.
   *
   * @param looks how many are compared
   */
  boolean hasRisen(int looks) {
    return now.count() > FEW && before.of() > FEW && difference() >= LEAST && p() * looks < LEVEL;
  }

  /** Of the chi-squared test without a correction for continuity; 1 if nothing varies. */
  double p() {
    double a = before.count();
    double b = before.of() - a;
    double c = now.count();
    double d = now.of() - c;
    double margins = (a + b) * (c + d) * (a + c) * (b + d);
    if (margins == 0) {
      return 1;
    }
    double off = a * d - b * c;
    return Distributions.chiSquaredTail((a + b + c + d) * off * off / margins, 1);
  }
}
