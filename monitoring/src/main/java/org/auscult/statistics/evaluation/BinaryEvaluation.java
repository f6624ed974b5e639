package org.auscult.statistics.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.statistics.calibration.BinnedCalibration;
import org.auscult.statistics.calibration.Brier;
import org.auscult.statistics.calibration.SmoothCurve;
import org.auscult.statistics.calibration.WeakCalibration;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.discrimination.PrecisionRecall;
import org.auscult.statistics.discrimination.ThresholdMetrics;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.BinnedBootstrap;
import org.auscult.statistics.uncertainty.Proportion;
import org.auscult.statistics.usefulness.NetBenefit;
import org.auscult.statistics.usefulness.NumberNeededToEvaluate;

/** All figures of a score of an event that happens or not. */
public final class BinaryEvaluation {
  private static final Definition PREVALENCE = Definition.of("prevalence", "P / n");

  private BinaryEvaluation() {}

  /** Everything: without a threshold, then at each threshold. */
  public static List<Estimate> all(LabelledScores scores, List<Double> thresholds) {
    List<Estimate> all = new ArrayList<>(ofLabels(scores));
    for (double threshold : thresholds) {
      all.add(flagRate(scores, threshold));
      all.addAll(ofDecisions(scores, threshold));
    }
    return List.copyOf(all);
  }

  /** What needs labels and no threshold. */
  public static List<Estimate> ofLabels(LabelledScores scores) {
    List<Estimate> all = new ArrayList<>();
    all.add(new Proportion(scores.positives(), scores.n()).estimate(PREVALENCE, "rows"));
    all.add(Auroc.of(scores));
    all.add(PrecisionRecall.averagePrecision(scores));
    all.add(PrecisionRecall.trapezoid(scores));
    all.add(Brier.score(scores));
    all.add(Brier.scaled(scores));
    all.add(BinnedCalibration.error(scores));
    all.add(BinnedCalibration.errorOfEqualCount(scores));
    all.add(BinnedCalibration.observedToExpected(scores));
    all.add(WeakCalibration.inTheLarge(scores));
    all.addAll(WeakCalibration.interceptAndSlope(scores));
    all.add(BinnedCalibration.hosmerLemeshow(scores));
    all.addAll(SmoothCurve.errors(scores));
    return List.copyOf(all);
  }

  /**
   * The same figures, those of them without a closed interval with one by {@link BinnedBootstrap}.
   *
   * @param figures of these scores, whatever of them
   */
  public static List<Estimate> resampled(
      List<Estimate> figures, LabelledScores scores, int replicates, long seed) {
    Map<Definition, Estimate> with = new HashMap<>();
    BinnedBootstrap.estimates(scores, BinaryEvaluation::withoutClosed, replicates, seed)
        .forEach(figure -> with.put(figure.definition(), figure));
    List<Estimate> all = new ArrayList<>();
    for (Estimate figure : figures) {
      all.add(
          figure.optional().isPresent() ? with.getOrDefault(figure.definition(), figure) : figure);
    }
    return List.copyOf(all);
  }

  private static List<Estimate> withoutClosed(LabelledScores scores) {
    List<Estimate> all = new ArrayList<>();
    all.add(PrecisionRecall.trapezoid(scores));
    all.add(BinnedCalibration.error(scores));
    all.add(BinnedCalibration.errorOfEqualCount(scores));
    all.addAll(SmoothCurve.errors(scores));
    return all;
  }

  /** What needs a threshold and no labels. */
  public static Estimate flagRate(LabelledScores scores, double threshold) {
    return ThresholdMetrics.of(Confusion.at(threshold, scores), threshold).flagRate();
  }

  /** What needs labels and a threshold. */
  public static List<Estimate> ofDecisions(LabelledScores scores, double threshold) {
    Confusion cells = Confusion.at(threshold, scores);
    List<Estimate> all = new ArrayList<>(ThresholdMetrics.of(cells, threshold).all());
    all.add(NumberNeededToEvaluate.of(cells, threshold));
    if (threshold >= 0 && threshold < 1) {
      all.add(NetBenefit.of(scores, threshold));
      all.add(NetBenefit.ofAll(scores, threshold));
    }
    return List.copyOf(all);
  }
}
