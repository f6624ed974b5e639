package org.auscult.monitoring.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.LabelledScores;

/**
 * Scores in steps that each hold more than ten events and more than ten others, from the least
 * score on: what curves may be made of. Whoever takes one of their points from the next reads no
 * count of ten or fewer, and no person's score, since steps are parted between two scores.
 *
 * <p>The thresholds of which figures are told elsewhere are cuts too, where both sides are large
 * enough. So what is told here and there has no small cell between it that is not told already.
 */
final class ScoreSteps {
  /** How many there are at most, but for thresholds. */
  static final int MOST = 20;

  private ScoreSteps() {}

  /**
   * The rows with a score of at least {@code from}, and below the next step's.
   *
   * @param from of the first step it is meaningless, as it holds all below the second
   * @param expected the sum of their scores
   */
  record Step(double from, int positives, int negatives, double expected) {
    int n() {
      return positives + negatives;
    }

    boolean isSmall() {
      return Math.min(positives, negatives) <= SmallCells.MOST_HIDDEN;
    }

    Step and(Step next) {
      return new Step(
          from, positives + next.positives, negatives + next.negatives, expected + next.expected);
    }
  }

  /** The steps; none if there are fewer than two. */
  static List<Step> of(LabelledScores scores, List<Double> thresholds) {
    List<Step> steps = new ArrayList<>();
    int begin = 0;
    double from = Double.NEGATIVE_INFINITY;
    for (double threshold : new TreeSet<>(thresholds)) {
      int end = scores.firstAtLeast(threshold);
      steps.addAll(between(scores, from, begin, end));
      begin = end;
      from = threshold;
    }
    steps.addAll(between(scores, from, begin, scores.distinct()));
    List<Step> large = withoutSmall(steps);
    return large.size() < 2 ? List.of() : large;
  }

  /** Of some distinct scores: as many large ones as there are, or one that is small. */
  private static List<Step> between(LabelledScores scores, double from, int begin, int end) {
    List<Step> steps = new ArrayList<>();
    Step open = null;
    for (int k = begin; k < end; k++) {
      double cut = k == begin ? from : (scores.score(k - 1) + scores.score(k)) / 2;
      Step one =
          new Step(cut, scores.positives(k), scores.negatives(k), scores.score(k) * scores.rows(k));
      open = open == null ? one : open.and(one);
      if (!open.isSmall() && (long) open.n() * MOST >= scores.n()) {
        steps.add(open);
        open = null;
      }
    }
    if (open != null) {
      steps.add(steps.isEmpty() ? open : steps.remove(steps.size() - 1).and(open));
    }
    return steps;
  }

  private static List<Step> withoutSmall(List<Step> steps) {
    List<Step> large = new ArrayList<>();
    for (Step step : steps) {
      boolean joins = !large.isEmpty() && (step.isSmall() || large.get(large.size() - 1).isSmall());
      large.add(joins ? large.remove(large.size() - 1).and(step) : step);
    }
    return large;
  }
}
