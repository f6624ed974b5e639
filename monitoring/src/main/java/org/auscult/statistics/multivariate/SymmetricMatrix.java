package org.auscult.statistics.multivariate;

import java.util.Arrays;

/** What is needed of symmetric matrices: solutions of equations, and eigenvectors. */
final class SymmetricMatrix {
  private static final int MOST_SWEEPS = 60;

  private SymmetricMatrix() {}

  /**
   * Solves matrix · x = right side, by Cholesky.
   *
   * @param matrix positive definite; its lower half is read
   */
  static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /**
   * Eigenvalues and, as rows, eigenvectors of length 1.
   *
   * @param values falling
   */
  record Eigen(double[] values, double[][] vectors) {}

  /** By cyclic rotations. Source: Golub and Van Loan, Matrix Computations, section 8.5. */
  static Eigen eigen(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && rotateAll(a, vectors); sweep++) {
      // Each sweep makes what is off the diagonal smaller, in the end by its square.
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> Double.compare(a[j][j], a[i][i]));
    double[] values = new double[n];
    double[][] sorted = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = a[order[i]][order[i]];
      sorted[i] = vectors[order[i]];
    }
    return new Eigen(values, sorted);
  }

  /** One sweep; whether anything was there to rotate. */
  private static boolean rotateAll(double[][] a, double[][] vectors) {
    boolean any = false;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        if (Math.abs(a[p][q]) > 1e-15 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))
            && Math.abs(a[p][q]) > 1e-300) {
          rotate(a, vectors, p, q);
          any = true;
        }
      }
    }
    return any;
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.hypot(t, 1);
    double s = t * c;
    for (double[] row : a) {
      double of = row[p];
      row[p] = c * of - s * row[q];
      row[q] = s * of + c * row[q];
    }
    turn(a[p], a[q], c, s);
    turn(vectors[p], vectors[q], c, s);
    a[p][q] = 0;
    a[q][p] = 0;
  }

  private static void turn(double[] first, double[] second, double c, double s) {
    for (int k = 0; k < first.length; k++) {
      double of = first[k];
      first[k] = c * of - s * second[k];
      second[k] = s * of + c * second[k];
    }
  }
}
