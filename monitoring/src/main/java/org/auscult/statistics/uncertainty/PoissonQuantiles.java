package org.auscult.statistics.uncertainty;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * The quantiles of Poisson's distribution, from a table of its distribution function within ten
 * standard deviations and ten of the mean; beyond is less than can be drawn.
 */
final class PoissonQuantiles {
  private static final int WIDTH = 10;

  private final int least;
  private final double[] atMost;

  private PoissonQuantiles(int least, double[] atMost) {
    this.least = least;
    this.atMost = atMost;
  }

  /** With this mean, which is not negative. */
  static PoissonQuantiles of(int mean) {
    if (mean == 0) {
      return new PoissonQuantiles(0, new double[] {1});
    }
    int reach = (int) Math.ceil(WIDTH * Math.sqrt(mean)) + WIDTH;
    int least = Math.max(0, mean - reach);
    double[] atMost = new double[mean - least + reach + 1];
    double sum = 0;
    for (int i = 0; i < atMost.length; i++) {
      int k = least + i;
      sum += Math.exp(k * Math.log(mean) - mean - Gamma.logGamma(k + 1.0));
      atMost[i] = sum;
    }
    return new PoissonQuantiles(least, atMost);
  }

  /** The least count that so great a share of the distribution does not exceed. */
  int at(double share) {
    int found = Arrays.binarySearch(atMost, share);
    int place = found >= 0 ? found : -found - 1;
    return least + Math.min(place, atMost.length - 1);
  }
}
