package org.auscult.monitoring.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A scale and its ticks.
 *
 * @param from value at its beginning
 * @param to value at its end, greater
 */
public record Axis(double from, double to, List<Tick> ticks) {
  private static final int ABOUT = 5;
  private static final double[] STEPS = {1, 2, 5, 10};

  public Axis {
    if (!(from < to)) {
      throw new IllegalArgumentException("An axis has a length: " + from + " to " + to);
    }
    ticks = List.copyOf(ticks);
  }

  /** A value with its name. */
  public record Tick(double value, String label) {}

  /** From 0 to 1. */
  public static Axis ofShares() {
    return covering(DoubleStream.of(0, 1));
  }

  /** From tick to tick, around all of these values. */
  public static Axis covering(DoubleStream values) {
    double[] all = values.toArray();
    double least = DoubleStream.of(all).min().orElse(0);
    double most = DoubleStream.of(all).max().orElse(1);
    if (!(most - least > 1e-9 * Math.max(1, Math.abs(most)))) {
      double room = least == 0 ? 1 : Math.abs(least) / 10;
      least -= room;
      most += room;
    }
    BigDecimal step = step((most - least) / ABOUT);
    BigDecimal first = multiple(least, step, RoundingMode.FLOOR);
    BigDecimal last = multiple(most, step, RoundingMode.CEILING);
    List<Tick> ticks = new ArrayList<>();
    for (BigDecimal at = first; at.compareTo(last) <= 0; at = at.add(step)) {
      ticks.add(new Tick(at.doubleValue(), at.signum() == 0 ? "0" : at.toPlainString()));
    }
    return new Axis(first.doubleValue(), last.doubleValue(), ticks);
  }

  private static BigDecimal step(double least) {
    int exponent = (int) Math.floor(Math.log10(least));
    double unit = Math.pow(10, exponent);
    for (double step : STEPS) {
      if (step * unit >= least * (1 - 1e-9)) {
        return BigDecimal.valueOf(step).stripTrailingZeros().scaleByPowerOfTen(exponent);
      }
    }
    throw new IllegalStateException("Ten units are more than one");
  }

  private static BigDecimal multiple(double of, BigDecimal step, RoundingMode mode) {
    BigDecimal exact =
        BigDecimal.valueOf(of).setScale(Math.max(12, step.scale() + 3), RoundingMode.HALF_EVEN);
    BigDecimal rounded = exact.divide(step, 0, mode).multiply(step);
    return step.scale() < 0
        ? rounded.setScale(0, RoundingMode.UNNECESSARY)
        : rounded.setScale(step.scale(), RoundingMode.UNNECESSARY);
  }

  /** Where a value lies on a line from one place to another. */
  double place(double value, double start, double end) {
    return start + (value - from) / (to - from) * (end - start);
  }
}
