package org.auscult.statistics.estimated;

import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.Numbers;

/**
 * Confidence-based performance estimation (CBPE): what the figures will be, if the probabilities
 * are calibrated. It cannot see that the relation of score and outcome has changed.
 *
 * <p>Each row counts as an event with its p, and as none with 1 − p. The band is three standard
 * errors of the figure once its labels are there, to both sides: of shares √(s (1 − s) / base),
 * base the expected number of rows that the share is of; of the area by Hanley's and McNeil's
 * formula with the expected numbers of events and non-events.
 *
 * <p>Source: NannyML's documentation on CBPE; Hanley and McNeil, Radiology 143 (1982) 29–36.
 */
public final class EstimatedPerformance {
  /** How probable a normal value is to lie within three standard errors. */
  private static final double LEVEL = 0.9973002039367398;

  private static final double WIDTH = 3;

  private final Numbers probabilities;
  private final double threshold;
  private final double truePositives;
  private final double falsePositives;
  private final double falseNegatives;
  private final double trueNegatives;

  private EstimatedPerformance(Numbers probabilities, double threshold) {
    this.probabilities = probabilities;
    this.threshold = threshold;
    double[] sums = new double[4];
    for (int i = 0; i < probabilities.size(); i++) {
      double p = probabilities.get(i);
      boolean flagged = p >= threshold;
      sums[flagged ? 0 : 2] += p;
      sums[flagged ? 1 : 3] += 1 - p;
    }
    truePositives = sums[0];
    falsePositives = sums[1];
    falseNegatives = sums[2];
    trueNegatives = sums[3];
  }

  /**
   * All of them, at this threshold. Rows without a score do not count.
   *
   * @throws IllegalArgumentException if a score lies outside 0 to 1
   */
  public static List<Estimate> of(Numbers probabilities, double threshold) {
    int n = probabilities.size();
    if (n > 0 && !(probabilities.get(0) >= 0 && probabilities.get(n - 1) <= 1)) {
      throw new IllegalArgumentException("Probabilities lie within 0 and 1");
    }
    return new EstimatedPerformance(probabilities, threshold).all();
  }

  private List<Estimate> all() {
    double n = probabilities.size();
    return List.of(
        area(),
        share("true-positive-share", "mean(flagged p)", truePositives, n),
        share("false-positive-share", "mean(flagged (1 - p))", falsePositives, n),
        share("false-negative-share", "mean((1 - flagged) p)", falseNegatives, n),
        share("true-negative-share", "mean((1 - flagged) (1 - p))", trueNegatives, n),
        share("prevalence", "mean p", truePositives + falseNegatives, n),
        share("sensitivity", "TP / (TP + FN)", truePositives, truePositives + falseNegatives),
        share("specificity", "TN / (TN + FP)", trueNegatives, trueNegatives + falsePositives),
        share("ppv", "TP / (TP + FP)", truePositives, truePositives + falsePositives),
        share("npv", "TN / (TN + FN)", trueNegatives, trueNegatives + falseNegatives),
        f1());
  }

  private static Definition named(String name, String formula) {
    return Definition.of("estimated-" + name, formula + ", with expected labels")
        .with("assumes", "calibrated probabilities, no concept drift");
  }

  private Definition atThreshold(String name, String formula) {
    return named(name, formula)
        .with("threshold", threshold)
        .with("threshold rule", "flagged if score >= threshold");
  }

  private Estimate share(String name, String formula, double count, double base) {
    Definition definition = atThreshold(name, formula);
    if (!(base > 0)) {
      return definition.unknown(
          probabilities.size(), Reason.EMPTY_CELL, "no rows are expected that it is a share of");
    }
    double share = Math.min(1, count / base);
    return banded(definition, share, Math.sqrt(share * (1 - share) / base));
  }

  private Estimate banded(Definition definition, double value, double error) {
    return definition
        .known(probabilities.size(), value)
        .with(
            new Interval(value - WIDTH * error, value + WIDTH * error, LEVEL, "3 sigma of sampling")
                .clippedTo(0, 1));
  }

  private Estimate f1() {
    Definition definition = atThreshold("f1", "2 TP / (2 TP + FP + FN)");
    double concerned = truePositives + falsePositives + falseNegatives;
    if (!(concerned > 0)) {
      return definition.unknown(
          probabilities.size(), Reason.EMPTY_CELL, "no event is expected, and nothing is flagged");
    }
    double share = truePositives / concerned;
    double error = Math.sqrt(share * (1 - share) / concerned);
    return banded(definition, 2 * share / (1 + share), 2 * error / ((1 + share) * (1 + share)));
  }

  private Estimate area() {
    Definition definition =
        named("auroc", "sum of p[i] (1 - p[j]) ([i above j] + [tied]/2) / (sum p sum (1 - p))");
    double positives = truePositives + falseNegatives;
    double negatives = trueNegatives + falsePositives;
    if (!(positives > 0) || !(negatives > 0)) {
      return definition.unknown(
          probabilities.size(), Reason.ONE_CLASS, "events and non-events must be expected");
    }
    double ordered = 0;
    double below = 0;
    int i = 0;
    while (i < probabilities.size()) {
      double p = probabilities.get(i);
      int tied = probabilities.atMost(p) - i;
      ordered += tied * p * (below + tied * (1 - p) / 2);
      below += tied * (1 - p);
      i += tied;
    }
    double area = ordered / (positives * negatives);
    double first = area / (2 - area) - area * area;
    double second = 2 * area * area / (1 + area) - area * area;
    double variance =
        (area * (1 - area)
                + Math.max(0, positives - 1) * first
                + Math.max(0, negatives - 1) * second)
            / (positives * negatives);
    return banded(definition, area, Math.sqrt(variance));
  }
}
