package org.auscult.statistics.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * Logistic recalibration: a fit of the label on the score's logit, by maximum likelihood.
 *
 * <p>Source: Cox, Biometrika 45 (1958) 562–565; Van Calster et al., J. Clin. Epidemiol. 74 (2016)
 * 167–176.
 */
public final class WeakCalibration {
  private static final String CLIP = "p clipped to [1e-15, 1 - 1e-15]";
  private static final Definition IN_THE_LARGE =
      Definition.of("calibration-in-the-large", "a in logit P(y) = a + logit p")
          .with("epsilon", CLIP);
  private static final Definition INTERCEPT =
      Definition.of("calibration-intercept", "a in logit P(y) = a + b logit p")
          .with("epsilon", CLIP);
  private static final Definition SLOPE =
      Definition.of("calibration-slope", "b in logit P(y) = a + b logit p").with("epsilon", CLIP);

  private WeakCalibration() {}

  /** Ideally 0; below, the scores are too high. The interval is Wald's. */
  public static Estimate inTheLarge(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Probabilities.refuse(IN_THE_LARGE, scores);
    }
    if (!scores.hasBothClasses()) {
      return IN_THE_LARGE.unknown(scores.n(), Reason.ONE_CLASS, "with one class it has no end");
    }
    double[] logits = logits(scores);
    double[] ones = new double[logits.length];
    Arrays.fill(ones, 1);
    return LogisticFit.of(design(scores, new double[][] {ones}, logits))
        .map(fit -> wald(IN_THE_LARGE, scores, fit, 0))
        .orElseGet(() -> unsettled(IN_THE_LARGE, scores));
  }

  /** Intercept and slope, ideally 0 and 1; a slope below 1 says that scores are too extreme. */
  public static List<Estimate> interceptAndSlope(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return List.of(Probabilities.refuse(INTERCEPT, scores), Probabilities.refuse(SLOPE, scores));
    }
    Optional<Reason> reason = impossible(scores);
    if (reason.isPresent()) {
      return List.of(
          INTERCEPT.unknown(scores.n(), reason.get(), why(reason.get())),
          SLOPE.unknown(scores.n(), reason.get(), why(reason.get())));
    }
    double[] logits = logits(scores);
    double[] ones = new double[logits.length];
    Arrays.fill(ones, 1);
    Optional<LogisticFit> fit =
        LogisticFit.of(design(scores, new double[][] {ones, logits}, new double[logits.length]));
    return fit.isEmpty()
        ? List.of(unsettled(INTERCEPT, scores), unsettled(SLOPE, scores))
        : List.of(wald(INTERCEPT, scores, fit.get(), 0), wald(SLOPE, scores, fit.get(), 1));
  }

  private static Optional<Reason> impossible(LabelledScores scores) {
    if (!scores.hasBothClasses()) {
      return Optional.of(Reason.ONE_CLASS);
    }
    if (Probabilities.logit(scores.score(0))
        == Probabilities.logit(scores.score(scores.distinct() - 1))) {
      return Optional.of(Reason.NO_VARIATION);
    }
    return separates(scores) ? Optional.of(Reason.NO_FINITE_FIT) : Optional.empty();
  }

  private static String why(Reason reason) {
    return switch (reason) {
      case ONE_CLASS -> "with one class a fit has no end";
      case NO_VARIATION -> "all scores are the same, so there is no slope";
      case NO_FINITE_FIT -> "a score parts the events from the non-events, so the fit has no end";
      case TOO_FEW, EMPTY_CELL, NOT_A_PROBABILITY, SMALL_CELL -> reason.code();
    };
  }

  /** Whether some score has all of one class on one side of it, itself included. */
  static boolean separates(LabelledScores scores) {
    int firstPositive = -1;
    int lastPositive = -1;
    int firstNegative = -1;
    int lastNegative = -1;
    for (int k = 0; k < scores.distinct(); k++) {
      if (scores.positives(k) > 0) {
        firstPositive = firstPositive < 0 ? k : firstPositive;
        lastPositive = k;
      }
      if (scores.negatives(k) > 0) {
        firstNegative = firstNegative < 0 ? k : firstNegative;
        lastNegative = k;
      }
    }
    return lastNegative <= firstPositive || lastPositive <= firstNegative;
  }

  static double[] logits(LabelledScores scores) {
    double[] logits = new double[scores.distinct()];
    for (int k = 0; k < logits.length; k++) {
      logits[k] = Probabilities.logit(scores.score(k));
    }
    return logits;
  }

  static LogisticFit.Design design(LabelledScores scores, double[][] columns, double[] offset) {
    int[] rows = new int[scores.distinct()];
    int[] positives = new int[scores.distinct()];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = scores.rows(k);
      positives[k] = scores.positives(k);
    }
    return new LogisticFit.Design(columns, offset, rows, positives);
  }

  private static Estimate wald(
      Definition definition, LabelledScores scores, LogisticFit fit, int coefficient) {
    double value = fit.coefficient(coefficient);
    return definition
        .known(scores.n(), value)
        .with(MeanSum.normal(value, fit.error(coefficient), "wald"));
  }

  static Estimate unsettled(Definition definition, LabelledScores scores) {
    return definition.unknown(scores.n(), Reason.NO_FINITE_FIT, "the fit does not settle");
  }
}
