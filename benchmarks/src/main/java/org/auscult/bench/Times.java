package org.auscult.bench;

import java.util.Arrays;

/** How long something took, each time that it was done. In microseconds. */
final class Times {
  private double[] micros = new double[1_024];
  private int count;

  void add(long nanos) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = nanos / 1e3;
  }

  int count() {
    return count;
  }

  double p50() {
    return quantile(0.5);
  }

  double p99() {
    return quantile(0.99);
  }

  /** By nearest rank; NaN of nothing. */
  double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
  }

  /** What this took for each that the other took, of things done in pairs. */
  Times over(Times other) {
    Times ratios = new Times();
    for (int i = 0; i < Math.min(count, other.count); i++) {
      ratios.add(Math.round(1e6 * micros[i] / other.micros[i]));
    }
    return ratios;
  }
}
