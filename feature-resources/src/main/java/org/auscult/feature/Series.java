package org.auscult.feature;

import java.util.Arrays;

/**
 * A course of numbers over time, and what is made of it. Pure arithmetic: no units, no facts.
 *
 * <p>Shapes: {@code seconds} and {@code values} have one length, at least 1; times never fall.
 * Seconds count from the index time, so they are zero or negative.
 *
 * <p>Source: the usual textbook definitions; each method says which one it is where there are
 * several.
 */
final class Series {
  private final double[] seconds;
  private final double[] values;

  Series(double[] seconds, double[] values) {
    if (values.length == 0 || seconds.length != values.length) {
      throw new IllegalArgumentException("A series has one time for each of its values, and one");
    }
    for (int i = 1; i < seconds.length; i++) {
      if (seconds[i] < seconds[i - 1]) {
        throw new IllegalArgumentException("A series runs forward in time");
      }
    }
    this.seconds = seconds.clone();
    this.values = values.clone();
  }

  int size() {
    return values.length;
  }

  double last() {
    return values[values.length - 1];
  }

  /** All but the last value. Errors: IllegalArgumentException for a series of one. */
  Series earlier() {
    int n = values.length - 1;
    return new Series(Arrays.copyOf(seconds, n), Arrays.copyOf(values, n));
  }

  double min() {
    return Arrays.stream(values).min().orElseThrow();
  }

  double max() {
    return Arrays.stream(values).max().orElseThrow();
  }

  double first() {
    return values[0];
  }

  /** Arithmetic mean, summed in the order of time. */
  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The middle value, or the mean of the two in the middle. */
  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Of a sample: divided by n − 1. NaN for one value. */
  double standardDeviation() {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  /** Standard deviation over the mean's size; NaN for one value or a mean of zero. */
  double coefficientOfVariation() {
    double mean = mean();
    return mean == 0 ? Double.NaN : standardDeviation() / Math.abs(mean);
  }

  /** Root of the mean square of what each value differs from the one before; NaN for one value. */
  double rootMeanSquareOfSuccessiveDifferences() {
    double squares = 0;
    for (int i = 1; i < values.length; i++) {
      squares += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }

  /** Mean of how far each value lies from the one before; NaN for one value. */
  double averageRealVariability() {
    double sum = 0;
    for (int i = 1; i < values.length; i++) {
      sum += Math.abs(values[i] - values[i - 1]);
    }
    return values.length < 2 ? Double.NaN : sum / (values.length - 1);
  }

  /** Of the least-squares line, in units of value per second; NaN where all times are the same. */
  double slopePerSecond() {
    if (seconds[0] == seconds[seconds.length - 1]) {
      // A mean of equal times need not equal them to the last bit.
      return Double.NaN;
    }
    double meanTime = Arrays.stream(seconds).average().orElseThrow();
    double meanValue = mean();
    double both = 0;
    double time = 0;
    for (int i = 0; i < values.length; i++) {
      both += (seconds[i] - meanTime) * (values[i] - meanValue);
      time += (seconds[i] - meanTime) * (seconds[i] - meanTime);
    }
    return both / time;
  }

  /** What the least-squares line says of the index time; NaN where all times are the same. */
  double valueOfLineAtIndexTime() {
    double meanTime = Arrays.stream(seconds).average().orElseThrow();
    return mean() - slopePerSecond() * meanTime;
  }

  /**
   * Mean over time, where each value holds until the next one and the last until the end; of values
   * at the same time the last one holds. NaN if no time passes from the first value to the end.
   *
   * @param end in seconds from the index time, not before the last value
   */
  double timeWeightedMean(double end) {
    double area = 0;
    for (int i = 0; i < values.length; i++) {
      area += values[i] * held(i, end);
    }
    return end == seconds[0] ? Double.NaN : area / (end - seconds[0]);
  }

  /**
   * The share of time, from the first value to the end, of which the value that holds lies in a
   * range. NaN if no time passes.
   */
  double shareOfTimeIn(Range range, double end) {
    double inside = 0;
    for (int i = 0; i < values.length; i++) {
      inside += range.contains(values[i]) ? held(i, end) : 0;
    }
    return end == seconds[0] ? Double.NaN : inside / (end - seconds[0]);
  }

  private double held(int i, double end) {
    return (i + 1 < values.length ? seconds[i + 1] : end) - seconds[i];
  }
}
