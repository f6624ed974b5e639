package org.auscult.statistics.multivariate;

import java.util.List;

/**
 * A logistic regression with a ridge: the least of − log likelihood + ½ Σ b², the intercept left
 * out of the sum, by Newton's steps, halved where they would not lessen it. It is strictly convex,
 * so that there is always one, and only one.
 */
final class RidgeLogistic {
  private static final int MOST_STEPS = 100;
  private static final double SETTLED = 1e-12;

  /** By variable; the last is the intercept. */
  private final double[] coefficients;

  private RidgeLogistic(double[] coefficients) {
    this.coefficients = coefficients;
  }

  /** Parts the second ones, which are events, from the first ones. */
  static RidgeLogistic fit(List<double[]> first, List<double[]> second, int width) {
    double[] at = new double[width + 1];
    double loss = loss(first, second, at);
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] step = step(first, second, at);
      double[] next = less(at, step, 1);
      double ahead = loss(first, second, next);
      for (int halving = 1; ahead > loss && halving < 40; halving++) {
        next = less(at, step, Math.scalb(1.0, -halving));
        ahead = loss(first, second, next);
      }
      double most = 0;
      for (int j = 0; j <= width; j++) {
        most = Math.max(most, Math.abs(next[j] - at[j]));
      }
      at = next;
      loss = ahead;
      if (most < SETTLED) {
        break;
      }
    }
    return new RidgeLogistic(at);
  }

  private static double[] less(double[] at, double[] step, double times) {
    double[] next = at.clone();
    for (int j = 0; j < next.length; j++) {
      next[j] -= times * step[j];
    }
    return next;
  }

  /** The logit of a row. */
  double logit(double[] row) {
    return logit(coefficients, row);
  }

  private static double logit(double[] coefficients, double[] row) {
    double sum = coefficients[row.length];
    for (int j = 0; j < row.length; j++) {
      sum += coefficients[j] * row[j];
    }
    return sum;
  }

  private static double loss(List<double[]> first, List<double[]> second, double[] at) {
    double loss = 0;
    for (int j = 0; j < at.length - 1; j++) {
      loss += at[j] * at[j] / 2;
    }
    for (double[] row : first) {
      loss += softplus(logit(at, row));
    }
    for (double[] row : second) {
      loss += softplus(-logit(at, row));
    }
    return loss;
  }

  private static double softplus(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double[] step(List<double[]> first, List<double[]> second, double[] at) {
    int width = at.length - 1;
    double[] gradient = new double[at.length];
    double[][] curvature = new double[at.length][at.length];
    for (int j = 0; j < width; j++) {
      gradient[j] = at[j];
      curvature[j][j] = 1;
    }
    for (double[] row : first) {
      add(row, 0, at, gradient, curvature);
    }
    for (double[] row : second) {
      add(row, 1, at, gradient, curvature);
    }
    return SymmetricMatrix.solve(curvature, gradient);
  }

  private static void add(
      double[] row, int event, double[] at, double[] gradient, double[][] curvature) {
    double p = 1 / (1 + Math.exp(-logit(at, row)));
    double weight = p * (1 - p);
    for (int j = 0; j < at.length; j++) {
      double of = j < row.length ? row[j] : 1;
      gradient[j] += (p - event) * of;
      double weighted = weight * of;
      for (int k = 0; k < j; k++) {
        curvature[j][k] += weighted * row[k];
      }
      curvature[j][j] += weighted * of;
    }
  }
}
