package org.auscult.statistics.discrimination;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.auscult.statistics.sample.LabelledScores;

/**
 * A point of the ROC and of the precision-recall curve.
 *
 * @param threshold rows with at least this score are flagged
 * @param sensitivity which is recall as well
 * @param falsePositiveRate one less specificity
 * @param precision of the flagged
 */
public record CurvePoint(
    double threshold, double sensitivity, double falsePositiveRate, double precision) {

  /**
   * The points at all distinct scores, falling; none if there is one class only. The point where
   * nothing is flagged is left out: it has no precision.
   *
   * @param most no more points than this: of more, those at even steps among the distinct scores,
   *     with both ends
   * @throws IllegalArgumentException if {@code most} is less than 2
   */
  public static List<CurvePoint> of(LabelledScores scores, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("A curve has two points at least");
    }
    List<CurvePoint> points = new ArrayList<>();
    if (scores.hasBothClasses()) {
      int count = Math.min(most, scores.distinct());
      for (int i = 0; i < count; i++) {
        int k = count == 1 ? 0 : (int) ((scores.distinct() - 1L) * i / (count - 1));
        points.add(at(scores, k));
      }
      Collections.reverse(points);
    }
    return List.copyOf(points);
  }

  private static CurvePoint at(LabelledScores scores, int k) {
    Confusion cells = Confusion.at(scores.score(k), scores);
    return new CurvePoint(
        scores.score(k),
        cells.truePositives() / (double) cells.positives(),
        cells.falsePositives() / (double) cells.negatives(),
        cells.truePositives() / (double) cells.flagged());
  }
}
