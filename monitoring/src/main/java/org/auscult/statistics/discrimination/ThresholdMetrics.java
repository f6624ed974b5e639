package org.auscult.statistics.discrimination;

import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.Proportion;

/** What follows from a confusion matrix, with the threshold in the definition of each. */
public final class ThresholdMetrics {
  private final Confusion cells;
  private final double threshold;

  private ThresholdMetrics(Confusion cells, double threshold) {
    this.cells = cells;
    this.threshold = threshold;
  }

  /** Of what was counted at this threshold. */
  public static ThresholdMetrics of(Confusion cells, double threshold) {
    return new ThresholdMetrics(cells, threshold);
  }

  private Definition definition(String name, String formula) {
    return Definition.of(name, formula)
        .with("threshold", threshold)
        .with("threshold rule", "flagged if score >= threshold");
  }

  /** All that hang on the labels. */
  public List<Estimate> all() {
    return List.of(
        sensitivity(),
        specificity(),
        positivePredictiveValue(),
        negativePredictiveValue(),
        likelihoodRatio(),
        f1());
  }

  /** The share of events that were flagged. */
  public Estimate sensitivity() {
    return new Proportion(cells.truePositives(), cells.positives())
        .estimate(definition("sensitivity", "TP / (TP + FN)"), "events");
  }

  /** The share of non-events that were not flagged. */
  public Estimate specificity() {
    return new Proportion(cells.trueNegatives(), cells.negatives())
        .estimate(definition("specificity", "TN / (TN + FP)"), "non-events");
  }

  /** The share of the flagged that had the event. */
  public Estimate positivePredictiveValue() {
    return new Proportion(cells.truePositives(), cells.flagged())
        .estimate(definition("ppv", "TP / (TP + FP)"), "flagged rows");
  }

  /** The share of the others that did not have it. */
  public Estimate negativePredictiveValue() {
    return new Proportion(cells.trueNegatives(), cells.unflagged())
        .estimate(definition("npv", "TN / (TN + FN)"), "rows that are not flagged");
  }

  /** The share of rows that were flagged. */
  public Estimate flagRate() {
    return new Proportion(cells.flagged(), cells.n())
        .estimate(definition("flag-rate", "(TP + FP) / n"), "rows");
  }

  /**
   * By how much a flag raises the odds of the event.
   *
   * <p>Source of the interval: Simel et al., J. Clin. Epidemiol. 44 (1991) 763–770.
   */
  public Estimate likelihoodRatio() {
    Definition definition = definition("lr-positive", "sensitivity / (1 - specificity)");
    if (cells.positives() == 0 || cells.negatives() == 0) {
      return definition.unknown(cells.n(), Reason.ONE_CLASS, "it needs events and non-events");
    }
    if (cells.falsePositives() == 0) {
      return definition.unknown(
          cells.n(), Reason.EMPTY_CELL, "no non-event is flagged, so the ratio has no end");
    }
    double tp = cells.truePositives();
    double fp = cells.falsePositives();
    double ratio = tp / cells.positives() / (fp / cells.negatives());
    Estimate.Known known = definition.known(cells.n(), ratio);
    if (tp == 0) {
      return known.noting("no interval: no event is flagged, and zero has no logarithm");
    }
    double error = Math.sqrt(1 / tp - 1.0 / cells.positives() + 1 / fp - 1.0 / cells.negatives());
    double factor = Math.exp(Distributions.Z * error);
    return known.with(Interval.of(ratio / factor, ratio * factor, "log-normal (Simel)"));
  }

  /**
   * F1. With J = TP / (TP + FP + FN), which is a proportion, it is 2J / (1 + J); the interval is
   * Wilson's of J, carried over, given TP + FP + FN.
   */
  public Estimate f1() {
    Definition definition = definition("f1", "2 TP / (2 TP + FP + FN)");
    long concerned = cells.n() - cells.trueNegatives();
    if (concerned == 0) {
      return definition.unknown(
          cells.n(), Reason.EMPTY_CELL, "there is no event, and nothing is flagged");
    }
    Proportion share = new Proportion(cells.truePositives(), concerned);
    Interval of = share.wilson();
    return definition
        .known(cells.n(), carried(share.share()))
        .with(Interval.of(carried(of.lower()), carried(of.upper()), "wilson of TP/(TP+FP+FN)"));
  }

  private static double carried(double share) {
    return 2 * share / (1 + share);
  }
}
