package org.auscult.statistics.calibration;

import java.util.List;
import org.auscult.statistics.calibration.CalibrationBins.Bin;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Distributions;

/** What bins of scores say of calibration. */
public final class BinnedCalibration {
  private static final Definition ERROR =
      Definition.of("ece", "sum of n[k]/n |observed share[k] - mean p[k]|")
          .with("binning", "10 equal width (k/10, (k+1)/10]");
  private static final Definition ERROR_OF_EQUAL_COUNT =
      Definition.of("ece-equal-count", "sum of n[k]/n |observed share[k] - mean p[k]|")
          .with("binning", "deciles of p (type 7), equal ones merged, (a, b]");
  private static final Definition HOSMER_LEMESHOW =
      Definition.of("hosmer-lemeshow", "sum of (O - E)^2 / (E (1 - E/n)) over the bins")
          .with("binning", "deciles of p (type 7), equal ones merged, (a, b]")
          .with("degrees of freedom", "the number of bins: the model was not fitted to these rows");
  private static final Definition RATIO =
      Definition.of("observed-to-expected", "events / sum of p");

  private BinnedCalibration() {}

  /** The expected calibration error of equal width, which is the primary one. No interval. */
  public static Estimate error(LabelledScores scores) {
    return error(
        ERROR,
        scores,
        scores.areProbabilities() ? CalibrationBins.ofEqualWidth(scores) : List.of());
  }

  /** The one of equal count, which stands beside it. */
  public static Estimate errorOfEqualCount(LabelledScores scores) {
    return error(ERROR_OF_EQUAL_COUNT, scores, CalibrationBins.ofEqualCount(scores));
  }

  private static Estimate error(Definition definition, LabelledScores scores, List<Bin> bins) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(definition, scores);
    }
    if (scores.n() == 0) {
      return definition.unknown(0, Reason.TOO_FEW, "there are no rows");
    }
    double sum = 0;
    for (Bin bin : bins) {
      sum += Math.abs(bin.positives() - bin.expected());
    }
    return definition.known(scores.n(), sum / scores.n());
  }

  /**
   * Hosmer's and Lemeshow's test. Its degrees of freedom are the number of bins, as for data that
   * the model was not fitted to; on those that it was fitted to, they are two less.
   */
  public static Estimate hosmerLemeshow(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(HOSMER_LEMESHOW, scores);
    }
    if (!scores.hasBothClasses()) {
      return HOSMER_LEMESHOW.unknown(
          scores.n(), Reason.ONE_CLASS, "it compares events and non-events, and has only one");
    }
    List<Bin> bins = CalibrationBins.ofEqualCount(scores);
    if (bins.size() < 3) {
      return HOSMER_LEMESHOW.unknown(
          scores.n(), Reason.NO_VARIATION, "the scores make fewer than three bins");
    }
    double sum = 0;
    for (Bin bin : bins) {
      double variance = bin.expected() * (1 - bin.expected() / bin.n());
      if (variance <= 0) {
        return HOSMER_LEMESHOW.unknown(
            scores.n(), Reason.EMPTY_CELL, "a bin expects no event, or no non-event, at all");
      }
      double off = bin.positives() - bin.expected();
      sum += off * off / variance;
    }
    return HOSMER_LEMESHOW
        .with("bins", Integer.toString(bins.size()))
        .known(scores.n(), sum)
        .with(new PValue(Distributions.chiSquaredTail(sum, bins.size()), "chi-squared"));
  }

  /**
   * Events for each that was expected.
   *
   * <p>Interval: log-normal, with a standard error of √((1 − O/n) / O). Source: Debray et al., BMJ
   * 356 (2017) i6460, appendix.
   */
  public static Estimate observedToExpected(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(RATIO, scores);
    }
    double expected = 0;
    for (int k = 0; k < scores.distinct(); k++) {
      expected += scores.score(k) * scores.rows(k);
    }
    if (expected == 0) {
      return RATIO.unknown(scores.n(), Reason.EMPTY_CELL, "no event is expected");
    }
    double ratio = scores.positives() / expected;
    Estimate.Known known = RATIO.known(scores.n(), ratio);
    if (!scores.hasBothClasses()) {
      return known.noting("no interval: with one class nothing varies");
    }
    double factor =
        Math.exp(Distributions.Z * Math.sqrt((1 - scores.prevalence()) / scores.positives()));
    return known.with(Interval.of(ratio / factor, ratio * factor, "log-normal (Debray)"));
  }
}
