package org.auscult.statistics.drift;

import java.util.List;
import java.util.Optional;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * Distances between how rows of two samples spread over the same bins.
 *
 * @param reference rows of the reference by bin
 * @param current rows of the current sample by bin
 */
record Shares(List<Long> reference, List<Long> current) {
  /** What a share of nothing counts as in the population stability index. */
  static final double EPSILON = 1e-4;

  private static final Definition PSI =
      Definition.of("psi", "sum of (a[i] - e[i]) ln(a[i] / e[i])")
          .with("epsilon", "shares below 1e-4 count as 1e-4")
          .with("bands", "0.1 warns, 0.25 acts")
          .with("test", "psi / (1/n + 1/m) ~ chi-squared(bins - 1), bins that hold a row");
  private static final Definition JENSEN_SHANNON =
      Definition.of(
          "jensen-shannon",
          "square root of the Jensen-Shannon divergence, base 2, of the shares of bins");
  private static final Definition HELLINGER =
      Definition.of("hellinger", "square root of (sum of (sqrt a[i] - sqrt e[i])^2 / 2)");
  private static final Definition MISSING =
      Definition.of("missing-rate-difference", "missing rate now less that of the reference");

  Shares {
    reference = List.copyOf(reference);
    current = List.copyOf(current);
    if (reference.size() != current.size()) {
      throw new IllegalArgumentException("Both samples are told by the same bins");
    }
  }

  private long rowsOfReference() {
    return sum(reference);
  }

  private long rowsOfCurrent() {
    return sum(current);
  }

  private static long sum(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** The three distances by bins. */
  List<Estimate> distances(String binning) {
    long n = rowsOfReference();
    long m = rowsOfCurrent();
    Definition psi = PSI.with("binning", binning);
    Definition jensenShannon = JENSEN_SHANNON.with("binning", binning);
    Definition hellinger = HELLINGER.with("binning", binning);
    if (n == 0 || m == 0) {
      return List.of(noRows(psi), noRows(jensenShannon), noRows(hellinger));
    }
    return List.of(
        psi(psi), jensenShannon.known(n + m, jensenShannon()), hellinger.known(n + m, hellinger()));
  }

  static Estimate noRows(Definition definition) {
    return definition.unknown(0, Reason.TOO_FEW, "one of the samples has no rows");
  }

  private Estimate psi(Definition definition) {
    double n = rowsOfReference();
    double m = rowsOfCurrent();
    double sum = 0;
    int bins = 0;
    for (int i = 0; i < reference.size(); i++) {
      double expected = Math.max(EPSILON, reference.get(i) / n);
      double actual = Math.max(EPSILON, current.get(i) / m);
      sum += (actual - expected) * Math.log(actual / expected);
      bins += reference.get(i) + current.get(i) > 0 ? 1 : 0;
    }
    double p = bins < 2 ? 1 : Distributions.chiSquaredTail(sum / (1 / n + 1 / m), bins - 1.0);
    return definition
        .known((long) (n + m), sum)
        .with(new PValue(p, "chi-squared(" + (bins - 1) + ")"));
  }

  private double jensenShannon() {
    double n = rowsOfReference();
    double m = rowsOfCurrent();
    double sum = 0;
    for (int i = 0; i < reference.size(); i++) {
      double e = reference.get(i) / n;
      double a = current.get(i) / m;
      sum += half(e, a) + half(a, e);
    }
    return Math.sqrt(Math.max(0, sum / 2 / Math.log(2)));
  }

  private static double half(double of, double other) {
    return of == 0 ? 0 : of * Math.log(2 * of / (of + other));
  }

  private double hellinger() {
    double n = rowsOfReference();
    double m = rowsOfCurrent();
    double sum = 0;
    for (int i = 0; i < reference.size(); i++) {
      double off = Math.sqrt(reference.get(i) / n) - Math.sqrt(current.get(i) / m);
      sum += off * off;
    }
    return Math.sqrt(sum / 2);
  }

  /** How the rate of what is missing changed: Newcombe's interval, and the chi-squared test. */
  static Estimate missing(Proportion reference, Proportion current) {
    if (reference.of() == 0 || current.of() == 0) {
      return noRows(MISSING);
    }
    Shares table =
        new Shares(
            List.of(reference.count(), reference.of() - reference.count()),
            List.of(current.count(), current.of() - current.count()));
    PValue p = table.chiSquared().map(Tested::p).orElse(new PValue(1, "nothing varies"));
    return MISSING
        .known(reference.of() + current.of(), current.share() - reference.share())
        .with(current.newcombe(reference))
        .with(p);
  }

  private record Tested(double statistic, PValue p) {}

  /** The chi-squared test of homogeneity, without a correction for continuity. */
  Estimate chiSquared(Definition definition) {
    long rows = rowsOfReference() + rowsOfCurrent();
    if (rowsOfReference() == 0 || rowsOfCurrent() == 0) {
      return noRows(definition);
    }
    return chiSquared()
        .map(tested -> (Estimate) definition.known(rows, tested.statistic).with(tested.p))
        .orElseGet(
            () -> definition.unknown(rows, Reason.NO_VARIATION, "there is one category only"));
  }

  private Optional<Tested> chiSquared() {
    double n = rowsOfReference();
    double m = rowsOfCurrent();
    double sum = 0;
    int columns = 0;
    for (int i = 0; i < reference.size(); i++) {
      double both = reference.get(i) + current.get(i);
      if (both > 0) {
        columns++;
        double expected = both * n / (n + m);
        double off = reference.get(i) - expected;
        sum += off * off / expected + off * off / (both - expected);
      }
    }
    return columns < 2
        ? Optional.empty()
        : Optional.of(
            new Tested(
                sum,
                new PValue(
                    Distributions.chiSquaredTail(sum, columns - 1.0),
                    "chi-squared(" + (columns - 1) + ")")));
  }
}
