package org.auscult.statistics.multivariate;

import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.MeanSum;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * How much farther rows of now lie from the reference's principal components than its own rows do:
 * the mean distance of a row from its projection, now less that of the reference.
 *
 * <p>Components are those of one half of the reference, drawn, of its variables by mean and
 * deviation (n − 1): the fewest that hold {@value #SHARE} of the variance. The other half and the
 * current rows are compared. Interval: normal, of a difference of means. p: who is of the reference
 * is drawn anew; two-sided.
 *
 * <p>Source: the data reconstruction of NannyML, whose share this is; there without a test.
 */
public final class ReconstructionError {
  /** Of the variance. */
  public static final double SHARE = 0.65;

  /** So many rows of each sample are needed. */
  public static final int LEAST = 4;

  private static final Definition ERROR =
      Definition.of(
              "pca-reconstruction-error",
              "mean |z - projection of z| now less that of held-out rows of the reference")
          .with("components", "fewest with 0.65 of the variance, of one half of the reference")
          .with("scaling", "by mean and deviation (n - 1) of that half");

  private final Rows scale;
  private final List<double[]> components;

  private ReconstructionError(Rows scale, List<double[]> components) {
    this.scale = scale;
    this.components = components;
  }

  /**
   * Between these.
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
        ERROR
            .with("permutations", Integer.toString(permutations))
            .with("seed", Long.toString(seed));
    if (reference.size() < LEAST || current.size() < LEAST || reference.width() < 2) {
      return definition.unknown(
          n, Reason.TOO_FEW, "four rows of each sample and two variables are needed");
    }
    SplitMix64 chance = new SplitMix64(seed);
    List<Rows> halves = Permutations.halves(reference, chance);
    ReconstructionError projection = ofHalf(halves.get(0));
    if (projection.components.isEmpty()) {
      return definition.unknown(n, Reason.NO_VARIATION, "half of the reference does not vary");
    }
    double[] before = projection.errors(halves.get(1));
    double[] now = projection.errors(current);
    return estimate(definition, n, before, now, permutations, chance);
  }

  private static ReconstructionError ofHalf(Rows half) {
    SymmetricMatrix.Eigen eigen = SymmetricMatrix.eigen(half.standardisedBy(half).covariance());
    double all = 0;
    for (double value : eigen.values()) {
      all += value;
    }
    int kept = 0;
    for (double sum = 0; kept < eigen.values().length && sum < SHARE * all; kept++) {
      sum += eigen.values()[kept];
    }
    return new ReconstructionError(half, List.of(eigen.vectors()).subList(0, kept));
  }

  private double[] errors(Rows rows) {
    Rows z = rows.standardisedBy(scale);
    double[] errors = new double[z.size()];
    for (int i = 0; i < errors.length; i++) {
      double[] rest = z.row(i);
      for (double[] component : components) {
        double along = 0;
        for (int j = 0; j < rest.length; j++) {
          along += component[j] * z.get(i, j);
        }
        for (int j = 0; j < rest.length; j++) {
          rest[j] -= along * component[j];
        }
      }
      double squares = 0;
      for (double off : rest) {
        squares += off * off;
      }
      errors[i] = Math.sqrt(squares);
    }
    return errors;
  }

  private static Estimate estimate(
      Definition definition,
      long n,
      double[] before,
      double[] now,
      int permutations,
      SplitMix64 chance) {
    MeanSum ofReference = new MeanSum();
    MeanSum ofCurrent = new MeanSum();
    double[] all = new double[before.length + now.length];
    double total = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = i < before.length ? before[i] : now[i - before.length];
      total += all[i];
      (i < before.length ? ofReference : ofCurrent).add(all[i], 1);
    }
    boolean[][] members = Permutations.members(before.length, all.length, permutations, chance);
    double[] values = new double[members.length];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (int row = 0; row < all.length; row++) {
        sum += members[i][row] ? all[row] : 0;
      }
      values[i] = Math.abs((total - sum) / now.length - sum / before.length);
    }
    double value = ofCurrent.mean() - ofReference.mean();
    return definition
        .known(n, value)
        .with(MeanSum.normal(value, Math.hypot(ofReference.error(), ofCurrent.error()), "normal"))
        .with(Permutations.asGreat(values));
  }
}
