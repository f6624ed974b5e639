package org.auscult.statistics.regression;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.MeanSum;

/** How far predicted quantities lie off. A residual is the observed less the predicted. */
public final class ResidualMetrics {
  private static final Definition MAE = Definition.of("mae", "mean |y - f|");
  private static final Definition RMSE = Definition.of("rmse", "square root of mean (y - f)^2");
  private static final Definition R2 =
      Definition.of("r-squared", "1 - sum (y - f)^2 / sum (y - mean y)^2");
  private static final Definition QUANTILE =
      Definition.of("residual-quantile", "quantile of y - f, type 7 of Hyndman and Fan");
  private static final int[] TWENTIETHS = {1, 5, 10, 15, 19};

  private ResidualMetrics() {}

  /**
   * All of them, in the unit of what is predicted (R² has none).
   *
   * <p>Intervals: of the mean absolute error the normal one of a mean; of the root mean squared
   * error the root of that of the mean squared error, from 0 upwards; none of R² and the quantiles.
   *
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static List<Estimate> of(double[] observed, double[] predicted) {
    if (observed.length != predicted.length) {
      throw new IllegalArgumentException("As many predictions as observations are needed");
    }
    MeanSum absolute = new MeanSum();
    MeanSum squared = new MeanSum();
    MeanSum plain = new MeanSum();
    Numbers.Builder residuals = Numbers.builder();
    for (int i = 0; i < observed.length; i++) {
      double residual = observed[i] - predicted[i];
      residuals.add(residual);
      absolute.add(Math.abs(residual), 1);
      squared.add(residual * residual, 1);
      plain.add(observed[i], 1);
    }
    List<Estimate> all = new ArrayList<>();
    all.add(absolute.estimate(MAE, 0, Double.MAX_VALUE));
    all.add(rootOf(squared));
    all.add(determination(squared, plain));
    Numbers sorted = residuals.build();
    for (int twentieths : TWENTIETHS) {
      Definition definition = QUANTILE.with("share", twentieths / 20.0);
      all.add(
          sorted.size() == 0
              ? noRows(definition)
              : definition.known(sorted.size(), sorted.quantile(twentieths, 20)));
    }
    return List.copyOf(all);
  }

  private static Estimate rootOf(MeanSum squared) {
    if (squared.n() == 0) {
      return noRows(RMSE);
    }
    Estimate.Known known = RMSE.known(squared.n(), Math.sqrt(squared.mean()));
    if (squared.n() < 2) {
      return known.noting("no interval: one row alone does not vary");
    }
    Interval of = MeanSum.normal(squared.mean(), squared.error(), "normal");
    return known.with(
        Interval.of(
            Math.sqrt(Math.max(0, of.lower())), Math.sqrt(of.upper()), "root of normal of MSE"));
  }

  private static Estimate determination(MeanSum squared, MeanSum observed) {
    if (observed.n() < 2) {
      return R2.unknown(observed.n(), Reason.TOO_FEW, "it needs two rows");
    }
    double around = observed.variance() * (observed.n() - 1);
    return around == 0
        ? R2.unknown(observed.n(), Reason.NO_VARIATION, "all observed values are the same")
        : R2.known(observed.n(), 1 - squared.mean() * squared.n() / around);
  }

  private static Estimate noRows(Definition definition) {
    return definition.unknown(0, Reason.TOO_FEW, "there are no rows");
  }
}
