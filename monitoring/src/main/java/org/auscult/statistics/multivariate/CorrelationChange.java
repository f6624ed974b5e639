package org.auscult.statistics.multivariate;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Distributions;

/**
 * Whether variables go together as they did: the greatest change of Pearson's correlation of a
 * pair, and the least p-value of all pairs, corrected for their number.
 *
 * <p>Test of a pair: Fisher's z, atanh r, with variance 1 / (n − 3). Source: Fisher, Metron 1
 * (1921) 3–32.
 */
public final class CorrelationChange {
  private static final int LEAST = 4;
  private static final Definition CHANGE =
      Definition.of("correlation-change", "greatest |r now - r before| of all pairs of variables")
          .with("test", "least p of the pairs by Fisher's z, Benjamini-Hochberg over the pairs");

  private CorrelationChange() {}

  /** Between these. Pairs with a variable that does not vary in one of them are left out. */
  public static Estimate of(Rows reference, Rows current) {
    if (reference.width() != current.width()) {
      throw new IllegalArgumentException("Both samples have the same variables");
    }
    long n = (long) reference.size() + current.size();
    if (reference.size() < LEAST || current.size() < LEAST) {
      return CHANGE.unknown(n, Reason.TOO_FEW, "four rows of each sample are needed");
    }
    double error = Math.sqrt(1.0 / (reference.size() - 3) + 1.0 / (current.size() - 3));
    double most = 0;
    List<Double> pValues = new ArrayList<>();
    for (int i = 0; i < reference.width(); i++) {
      for (int j = 0; j < i; j++) {
        double before = correlation(reference, i, j);
        double now = correlation(current, i, j);
        if (Double.isFinite(before) && Double.isFinite(now)) {
          most = Math.max(most, Math.abs(now - before));
          double off = now == before ? 0 : (atanh(now) - atanh(before)) / error;
          pValues.add(Distributions.normalBothTails(off));
        }
      }
    }
    if (pValues.isEmpty()) {
      return CHANGE.unknown(n, Reason.NO_VARIATION, "no pair of variables varies in both samples");
    }
    double least =
        FalseDiscovery.adjusted(pValues).stream().mapToDouble(Double::doubleValue).min().orElse(1);
    return CHANGE.known(n, most).with(new PValue(least, "fisher z, benjamini-hochberg"));
  }

  private static double atanh(double r) {
    return 0.5 * (Math.log1p(r) - Math.log1p(-r));
  }

  /** Pearson's; NaN if one does not vary. */
  private static double correlation(Rows rows, int i, int j) {
    double[] sums = new double[3];
    double meanOfFirst = mean(rows, i);
    double meanOfSecond = mean(rows, j);
    for (int row = 0; row < rows.size(); row++) {
      double first = rows.get(row, i) - meanOfFirst;
      double second = rows.get(row, j) - meanOfSecond;
      sums[0] += first * first;
      sums[1] += second * second;
      sums[2] += first * second;
    }
    double r = sums[2] / Math.sqrt(sums[0] * sums[1]);
    return Math.min(1, Math.max(-1, r));
  }

  private static double mean(Rows rows, int column) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += rows.get(row, column);
    }
    return sum / rows.size();
  }
}
