package org.auscult.statistics.calibration;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.RunningScores;
import org.auscult.statistics.uncertainty.MeanSum;

/** The mean squared error of probabilities, and what share of it knowing the prevalence leaves. */
public final class Brier {
  private static final Definition BRIER = Definition.of("brier", "mean (p - y)^2");
  private static final Definition SCALED =
      Definition.of("scaled-brier", "1 - brier / (q (1 - q)), q the prevalence");

  private Brier() {}

  /** Brier's score; its interval is the normal one of a mean, clipped to [0, 1]. */
  public static Estimate score(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(BRIER, scores);
    }
    MeanSum sum = new MeanSum();
    for (int k = 0; k < scores.distinct(); k++) {
      double p = scores.score(k);
      sum.add((1 - p) * (1 - p), scores.positives(k));
      sum.add(p * p, scores.negatives(k));
    }
    return sum.estimate(BRIER, 0, 1);
  }

  /** The same of rows that come and go. */
  public static Estimate score(RunningScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(BRIER, scores.n());
    }
    if (scores.n() == 0) {
      return BRIER.unknown(0, Reason.TOO_FEW, "there are no rows");
    }
    Estimate.Known known = BRIER.known(scores.n(), scores.meanSquaredError());
    return scores.n() < 2
        ? known.noting("no interval: one row alone does not vary")
        : known.with(
            MeanSum.normal(scores.meanSquaredError(), scores.errorOfMeanSquaredError(), "normal")
                .clippedTo(0, 1));
  }

  /**
   * The scaled score: 1 is perfect, 0 is as good as telling everybody the prevalence.
   *
   * <p>Interval: normal, by the delta method on the means of (p−y)² and y.
   */
  public static Estimate scaled(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(SCALED, scores);
    }
    if (!scores.hasBothClasses()) {
      return SCALED.unknown(
          scores.n(), Reason.ONE_CLASS, "with one class the prevalence alone makes no error");
    }
    double brier = score(scores).get();
    double prevalence = scores.prevalence();
    double reference = prevalence * (1 - prevalence);
    MeanSum influence = new MeanSum();
    for (int k = 0; k < scores.distinct(); k++) {
      double p = scores.score(k);
      influence.add(
          influence((1 - p) * (1 - p) - brier, 1 - prevalence, brier, prevalence),
          scores.positives(k));
      influence.add(influence(p * p - brier, -prevalence, brier, prevalence), scores.negatives(k));
    }
    double value = 1 - brier / reference;
    return SCALED
        .known(scores.n(), value)
        .with(
            MeanSum.normal(value, influence.error(), "normal (delta method)")
                .clippedTo(-Double.MAX_VALUE, 1));
  }

  private static double influence(
      double ofBrier, double ofPrevalence, double brier, double prevalence) {
    double reference = prevalence * (1 - prevalence);
    return -ofBrier / reference
        + brier * (1 - 2 * prevalence) * ofPrevalence / (reference * reference);
  }
}
