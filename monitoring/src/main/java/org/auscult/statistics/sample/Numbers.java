package org.auscult.statistics.sample;

import java.util.Arrays;

/**
 * The numbers of one variable, ascending, and how many are missing.
 *
 * <p>Memory: 8 bytes for each number.
 */
public final class Numbers {
  private final double[] sorted;
  private final int missing;

  private Numbers(double[] sorted, int missing) {
    this.sorted = sorted;
    this.missing = missing;
  }

  /** In whatever order; NaN is a missing one. */
  public static Numbers of(double... values) {
    Builder builder = builder();
    for (double value : values) {
      if (Double.isNaN(value)) {
        builder.addMissing();
      } else {
        builder.add(value);
      }
    }
    return builder.build();
  }

  /** To be filled. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers numbers. Not for several threads. */
  public static final class Builder {
    private final Growing values = new Growing();
    private int missing;

    private Builder() {}

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public void add(double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("A number is finite, not " + value);
      }
      values.add(value + 0.0);
    }

    /** Adds a row without the number. */
    public void addMissing() {
      missing++;
    }

    /** All so far; the builder is empty afterwards. */
    public Numbers build() {
      double[] sorted = values.take();
      Arrays.sort(sorted);
      Numbers numbers = new Numbers(sorted, missing);
      missing = 0;
      return numbers;
    }
  }

  /** How many numbers there are. */
  public int size() {
    return sorted.length;
  }

  /** Rows without the number. */
  public int missing() {
    return missing;
  }

  /** All rows. */
  public int rows() {
    return sorted.length + missing;
  }

  /** The i-th, ascending from 0. */
  public double get(int i) {
    return sorted[i];
  }

  /** How many are not greater than this. */
  public int atMost(double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The mean; NaN of none. */
  public double mean() {
    double sum = 0;
    for (double value : sorted) {
      sum += value;
    }
    return sum / sorted.length;
  }

  /** The standard deviation of a sample, by n − 1; NaN of fewer than two. */
  public double deviation() {
    double mean = mean();
    double squares = 0;
    for (double value : sorted) {
      squares += (value - mean) * (value - mean);
    }
    return sorted.length < 2 ? Double.NaN : Math.sqrt(squares / (sorted.length - 1));
  }

  /**
   * The quantile by linear interpolation (type 7 of Hyndman and Fan), at a share that is told as a
   * fraction, so that no rounding decides.
   *
   * @throws IndexOutOfBoundsException if there are no numbers
   */
  public double quantile(int numerator, int denominator) {
    long h = (sorted.length - 1L) * numerator;
    int rank = (int) (h / denominator);
    long rest = h % denominator;
    return rest == 0
        ? sorted[rank]
        : sorted[rank] + (sorted[rank + 1] - sorted[rank]) * rest / denominator;
  }

  /** Primitive numbers, more and more of them. */
  static final class Growing {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1));
      }
      values[size++] = value;
    }

    /** All of them; none are left. */
    double[] take() {
      double[] all = Arrays.copyOf(values, size);
      values = new double[16];
      size = 0;
      return all;
    }
  }
}
