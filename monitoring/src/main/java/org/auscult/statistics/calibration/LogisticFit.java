package org.auscult.statistics.calibration;

import java.util.Optional;

/**
 * A logistic regression on counted rows, by Newton's steps (which are iteratively reweighted least
 * squares), halved where they would worsen the fit.
 */
final class LogisticFit {
  private static final int MOST_STEPS = 100;
  private static final double SETTLED = 1e-11;

  /** Beyond this a coefficient on the logit scale says that there is none. */
  private static final double ENDLESS = 1e4;

  private final double[] coefficients;
  private final double[][] covariance;

  private LogisticFit(double[] coefficients, double[][] covariance) {
    this.coefficients = coefficients;
    this.covariance = covariance;
  }

  /**
   * Rows of which each stands for several.
   *
   * @param columns by column, then by row
   * @param offset what is added to each row's logit
   * @param rows how many each stands for
   * @param positives how many of those have the event
   */
  record Design(double[][] columns, double[] offset, int[] rows, int[] positives) {}

  /** The fit; empty if it does not settle. */
  static Optional<LogisticFit> of(Design design) {
    int width = design.columns.length;
    double[] at = new double[width];
    Step step = step(design, at);
    for (int i = 0; i < MOST_STEPS; i++) {
      Optional<double[][]> inverse = inverse(step.information);
      if (inverse.isEmpty()) {
        return Optional.empty();
      }
      double[] by = times(inverse.get(), step.gradient);
      double[] next = plus(at, by, 1);
      Step ahead = step(design, next);
      for (int halving = 1;
          !(ahead.likelihood >= step.likelihood - 1e-9 * Math.abs(step.likelihood));
          halving++) {
        if (halving > 30) {
          return Optional.empty();
        }
        next = plus(at, by, Math.scalb(1.0, -halving));
        ahead = step(design, next);
      }
      double most = 0;
      for (int j = 0; j < width; j++) {
        if (Math.abs(next[j]) > ENDLESS) {
          return Optional.empty();
        }
        most = Math.max(most, Math.abs(next[j] - at[j]) / Math.max(1, Math.abs(next[j])));
      }
      at = next;
      step = ahead;
      if (most < SETTLED) {
        double[] settled = at;
        return inverse(step.information).map(covariance -> new LogisticFit(settled, covariance));
      }
    }
    return Optional.empty();
  }

  double coefficient(int j) {
    return coefficients[j];
  }

  double error(int j) {
    return Math.sqrt(covariance[j][j]);
  }

  /** The logit of a row with these columns. */
  double logit(double[] row) {
    double sum = 0;
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * row[j];
    }
    return sum;
  }

  /** The standard error of that logit. */
  double errorOfLogit(double[] row) {
    double sum = 0;
    for (int j = 0; j < row.length; j++) {
      for (int k = 0; k < row.length; k++) {
        sum += row[j] * covariance[j][k] * row[k];
      }
    }
    return Math.sqrt(sum);
  }

  static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private record Step(double likelihood, double[] gradient, double[][] information) {}

  private static Step step(Design design, double[] at) {
    int width = at.length;
    double[] gradient = new double[width];
    double[][] information = new double[width][width];
    double likelihood = 0;
    double[] row = new double[width];
    for (int i = 0; i < design.rows.length; i++) {
      double logit = design.offset[i];
      for (int j = 0; j < width; j++) {
        row[j] = design.columns[j][i];
        logit += at[j] * row[j];
      }
      double small = Math.exp(-Math.abs(logit));
      double p = logit >= 0 ? 1 / (1 + small) : small / (1 + small);
      likelihood +=
          design.positives[i] * logit - design.rows[i] * (Math.max(0, logit) + Math.log1p(small));
      double off = design.positives[i] - design.rows[i] * p;
      double weight = design.rows[i] * small / ((1 + small) * (1 + small));
      for (int j = 0; j < width; j++) {
        gradient[j] += off * row[j];
        double weighted = weight * row[j];
        for (int k = 0; k <= j; k++) {
          information[j][k] += weighted * row[k];
        }
      }
    }
    for (int j = 0; j < width; j++) {
      for (int k = 0; k < j; k++) {
        information[k][j] = information[j][k];
      }
    }
    return new Step(likelihood, gradient, information);
  }

  /** Of a symmetric matrix, by Cholesky; empty if it is not positive definite, to rounding. */
  private static Optional<double[][]> inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j) {
          if (!(sum > 1e-13 * matrix[i][i])) {
            return Optional.empty();
          }
          lower[i][i] = Math.sqrt(sum);
        } else {
          lower[i][j] = sum / lower[j][j];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int column = 0; column < n; column++) {
      double[] x = new double[n];
      for (int i = 0; i < n; i++) {
        double sum = i == column ? 1 : 0;
        for (int k = 0; k < i; k++) {
          sum -= lower[i][k] * x[k];
        }
        x[i] = sum / lower[i][i];
      }
      for (int i = n - 1; i >= 0; i--) {
        double sum = x[i];
        for (int k = i + 1; k < n; k++) {
          sum -= lower[k][i] * x[k];
        }
        x[i] = sum / lower[i][i];
      }
      for (int i = 0; i < n; i++) {
        inverse[i][column] = x[i];
      }
    }
    return Optional.of(inverse);
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double[] plus(double[] at, double[] by, double times) {
    double[] sum = at.clone();
    for (int i = 0; i < at.length; i++) {
      sum[i] += times * by[i];
    }
    return sum;
  }
}
