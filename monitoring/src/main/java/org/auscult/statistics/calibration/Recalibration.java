package org.auscult.statistics.calibration;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.auscult.statistics.sample.LabelledScores;

/**
 * A site's own calibration of a model's probabilities: logit p becomes intercept + slope · logit p,
 * p within 1e-15 of 0 and 1 moved there, by maximum likelihood.
 *
 * <p>Source: Platt, Advances in Large Margin Classifiers, 1999, 61–74; Steyerberg, Clinical
 * Prediction Models, 2nd edition, section 20.3; Guo et al., ICML 2017 (temperature, 1 / slope).
 *
 * @param intercept on the logit; 0 leaves it
 * @param slope above 0 for what keeps the order; 1 leaves it
 */
public record Recalibration(double intercept, double slope) implements DoubleUnaryOperator {
  public Recalibration {
    if (!Double.isFinite(intercept) || !Double.isFinite(slope)) {
      throw new IllegalArgumentException("Intercept and slope are finite");
    }
  }

  /** What of it is fitted. */
  public enum Method {
    /** Intercept and slope (Platt's scaling). */
    PLATT,
    /** The intercept alone, slope 1. */
    INTERCEPT,
    /** The slope alone, intercept 0. */
    TEMPERATURE
  }

  /** By these rows; empty if they are no probabilities, or the fit has no end. */
  public static Optional<Recalibration> fit(LabelledScores rows, Method method) {
    if (!rows.areProbabilities() || !rows.hasBothClasses()) {
      return Optional.empty();
    }
    double[] logits = WeakCalibration.logits(rows);
    double[] ones = new double[logits.length];
    Arrays.fill(ones, 1);
    double[] nothing = new double[logits.length];
    return switch (method) {
      case PLATT ->
          WeakCalibration.separates(rows)
              ? Optional.empty()
              : fit(rows, nothing, ones, logits)
                  .map(fit -> new Recalibration(fit.coefficient(0), fit.coefficient(1)));
      case INTERCEPT ->
          fit(rows, logits, ones).map(fit -> new Recalibration(fit.coefficient(0), 1));
      case TEMPERATURE ->
          fit(rows, nothing, logits).map(fit -> new Recalibration(0, fit.coefficient(0)));
    };
  }

  private static Optional<LogisticFit> fit(
      LabelledScores rows, double[] offset, double[]... columns) {
    return LogisticFit.of(WeakCalibration.design(rows, columns, offset));
  }

  /** A probability, recalibrated. */
  @Override
  public double applyAsDouble(double p) {
    return LogisticFit.probability(intercept + slope * Probabilities.logit(p));
  }
}
