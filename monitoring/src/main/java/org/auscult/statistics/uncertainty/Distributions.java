package org.auscult.statistics.uncertainty;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;
import org.auscult.statistics.estimate.Interval;

/** Tails and quantiles of the distributions that tests and intervals need. */
public final class Distributions {
  /** Half the width of an interval at {@link Interval#LEVEL}, in standard errors: 1.96. */
  public static final double Z =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(0.5 + Interval.LEVEL / 2);

  private Distributions() {}

  /** How probable it is that a standard normal value lies at least so far from 0, on any side. */
  public static double normalBothTails(double z) {
    return Erf.erfc(Math.abs(z) / Math.sqrt(2));
  }

  /** How probable a value of the chi-squared distribution is that is at least this. */
  public static double chiSquaredTail(double value, double degrees) {
    return value <= 0 ? 1 : Gamma.regularizedGammaQ(degrees / 2, value / 2);
  }

  /**
   * How probable a value of Kolmogorov's limiting distribution is that is at least this.
   *
   * <p>Source: 2 Σ (−1)^(k−1) exp(−2 k² x²); below 1 its theta transform, which converges faster.
   */
  public static double kolmogorovTail(double x) {
    if (x <= 0) {
      return 1;
    }
    if (x < 1) {
      double sum = 0;
      for (int k = 1; k <= 15; k += 2) {
        sum += Math.exp(-k * k * Math.PI * Math.PI / (8 * x * x));
      }
      return 1 - Math.sqrt(2 * Math.PI) / x * sum;
    }
    double sum = 0;
    for (int k = 1; k <= 10; k++) {
      sum += (k % 2 == 1 ? 1 : -1) * Math.exp(-2.0 * k * k * x * x);
    }
    return Math.min(1, Math.max(0, 2 * sum));
  }
}
