package org.auscult.statistics.discrimination;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.MeanSum;

/** The area under the precision-recall curve, in the two ways that go by that name. */
public final class PrecisionRecall {
  private static final Definition AVERAGE_PRECISION =
      Definition.of(
          "average-precision", "sum of (R[k] - R[k-1]) P[k] over falling distinct thresholds");
  private static final Definition TRAPEZOID =
      Definition.of(
          "auprc-trapezoid",
          "area under straight lines through (0, 1) and (R[k], P[k]) of falling distinct thresholds");

  private PrecisionRecall() {}

  /**
   * Average precision, with the normal interval by the infinitesimal jackknife, clipped to [0, 1].
   *
   * <p>A row's influence is the derivative of the figure by the row's weight; the squares of them
   * add up to the variance. Of a row of class y with score s it is ([y] (P(s) − AP) + Σ (y − P(t))
   * / N(t)) / m, the sum over the events' scores t not above s, N(t) rows having at least t.
   *
   * <p>Source: Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982, section 6.3.
   */
  public static Estimate averagePrecision(LabelledScores scores) {
    if (!scores.hasBothClasses()) {
      return oneClass(AVERAGE_PRECISION, scores);
    }
    int m = scores.positives();
    double sum = 0;
    for (int k = 0; k < scores.distinct(); k++) {
      sum += scores.positives(k) * precision(scores, k);
    }
    double value = sum / m;
    Estimate.Known known = AVERAGE_PRECISION.known(scores.n(), value);
    if (m < 2) {
      return known.noting("no interval: one event alone does not vary");
    }
    double inverse = 0;
    double weighted = 0;
    double variance = 0;
    for (int k = 0; k < scores.distinct(); k++) {
      double precision = precision(scores, k);
      double share = scores.positives(k) / (double) (scores.n() - scores.rowsBelow(k));
      inverse += share;
      weighted += share * precision;
      double ofPositive = (precision - value + inverse - weighted) / m;
      double ofNegative = weighted / m;
      variance +=
          scores.positives(k) * ofPositive * ofPositive
              + scores.negatives(k) * ofNegative * ofNegative;
    }
    return variance == 0
        ? known.noting("no interval: no row has any influence")
        : known.with(
            MeanSum.normal(value, Math.sqrt(variance), "infinitesimal-jackknife").clippedTo(0, 1));
  }

  /** The trapezoid area. No interval is defined. */
  public static Estimate trapezoid(LabelledScores scores) {
    if (!scores.hasBothClasses()) {
      return oneClass(TRAPEZOID, scores);
    }
    double area = 0;
    double before = 1;
    for (int k = scores.distinct() - 1; k >= 0; k--) {
      double precision = precision(scores, k);
      area += scores.positives(k) * (precision + before) / 2;
      before = precision;
    }
    return TRAPEZOID.known(scores.n(), area / scores.positives());
  }

  private static Estimate oneClass(Definition definition, LabelledScores scores) {
    return definition.unknown(
        scores.n(), Reason.ONE_CLASS, "precision and recall need events and non-events");
  }

  /** Of rows with at least the k-th score: the share with the event. */
  private static double precision(LabelledScores scores, int k) {
    return (scores.positives() - scores.positivesBelow(k))
        / (double) (scores.n() - scores.rowsBelow(k));
  }
}
