package org.auscult.statistics.usefulness;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * Net benefit: what acting on flags gains, in events found, where a threshold says how many
 * needless actions one found event is worth.
 *
 * <p>Each row counts 1 if it is flagged and has the event, −t/(1−t) if it is flagged and has not,
 * else 0; net benefit is the mean, and the interval is the normal one of a mean.
 *
 * <p>Source: Vickers and Elkin, Med. Decis. Making 26 (2006) 565–574.
 */
public final class NetBenefit {
  private NetBenefit() {}

  /**
   * A point of the decision curve. To treat none has a net benefit of 0.
   *
   * @param model if those are treated whom the model flags
   * @param all if all are treated
   */
  public record Point(double threshold, Estimate model, Estimate all) {}

  /**
   * At this threshold.
   *
   * @param threshold at least 0, less than 1
   */
  public static Estimate of(LabelledScores scores, double threshold) {
    Confusion cells = Confusion.at(threshold, scores);
    return mean(
        definition("net-benefit", "TP/n - FP/n t/(1-t)", threshold),
        cells.truePositives(),
        cells.falsePositives(),
        cells.unflagged(),
        threshold);
  }

  /** Of treating all, at this threshold. */
  public static Estimate ofAll(LabelledScores scores, double threshold) {
    return mean(
        definition("net-benefit-all", "P/n - N/n t/(1-t)", threshold),
        scores.positives(),
        scores.negatives(),
        0,
        threshold);
  }

  /** The decision curve at these thresholds. */
  public static List<Point> curve(LabelledScores scores, List<Double> thresholds) {
    List<Point> points = new ArrayList<>();
    for (double threshold : thresholds) {
      points.add(new Point(threshold, of(scores, threshold), ofAll(scores, threshold)));
    }
    return List.copyOf(points);
  }

  private static Definition definition(String name, String formula, double threshold) {
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "Net benefit wants a threshold from 0 to below 1, not " + threshold);
    }
    return Definition.of(name, formula)
        .with("threshold", threshold)
        .with("threshold rule", "flagged if score >= threshold");
  }

  private static Estimate mean(
      Definition definition, long found, long needless, long others, double threshold) {
    MeanSum sum = new MeanSum();
    sum.add(1, found);
    sum.add(-threshold / (1 - threshold), needless);
    sum.add(0, others);
    return sum.estimate(definition);
  }
}
