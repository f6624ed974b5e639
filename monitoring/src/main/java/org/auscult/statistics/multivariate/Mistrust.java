package org.auscult.statistics.multivariate;

import java.util.Optional;

/**
 * How strange one row is to the reference, in its variables by mean and deviation (n − 1): the
 * Mahalanobis distance from its middle, and the greatest cosine with one of its rows.
 *
 * <p>An adaptation of the latent-space scores of TRUST-LAPSE (Bhaskhar, Rubin, Lee-Messer, arXiv
 * 2207.11290), with the variables themselves for a network's embedding.
 */
public final class Mistrust {
  private static final double LEAST_EIGENVALUE = 1e-10;

  private final Rows scale;
  private final Rows reference;
  private final SymmetricMatrix.Eigen eigen;

  private Mistrust(Rows scale, Rows reference, SymmetricMatrix.Eigen eigen) {
    this.scale = scale;
    this.reference = reference;
    this.eigen = eigen;
  }

  /**
   * Against this reference; empty if it has fewer than two rows, or a variable that follows from
   * others, so that there is no distance.
   */
  public static Optional<Mistrust> of(Rows reference) {
    if (reference.size() < 2) {
      return Optional.empty();
    }
    Rows z = reference.standardisedBy(reference);
    SymmetricMatrix.Eigen eigen = SymmetricMatrix.eigen(z.covariance());
    double least = eigen.values()[eigen.values().length - 1];
    return least < LEAST_EIGENVALUE
        ? Optional.empty()
        : Optional.of(new Mistrust(reference, z, eigen));
  }

  /** The Mahalanobis distance of each of these rows; 0 in the middle of the reference. */
  public double[] distances(Rows rows) {
    Rows z = rows.standardisedBy(scale);
    double[] distances = new double[z.size()];
    for (int i = 0; i < distances.length; i++) {
      double sum = 0;
      for (int k = 0; k < eigen.values().length; k++) {
        double along = 0;
        for (int j = 0; j < z.width(); j++) {
          along += eigen.vectors()[k][j] * z.get(i, j);
        }
        sum += along * along / eigen.values()[k];
      }
      distances[i] = Math.sqrt(sum);
    }
    return distances;
  }

  /** The greatest cosine of each of these rows with one of the reference: −1 to 1. */
  public double[] similarities(Rows rows) {
    Rows z = rows.standardisedBy(scale);
    double[] similarities = new double[z.size()];
    for (int i = 0; i < similarities.length; i++) {
      double most = -1;
      for (int other = 0; other < reference.size(); other++) {
        most = Math.max(most, cosine(z, i, other));
      }
      similarities[i] = most;
    }
    return similarities;
  }

  /** 0 with a row in the middle, which has no direction. */
  private double cosine(Rows z, int row, int other) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int j = 0; j < z.width(); j++) {
      double a = z.get(row, j);
      double b = reference.get(other, j);
      product += a * b;
      first += a * a;
      second += b * b;
    }
    double length = Math.sqrt(first * second);
    return length == 0 ? 0 : Math.max(-1, Math.min(1, product / length));
  }
}
