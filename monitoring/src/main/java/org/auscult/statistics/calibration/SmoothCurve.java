package org.auscult.statistics.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Distributions;

/**
 * A smooth calibration curve: a logistic regression of the label on a restricted cubic spline of
 * the score's logit, with five knots at its quantiles 0.05, 0.275, 0.5, 0.725 and 0.95.
 *
 * <p>Source: Harrell, Regression Modeling Strategies, 2nd edition, section 2.4.5 (basis and knots);
 * Austin and Steyerberg, Stat. Med. 38 (2019) 4051–4065 (Eavg, E90, Emax).
 */
public final class SmoothCurve {
  /** So many rows of each class are needed. */
  public static final int LEAST = 10;

  private static final int[] FORTIETHS = {2, 11, 20, 29, 38};
  private static final String CURVE =
      "logistic regression on a restricted cubic spline of logit p, 5 knots at its quantiles"
          + " 0.05 0.275 0.5 0.725 0.95 (type 7), p clipped to [1e-15, 1 - 1e-15]";
  private static final Definition AVERAGE = of("eavg", "mean |p - curve(p)|");
  private static final Definition NINETIETH = of("e90", "0.9 quantile (type 7) of |p - curve(p)|");
  private static final Definition MOST = of("emax", "greatest |p - curve(p)|");

  private final LabelledScores scores;
  private final double[] knots;
  private final LogisticFit fit;

  private SmoothCurve(LabelledScores scores, double[] knots, LogisticFit fit) {
    this.scores = scores;
    this.knots = knots;
    this.fit = fit;
  }

  /**
   * A point of the curve.
   *
   * @param observed how probable the event is at this score, by the curve
   * @param interval pointwise
   */
  public record Point(double score, double observed, Interval interval) {}

  private static Definition of(String name, String formula) {
    return Definition.of(name, formula).with("curve", CURVE);
  }

  /** Eavg, E90 and Emax. No interval is defined. */
  public static List<Estimate> errors(LabelledScores scores) {
    Optional<Estimate.Unknown> refusal = refusal(scores);
    if (refusal.isPresent()) {
      Estimate.Unknown why = refusal.get();
      return List.of(
          why,
          NINETIETH.unknown(why.n(), why.reason(), why.why()),
          MOST.unknown(why.n(), why.reason(), why.why()));
    }
    return fit(scores)
        .map(SmoothCurve::errors)
        .orElseGet(
            () ->
                List.of(
                    WeakCalibration.unsettled(AVERAGE, scores),
                    WeakCalibration.unsettled(NINETIETH, scores),
                    WeakCalibration.unsettled(MOST, scores)));
  }

  /** The curve at these scores; none if it cannot be had, for which {@link #errors} says why. */
  public static List<Point> points(LabelledScores scores, List<Double> at) {
    if (refusal(scores).isPresent()) {
      return List.of();
    }
    return fit(scores).map(curve -> curve.points(at)).orElse(List.of());
  }

  private static Optional<Estimate.Unknown> refusal(LabelledScores scores) {
    if (!scores.areProbabilities()) {
      return Optional.of(
          AVERAGE.unknown(scores.n(), Reason.NOT_A_PROBABILITY, "scores lie outside 0 to 1"));
    }
    if (!scores.hasBothClasses()) {
      return Optional.of(
          AVERAGE.unknown(scores.n(), Reason.ONE_CLASS, "with one class a curve has no end"));
    }
    if (Math.min(scores.positives(), scores.negatives()) < LEAST) {
      return Optional.of(
          AVERAGE.unknown(
              scores.n(), Reason.TOO_FEW, "a curve needs " + LEAST + " rows of each class"));
    }
    double[] knots = knots(scores);
    for (int i = 1; i < knots.length; i++) {
      if (!(knots[i] > knots[i - 1])) {
        return Optional.of(
            AVERAGE.unknown(
                scores.n(), Reason.NO_VARIATION, "knots fall together, so many scores are tied"));
      }
    }
    return WeakCalibration.separates(scores)
        ? Optional.of(
            AVERAGE.unknown(
                scores.n(),
                Reason.NO_FINITE_FIT,
                "a score parts the events from the non-events, so the fit has no end"))
        : Optional.empty();
  }

  /** Quantiles of the logit, with interpolation among logits, not among scores. */
  private static double[] knots(LabelledScores scores) {
    double[] knots = new double[FORTIETHS.length];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = scores.quantileOf(Probabilities::logit, FORTIETHS[i], 40);
    }
    return knots;
  }

  private static Optional<SmoothCurve> fit(LabelledScores scores) {
    double[] knots = knots(scores);
    double[][] columns = new double[knots.length][scores.distinct()];
    double[] row = new double[knots.length];
    for (int k = 0; k < scores.distinct(); k++) {
      basis(Probabilities.logit(scores.score(k)), knots, row);
      for (int j = 0; j < row.length; j++) {
        columns[j][k] = row[j];
      }
    }
    return LogisticFit.of(WeakCalibration.design(scores, columns, new double[scores.distinct()]))
        .map(fit -> new SmoothCurve(scores, knots, fit));
  }

  /** One, x, and a term for each knot but two; linear beyond the outer knots. */
  private static void basis(double x, double[] knots, double[] into) {
    int last = knots.length - 1;
    double scale = (knots[last] - knots[0]) * (knots[last] - knots[0]);
    double width = knots[last] - knots[last - 1];
    into[0] = 1;
    into[1] = x;
    for (int j = 0; j < last - 1; j++) {
      into[j + 2] =
          (cube(x - knots[j])
                  - cube(x - knots[last - 1]) * (knots[last] - knots[j]) / width
                  + cube(x - knots[last]) * (knots[last - 1] - knots[j]) / width)
              / scale;
    }
  }

  private static double cube(double x) {
    return x <= 0 ? 0 : x * x * x;
  }

  private List<Estimate> errors() {
    double[] off = new double[scores.distinct()];
    double[] row = new double[knots.length];
    double sum = 0;
    for (int k = 0; k < off.length; k++) {
      basis(Probabilities.logit(scores.score(k)), knots, row);
      off[k] = Math.abs(scores.score(k) - LogisticFit.probability(fit.logit(row)));
      sum += off[k] * scores.rows(k);
    }
    LabelledScores all = counted(off);
    return List.of(
        AVERAGE.known(scores.n(), sum / scores.n()),
        NINETIETH.known(scores.n(), all.quantile(9, 10)),
        MOST.known(scores.n(), all.score(all.distinct() - 1)));
  }

  /** How many rows are off by how much. */
  private LabelledScores counted(double[] off) {
    double[] sorted = Arrays.stream(off).sorted().distinct().toArray();
    int[] rows = new int[sorted.length];
    for (int k = 0; k < off.length; k++) {
      rows[Arrays.binarySearch(sorted, off[k])] += scores.rows(k);
    }
    return LabelledScores.ofCounts(sorted, new int[sorted.length], rows);
  }

  private List<Point> points(List<Double> at) {
    List<Point> points = new ArrayList<>();
    double[] row = new double[knots.length];
    for (double score : at) {
      basis(Probabilities.logit(score), knots, row);
      double logit = fit.logit(row);
      double error = fit.errorOfLogit(row);
      points.add(
          new Point(
              score,
              LogisticFit.probability(logit),
              Interval.of(
                  LogisticFit.probability(logit - Distributions.Z * error),
                  LogisticFit.probability(logit + Distributions.Z * error),
                  "wald on the logit")));
    }
    return List.copyOf(points);
  }
}
