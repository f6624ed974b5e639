package org.auscult.statistics.multivariate;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * Complete rows of the same variables. A row with a gap must be left out, or filled, beforehand.
 *
 * <p>Memory: 8 bytes for each number.
 */
public final class Rows {
  private final double[][] columns;
  private final int size;

  private Rows(double[][] columns, int size) {
    this.columns = columns;
    this.size = size;
  }

  /**
   * Of these columns; they are copied.
   *
   * @throws IllegalArgumentException if there are none, their lengths differ, or a number is not
   *     finite
   */
  public static Rows of(List<double[]> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Rows have a variable at least");
    }
    int size = columns.get(0).length;
    double[][] copied = new double[columns.size()][];
    for (int j = 0; j < copied.length; j++) {
      copied[j] = columns.get(j).clone();
      if (copied[j].length != size) {
        throw new IllegalArgumentException("All columns have the same length");
      }
      for (double value : copied[j]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("A number is finite, not " + value);
        }
      }
    }
    return new Rows(copied, size);
  }

  /** How many rows. */
  public int size() {
    return size;
  }

  /** How many variables. */
  public int width() {
    return columns.length;
  }

  /** A number. */
  public double get(int row, int column) {
    return columns[column][row];
  }

  /** Less the reference's means, by its deviations (n − 1); by 1 where they are 0. */
  Rows standardisedBy(Rows reference) {
    double[][] scaled = new double[width()][size];
    for (int j = 0; j < scaled.length; j++) {
      MeanSum sum = new MeanSum();
      for (double value : reference.columns[j]) {
        sum.add(value, 1);
      }
      double deviation = Math.sqrt(sum.variance());
      for (int i = 0; i < size; i++) {
        scaled[j][i] = (columns[j][i] - sum.mean()) / (deviation > 0 ? deviation : 1);
      }
    }
    return new Rows(scaled, size);
  }

  /** A row; the array is the caller's. */
  double[] row(int i) {
    double[] row = new double[width()];
    for (int j = 0; j < row.length; j++) {
      row[j] = columns[j][i];
    }
    return row;
  }

  /** A column; the array is the caller's. */
  double[] column(int j) {
    return columns[j].clone();
  }

  /** These rows, in this order. */
  Rows chosen(int[] rows) {
    double[][] chosen = new double[width()][rows.length];
    for (int j = 0; j < chosen.length; j++) {
      for (int i = 0; i < rows.length; i++) {
        chosen[j][i] = columns[j][rows[i]];
      }
    }
    return new Rows(chosen, rows.length);
  }

  /** By n − 1, of rows whose means are 0. */
  double[][] covariance() {
    double[][] covariance = new double[width()][width()];
    for (int j = 0; j < width(); j++) {
      for (int k = 0; k <= j; k++) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
          sum += columns[j][i] * columns[k][i];
        }
        covariance[j][k] = sum / (size - 1);
        covariance[k][j] = covariance[j][k];
      }
    }
    return covariance;
  }

  /** These, then those. */
  Rows with(Rows others) {
    List<double[]> both = new ArrayList<>();
    for (int j = 0; j < width(); j++) {
      double[] column = new double[size + others.size];
      System.arraycopy(columns[j], 0, column, 0, size);
      System.arraycopy(others.columns[j], 0, column, size, others.size);
      both.add(column);
    }
    return of(both);
  }
}
