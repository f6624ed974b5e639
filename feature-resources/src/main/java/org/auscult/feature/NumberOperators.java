package org.auscult.feature;

import static org.auscult.feature.Arguments.required;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Quantity;
import org.auscult.unit.Units;

/** What numeric operators make of several readings of a window; latest and first read but one. */
final class NumberOperators {
  private static final Missing TOO_FEW =
      new Missing(MissingReason.TOO_FEW, "fewer values than the operator needs");

  private NumberOperators() {}

  /**
   * @param readings every measurement of the window in order, at least one
   * @param at the index time
   * @param end the end of the window
   */
  static FeatureValue value(FeaturePlan plan, List<ReadFact> readings, Instant at, Instant end) {
    FeatureDefinition definition = plan.definition();
    return switch (definition.operator()) {
      case NTH_LATEST -> nthLatest(readings, required(definition.arguments().nth()));
      case DELTA, PERCENT_CHANGE -> change(plan, readings, at);
      case MIN, MAX -> extreme(definition.operator(), readings);
      default -> ofSeries(plan, readings, at, end);
    };
  }

  private static FeatureValue nthLatest(List<ReadFact> readings, int n) {
    return readings.size() < n
        ? new Missing(
            MissingReason.TOO_FEW, "measured " + readings.size() + " times, not " + n + " times")
        : readings.get(readings.size() - n).value();
  }

  /** Of equal extremes the first stands. */
  private static FeatureValue extreme(Operator operator, List<ReadFact> readings) {
    Present best = null;
    for (ReadFact reading : readings) {
      if (reading.value() instanceof Present present
          && (best == null
              || (operator == Operator.MIN
                  ? present.value() < best.value()
                  : present.value() > best.value()))) {
        best = present;
      }
    }
    return best == null ? readings.get(readings.size() - 1).value() : best;
  }

  /** Like latest, it does not pass over a last value that cannot be read. */
  private static FeatureValue change(FeaturePlan plan, List<ReadFact> readings, Instant at) {
    FeatureDefinition definition = plan.definition();
    FeatureValue last = readings.get(readings.size() - 1).value();
    if (!(last instanceof Present)) {
      return last;
    }
    List<ReadFact> readable = readable(readings);
    if (readable.size() < 2) {
      return TOO_FEW;
    }
    Series series = series(readable, at);
    double baseline = required(definition.arguments().baseline()).of(series.earlier());
    double delta = series.last() - baseline;
    return result(
        plan,
        definition.operator() == Operator.DELTA ? delta : delta / Math.abs(baseline),
        readable,
        "a change from zero");
  }

  private static FeatureValue ofSeries(
      FeaturePlan plan, List<ReadFact> readings, Instant at, Instant end) {
    FeatureDefinition definition = plan.definition();
    List<ReadFact> readable = readable(readings);
    if (readable.isEmpty()) {
      return readings.get(readings.size() - 1).value();
    }
    Series series = series(readable, at);
    if (needsTwo(definition.operator()) && series.size() < 2) {
      return TOO_FEW;
    }
    double ended = seconds(at, end);
    return switch (definition.operator()) {
      case MEAN -> result(plan, series.mean(), readable, "");
      case MEDIAN -> result(plan, series.median(), readable, "");
      case STANDARD_DEVIATION -> result(plan, series.standardDeviation(), readable, "");
      case COEFFICIENT_OF_VARIATION ->
          result(plan, series.coefficientOfVariation(), readable, "a share of a mean of 0");
      case SUCCESSIVE_DIFFERENCES ->
          result(plan, series.rootMeanSquareOfSuccessiveDifferences(), readable, "");
      case AVERAGE_REAL_VARIABILITY -> result(plan, series.averageRealVariability(), readable, "");
      case SLOPE -> result(plan, series.slopePerSecond(), readable, "a line through one instant");
      case INTERCEPT ->
          result(plan, series.valueOfLineAtIndexTime(), readable, "a line through one instant");
      case TIME_WEIGHTED_MEAN -> {
        double mean = series.timeWeightedMean(ended);
        yield result(plan, Double.isNaN(mean) ? series.last() : mean, readable, "");
      }
      case TIME_IN_RANGE ->
          result(
              plan,
              series.shareOfTimeIn(required(definition.arguments().range()), ended),
              readable,
              "a share of no time");
      default -> throw new IllegalStateException(definition.operator() + " is not of a series");
    };
  }

  private static boolean needsTwo(Operator operator) {
    return switch (operator) {
      case STANDARD_DEVIATION,
          COEFFICIENT_OF_VARIATION,
          SUCCESSIVE_DIFFERENCES,
          AVERAGE_REAL_VARIABILITY,
          SLOPE,
          INTERCEPT ->
          true;
      default -> false;
    };
  }

  private static List<ReadFact> readable(List<ReadFact> readings) {
    return ReadFact.where(readings, reading -> reading.value() instanceof Present);
  }

  private static Series series(List<ReadFact> readable, Instant at) {
    double[] seconds = new double[readable.size()];
    double[] values = new double[readable.size()];
    for (int i = 0; i < readable.size(); i++) {
      seconds[i] = seconds(at, readable.get(i).visibleFrom());
      values[i] = ((Present) readable.get(i).value()).value();
    }
    return new Series(seconds, values);
  }

  private static double seconds(Instant at, Instant instant) {
    return Duration.between(at, instant).toMillis() / 1000.0;
  }

  /** The raw number, which comes by the second or as a share, in the definition's unit. */
  private static FeatureValue result(
      FeaturePlan plan, double raw, List<ReadFact> readable, String otherwise) {
    double value = raw * plan.factor();
    if (!Double.isFinite(value)) {
      return new Missing(
          MissingReason.UNDEFINED, otherwise.isEmpty() ? "a number too large" : otherwise);
    }
    return Values.present(value, plan.definition().unit(), readable, null);
  }

  /** How many of the definition's unit one of the raw unit is. */
  static double factor(FeatureDefinition definition) {
    return switch (definition.operator().gives()) {
      case SHARE -> definition.unit().equals("%") ? 100 : 1;
      case VALUE_PER_TIME -> perSecond(definition.valueUnit(), definition.unit());
      default -> 1;
    };
  }

  /** How many of {@code unit} one {@code valueUnit} a second is. */
  static double perSecond(String valueUnit, String unit) {
    String raw = valueUnit.equals("1") ? "/s" : "(" + valueUnit + ")/s";
    return Objects.requireNonNull(
            Units.convert(new Quantity(BigDecimal.ONE, raw), unit).orElse(null),
            () -> raw + " does not become " + unit)
        .value()
        .doubleValue();
  }
}
