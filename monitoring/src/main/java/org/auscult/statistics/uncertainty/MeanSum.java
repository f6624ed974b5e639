package org.auscult.statistics.uncertainty;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;

/** A mean and the spread around it, of values that come with weights. Not for several threads. */
public final class MeanSum {
  private long n;
  private double mean;
  private double squares;

  /** Adds a value so many times; nothing for 0. */
  public void add(double value, long times) {
    if (times == 0) {
      return;
    }
    long others = n;
    n += times;
    double before = value - mean;
    mean += before * times / n;
    // A product of what is not negative: a difference could round to below 0 where nothing varies.
    squares += before * before * times * others / n;
  }

  /** How many values. */
  public long n() {
    return n;
  }

  /** Their mean; 0 of none. */
  public double mean() {
    return mean;
  }

  /** The variance of a sample, by n − 1; NaN of fewer than two. */
  public double variance() {
    return n < 2 ? Double.NaN : squares / (n - 1);
  }

  /** The mean's standard error; NaN of fewer than two. */
  public double error() {
    return Math.sqrt(variance() / n);
  }

  /** The mean with its normal interval; unknown of no values, without an interval of one. */
  public Estimate estimate(Definition definition) {
    return estimate(definition, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** The same, with the interval clipped to these ends. */
  public Estimate estimate(Definition definition, double least, double most) {
    if (n == 0) {
      return definition.unknown(0, Reason.TOO_FEW, "there are no rows");
    }
    Estimate.Known known = definition.known(n, mean);
    return n < 2
        ? known.noting("no interval: one row alone does not vary")
        : known.with(normal(mean, error(), "normal").clippedTo(least, most));
  }

  /** The normal interval of an estimate with this standard error, which was had by this method. */
  public static Interval normal(double value, double error, String method) {
    return Interval.of(value - Distributions.Z * error, value + Distributions.Z * error, method);
  }
}
