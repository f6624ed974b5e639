package org.auscult.statistics.multivariate;

import java.util.Map;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * Whether variables go together as they did: the greatest change of Pearson's correlation of a
 * pair.
 *
 * <p>p: rows are drawn to the samples anew, and the greatest change of a pair is compared. So
 * nothing need be normal, and no correction for the number of pairs is needed. In each drawing, as
 * in the samples, pairs with a variable that does not vary in one of them are passed over. Version
 * 1.0.0 had p by Fisher's normal approximation.
 *
 * <p>Source: Westfall and Young, Resampling-Based Multiple Testing, 1993 (the greatest statistic).
 */
public final class CorrelationChange {
  private static final int LEAST = 4;
  private static final Definition CHANGE =
      new Definition(
          "correlation-change",
          "2.0.0",
          "greatest |r now - r before| of all pairs of variables",
          Map.of("test", "the same under permutation of rows"));

  private CorrelationChange() {}

  /**
   * Between these. Pairs with a variable that does not vary in one of them are left out.
   *
   * @param permutations of the test
   * @throws IllegalArgumentException if the variables are not as many
   */
  public static Estimate of(Rows reference, Rows current, int permutations, long seed) {
    if (reference.width() != current.width()) {
      throw new IllegalArgumentException("Both samples have the same variables");
    }
    long n = (long) reference.size() + current.size();
    Definition definition =
        CHANGE
            .with("permutations", Integer.toString(permutations))
            .with("seed", Long.toString(seed));
    if (reference.size() < LEAST || current.size() < LEAST) {
      return definition.unknown(n, Reason.TOO_FEW, "four rows of each sample are needed");
    }
    Rows rows = reference.standardisedBy(reference).with(current.standardisedBy(reference));
    boolean[][] members =
        Permutations.members(reference.size(), rows.size(), permutations, new SplitMix64(seed));
    double[] values = new double[members.length];
    boolean any = false;
    for (int i = 0; i < rows.width(); i++) {
      for (int j = 0; j < i; j++) {
        Pair pair = new Pair(rows, i, j);
        any |= !Double.isNaN(pair.change(members[0]));
        for (int p = 0; p < values.length; p++) {
          double change = pair.change(members[p]);
          values[p] = Double.isNaN(change) ? values[p] : Math.max(values[p], change);
        }
      }
    }
    return any
        ? definition.known(n, values[0]).with(Permutations.asGreat(values))
        : definition.unknown(n, Reason.NO_VARIATION, "no pair of variables varies in both samples");
  }

  /** Two variables of all rows. */
  private static final class Pair {
    private final double[] first;
    private final double[] second;
    private final double[] all = new double[5];

    Pair(Rows rows, int i, int j) {
      first = rows.column(i);
      second = rows.column(j);
      for (int row = 0; row < first.length; row++) {
        add(all, row);
      }
    }

    private void add(double[] sums, int row) {
      double x = first[row];
      double y = second[row];
      sums[0] += x;
      sums[1] += y;
      sums[2] += x * x;
      sums[3] += y * y;
      sums[4] += x * y;
    }

    /** How far the others' correlation is from the members'; NaN if one has none. */
    double change(boolean[] member) {
      double[] sums = new double[5];
      int count = 0;
      for (int row = 0; row < member.length; row++) {
        if (member[row]) {
          add(sums, row);
          count++;
        }
      }
      double[] rest = new double[5];
      for (int k = 0; k < rest.length; k++) {
        rest[k] = all[k] - sums[k];
      }
      return Math.abs(correlation(rest, member.length - count) - correlation(sums, count));
    }

    private static double correlation(double[] sums, double n) {
      double ofFirst = sums[2] - sums[0] * sums[0] / n;
      double ofSecond = sums[3] - sums[1] * sums[1] / n;
      // Standardised, so that squares are about n; less than this is rounding.
      return ofFirst < 1e-9 * n || ofSecond < 1e-9 * n
          ? Double.NaN
          : (sums[4] - sums[0] * sums[1] / n) / Math.sqrt(ofFirst * ofSecond);
    }
  }
}
