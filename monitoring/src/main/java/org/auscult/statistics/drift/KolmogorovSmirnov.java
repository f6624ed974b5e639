package org.auscult.statistics.drift;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Distributions;

/** The two-sample test of Kolmogorov and Smirnov, both sides. */
final class KolmogorovSmirnov {
  /** Up to this product of the two sizes the p-value is exact. */
  static final long MOST_EXACT = 1_000_000;

  private static final Definition D =
      Definition.of("ks", "greatest distance between the two distribution functions")
          .with(
              "test",
              "exact if n m <= 1,000,000 (conservative with ties), else Kolmogorov's limit at"
                  + " D sqrt(n m / (n + m))");

  private KolmogorovSmirnov() {}

  static Estimate of(Numbers reference, Numbers current) {
    if (reference.size() == 0 || current.size() == 0) {
      return Shares.noRows(D);
    }
    long n = reference.size();
    long m = current.size();
    long most = greatest(reference, current);
    PValue p =
        n * m <= MOST_EXACT
            ? new PValue(Math.min(1, exact((int) n, (int) m, most)), "exact")
            : new PValue(
                Distributions.kolmogorovTail(
                    most / ((double) n * m) * Math.sqrt((double) n * m / (n + m))),
                "asymptotic");
    return D.known(n + m, most / ((double) n * m)).with(p);
  }

  /** The greatest |i m − j n| after i of the n and j of the m; whole, so that ties are ties. */
  private static long greatest(Numbers reference, Numbers current) {
    long n = reference.size();
    long m = current.size();
    int i = 0;
    int j = 0;
    long most = 0;
    while (i < n && j < m) {
      double at = Math.min(reference.get(i), current.get(j));
      while (i < n && reference.get(i) == at) {
        i++;
      }
      while (j < m && current.get(j) == at) {
        j++;
      }
      most = Math.max(most, Math.abs(i * m - j * n));
    }
    return most;
  }

  /**
   * The probability that a random path from (0, 0) to (n, m) comes at least so far from the
   * diagonal. A path's last step came from the left with probability i / (i + j), from below with j
   * / (i + j).
   *
   * <p>Only additions of positive terms, so small tails keep their digits.
   */
  static double exact(int n, int m, long distance) {
    double[] outside = new double[m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        if (Math.abs((long) i * m - (long) j * n) >= distance) {
          outside[j] = 1;
        } else if (i == 0) {
          outside[j] = j == 0 ? 0 : outside[j - 1];
        } else if (j > 0) {
          outside[j] = (outside[j] * i + outside[j - 1] * j) / (i + j);
        }
      }
    }
    return outside[m];
  }
}
