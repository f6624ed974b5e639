package org.auscult.statistics.multivariate;

import java.util.Arrays;
import java.util.Map;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * The squared maximum mean discrepancy (MMD²) of two samples, unbiased, with a Gaussian kernel, and
 * its permutation test.
 *
 * <p>Variables are standardised by both samples together, so that under no shift rows can be
 * exchanged (version 1.0.0 took the reference's scale, and alarmed in 7 % of runs where some
 * categories were rare); the kernel is exp(−d² / (2 σ²)), σ the median distance of distinct pairs
 * of all rows. With more than 2,000 rows, σ is of 1,000 rows drawn by the seed, and the kernel is
 * approximated by random Fourier features, cosines and sines of 256 normal frequencies.
 *
 * <p>Source: Gretton et al., J. Mach. Learn. Res. 13 (2012) 723–773; Rahimi and Recht, NeurIPS
 * 2007.
 */
public final class MeanDiscrepancy {
  /** Up to so many rows of both together the kernel is exact. */
  public static final int MOST_EXACT = 2_000;

  private static final int ROWS_OF_MEDIAN = 1_000;
  private static final int FREQUENCIES = 256;

  private static final Definition MMD =
      new Definition(
              "mmd-squared",
              "2.0.0",
              "mean k(x, x') + mean k(y, y') - 2 mean k(x, y), of different rows, k = exp(-d^2 / (2"
                  + " s^2))",
              Map.of())
          .with("scaling", "by mean and deviation (n - 1) of both samples together")
          .with("s", "median distance of distinct pairs; above 2,000 rows of 1,000 drawn ones");

  private final Rows all;
  private final int ofReference;
  private final SplitMix64 chance;

  private MeanDiscrepancy(Rows all, int ofReference, long seed) {
    this.all = all;
    this.ofReference = ofReference;
    this.chance = new SplitMix64(seed);
  }

  /**
   * Between these.
   *
   * @param permutations of the test; the p-value is (1 + as great ones) / (1 + permutations)
   * @throws IllegalArgumentException if the variables are not as many
   */
  public static Estimate of(Rows reference, Rows current, int permutations, long seed) {
    if (reference.width() != current.width()) {
      throw new IllegalArgumentException("Both samples have the same variables");
    }
    long n = (long) reference.size() + current.size();
    Definition definition =
        MMD.with("permutations", Integer.toString(permutations))
            .with("seed", Long.toString(seed))
            .with("kernel", n <= MOST_EXACT ? "exact" : FREQUENCIES + " random Fourier features");
    if (reference.size() < 2 || current.size() < 2) {
      return definition.unknown(n, Reason.TOO_FEW, "two rows of each sample are needed");
    }
    Rows both = reference.with(current);
    Rows all = both.standardisedBy(both);
    return new MeanDiscrepancy(all, reference.size(), seed).estimate(definition, permutations);
  }

  private Estimate estimate(Definition definition, int permutations) {
    double width = medianDistance();
    if (width == 0) {
      return definition.unknown(
          all.size(), Reason.NO_VARIATION, "half of all pairs of rows are the same");
    }
    boolean[][] members = Permutations.members(ofReference, all.size(), permutations, chance);
    double[] values = all.size() <= MOST_EXACT ? exact(width, members) : byFeatures(width, members);
    return definition.known(all.size(), values[0]).with(Permutations.asGreat(values));
  }

  private double medianDistance() {
    int[] rows = Permutations.order(all.size());
    int chosen = rows.length;
    if (rows.length > MOST_EXACT) {
      chosen = ROWS_OF_MEDIAN;
      Permutations.draw(rows, chosen, chance);
    }
    double[] distances = new double[chosen * (chosen - 1) / 2];
    int pair = 0;
    for (int i = 0; i < chosen; i++) {
      for (int j = 0; j < i; j++) {
        distances[pair++] = Math.sqrt(squaredDistance(rows[i], rows[j]));
      }
    }
    Arrays.sort(distances);
    int middle = distances.length / 2;
    return distances.length % 2 == 1
        ? distances[middle]
        : (distances[middle - 1] + distances[middle]) / 2;
  }

  private double squaredDistance(int i, int j) {
    double sum = 0;
    for (int k = 0; k < all.width(); k++) {
      double off = all.get(i, k) - all.get(j, k);
      sum += off * off;
    }
    return sum;
  }

  private double[] exact(double width, boolean[][] members) {
    int size = all.size();
    double[][] kernel = new double[size][];
    double[] sums = new double[size];
    for (int i = 0; i < size; i++) {
      kernel[i] = new double[i];
      for (int j = 0; j < i; j++) {
        kernel[i][j] = Math.exp(-squaredDistance(i, j) / (2 * width * width));
        sums[i] += kernel[i][j];
        sums[j] += kernel[i][j];
      }
    }
    double total = Arrays.stream(sums).sum();
    double[] values = new double[members.length];
    for (int permutation = 0; permutation < members.length; permutation++) {
      boolean[] member = members[permutation];
      double within = 0;
      double ofMembers = 0;
      for (int i = 0; i < size; i++) {
        if (member[i]) {
          ofMembers += sums[i];
          double[] row = kernel[i];
          for (int j = 0; j < i; j++) {
            within += member[j] ? row[j] : 0;
          }
        }
      }
      double between = ofMembers - 2 * within;
      values[permutation] = value(2 * within, between, total - 2 * between - 2 * within);
    }
    return values;
  }

  /** From sums of the kernel over ordered pairs of different rows. */
  private double value(double ofReferenceRows, double between, double ofOthers) {
    double n = ofReference;
    double m = all.size() - n;
    return ofReferenceRows / (n * (n - 1)) + ofOthers / (m * (m - 1)) - 2 * between / (n * m);
  }

  private double[] byFeatures(double width, boolean[][] members) {
    int size = all.size();
    double[] within = new double[members.length];
    double[] between = new double[members.length];
    double[] others = new double[members.length];
    double[] frequency = new double[all.width()];
    double[][] feature = new double[2][size];
    for (int f = 0; f < FREQUENCIES; f++) {
      for (int k = 0; k < frequency.length; k++) {
        frequency[k] = chance.normal() / width;
      }
      for (int i = 0; i < size; i++) {
        double angle = 0;
        for (int k = 0; k < frequency.length; k++) {
          angle += frequency[k] * all.get(i, k);
        }
        feature[0][i] = Math.cos(angle);
        feature[1][i] = Math.sin(angle);
      }
      for (double[] of : feature) {
        double total = Arrays.stream(of).sum();
        for (int permutation = 0; permutation < members.length; permutation++) {
          boolean[] member = members[permutation];
          double sum = 0;
          for (int i = 0; i < size; i++) {
            sum += member[i] ? of[i] : 0;
          }
          within[permutation] += sum * sum / FREQUENCIES;
          between[permutation] += sum * (total - sum) / FREQUENCIES;
          others[permutation] += (total - sum) * (total - sum) / FREQUENCIES;
        }
      }
    }
    double[] values = new double[members.length];
    for (int permutation = 0; permutation < values.length; permutation++) {
      // Of one row with itself the features make exactly 1, which does not count.
      values[permutation] =
          value(
              within[permutation] - ofReference,
              between[permutation],
              others[permutation] - (size - ofReference));
    }
    return values;
  }
}
