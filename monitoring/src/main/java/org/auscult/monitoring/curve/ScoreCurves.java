package org.auscult.monitoring.curve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.auscult.statistics.calibration.SmoothCurve;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.statistics.usefulness.NetBenefit;
import org.jspecify.annotations.Nullable;

/**
 * ROC, precision and recall, decision and calibration curve of labelled scores, of points so far
 * apart that none tells of ten people or fewer. The same rows give the same curves, in whatever
 * order they came.
 *
 * @param n rows
 * @param events rows with the event
 * @param cuts by rising threshold; between two of them lie more than ten events and more than ten
 *     others
 * @param bins by rising score, each of one step between cuts or several; empty if scores are no
 *     probabilities
 * @param smooth the calibration curve between the means of the first and of the last bin; empty if
 *     there is none
 */
public record ScoreCurves(
    int n, int events, List<Cut> cuts, List<Bin> bins, List<SmoothCurve.Point> smooth) {
  private static final int BINS = 10;
  private static final int SMOOTH_POINTS = 50;

  public ScoreCurves {
    cuts = List.copyOf(cuts);
    bins = List.copyOf(bins);
    smooth = List.copyOf(smooth);
  }

  /**
   * What follows if rows with a score of at least a threshold are flagged.
   *
   * @param precision of the flagged
   * @param benefit null if the threshold is no probability below 1
   */
  public record Cut(
      double threshold,
      double sensitivity,
      double falsePositiveRate,
      double precision,
      @Nullable Benefit benefit) {}

  /**
   * Net benefit at a threshold.
   *
   * @param interval of the model's
   * @param all if all are treated
   */
  public record Benefit(double model, @Nullable Interval interval, double all) {}

  /**
   * Rows of neighbouring scores.
   *
   * @param meanScore of them
   * @param observed share of events
   * @param interval of that share
   */
  public record Bin(int n, double meanScore, double observed, Interval interval) {}

  /**
   * The curves; empty if they would tell of ten events or ten others or fewer.
   *
   * @param thresholds of which figures are told beside them
   */
  public static Optional<ScoreCurves> of(LabelledScores scores, List<Double> thresholds) {
    List<ScoreSteps.Step> steps = ScoreSteps.of(scores, thresholds);
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    List<Bin> bins = scores.areProbabilities() ? bins(steps, scores.n()) : List.of();
    return Optional.of(
        new ScoreCurves(
            scores.n(),
            scores.positives(),
            cuts(steps, scores),
            bins,
            bins.size() < 2 ? List.of() : SmoothCurve.points(scores, between(bins))));
  }

  private static List<Cut> cuts(List<ScoreSteps.Step> steps, LabelledScores scores) {
    List<Cut> cuts = new ArrayList<>();
    long found = 0;
    long needless = 0;
    for (int k = steps.size() - 1; k > 0; k--) {
      ScoreSteps.Step step = steps.get(k);
      found += step.positives();
      needless += step.negatives();
      cuts.add(
          new Cut(
              step.from(),
              found / (double) scores.positives(),
              needless / (double) scores.negatives(),
              found / (double) (found + needless),
              benefit(step.from(), scores)));
    }
    Collections.reverse(cuts);
    return cuts;
  }

  private static @Nullable Benefit benefit(double threshold, LabelledScores scores) {
    if (!scores.areProbabilities() || threshold < 0 || threshold >= 1) {
      return null;
    }
    return new Benefit(
        NetBenefit.of(scores, threshold).get(),
        NetBenefit.of(scores, threshold).interval().orElse(null),
        NetBenefit.ofAll(scores, threshold).get());
  }

  private static List<Bin> bins(List<ScoreSteps.Step> steps, int n) {
    List<ScoreSteps.Step> joined = new ArrayList<>();
    for (ScoreSteps.Step step : steps) {
      boolean isFull = joined.isEmpty() || (long) joined.get(joined.size() - 1).n() * BINS >= n;
      joined.add(isFull ? step : joined.remove(joined.size() - 1).and(step));
    }
    return joined.stream().map(ScoreCurves::bin).toList();
  }

  private static Bin bin(ScoreSteps.Step step) {
    Proportion share = new Proportion(step.positives(), step.n());
    return new Bin(step.n(), step.expected() / step.n(), share.share(), share.wilson());
  }

  private static List<Double> between(List<Bin> bins) {
    double first = bins.get(0).meanScore();
    double last = bins.get(bins.size() - 1).meanScore();
    List<Double> at = new ArrayList<>();
    for (int i = 0; i < SMOOTH_POINTS; i++) {
      at.add(first + (last - first) * i / (SMOOTH_POINTS - 1));
    }
    return at;
  }
}
