package org.auscult.statistics.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.auscult.statistics.calibration.WeakCalibration;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Distributions;

/**
 * Whether the relation of scores and outcomes is the same in all windows: the spread of their
 * calibration in the large, and of their calibration slopes, around the mean that weighs each by
 * the inverse of its variance.
 *
 * <p>Windows where the fit has no end are left out. Source: Cochran, Biometrics 10 (1954) 101–129.
 */
public final class CalibrationChange {
  private static final String FORMULA =
      "Q = sum of ((b[w] - mean) / error[w])^2 over windows w, mean weighted by 1 / error[w]^2";
  private static final Definition IN_THE_LARGE =
      Definition.of("calibration-in-the-large-change", FORMULA)
          .with("b", "calibration-in-the-large");
  private static final Definition SLOPE =
      Definition.of("calibration-slope-change", FORMULA).with("b", "calibration-slope");

  private CalibrationChange() {}

  /** Of windows that share no row. */
  public static List<Estimate> of(List<Window> windows) {
    return List.of(
        spread(IN_THE_LARGE, windows, WeakCalibration::inTheLarge),
        spread(SLOPE, windows, CalibrationChange::slope));
  }

  /** The calibration slope of some scores. */
  public static Estimate slope(LabelledScores scores) {
    return WeakCalibration.interceptAndSlope(scores).get(1);
  }

  private static Estimate spread(
      Definition definition, List<Window> windows, Function<LabelledScores, Estimate> figure) {
    long n = 0;
    List<Double> values = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (Window window : windows) {
      if (figure.apply(window.scores()) instanceof Estimate.Known known
          && known.certainty().interval() != null) {
        Interval interval = known.certainty().interval();
        double error = (interval.upper() - interval.lower()) / (2 * Distributions.Z);
        values.add(known.value());
        weights.add(1 / (error * error));
        n += known.n();
      }
    }
    if (values.size() < 2) {
      return definition.unknown(n, Reason.TOO_FEW, "fewer than two windows have a fit");
    }
    double sum = 0;
    double all = 0;
    for (int i = 0; i < values.size(); i++) {
      sum += weights.get(i) * values.get(i);
      all += weights.get(i);
    }
    double spread = 0;
    for (int i = 0; i < values.size(); i++) {
      double off = values.get(i) - sum / all;
      spread += weights.get(i) * off * off;
    }
    int degrees = values.size() - 1;
    return definition
        .with("windows", Integer.toString(values.size()))
        .known(n, spread)
        .with(
            new PValue(
                Distributions.chiSquaredTail(spread, degrees), "chi-squared(" + degrees + ")"));
  }
}
