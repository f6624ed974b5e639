package org.auscult.feature;

import static org.auscult.feature.Arguments.required;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Fact;
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
  static FeatureValue value(
      FeatureDefinition definition, List<Reading> readings, Instant at, Instant end) {
    return switch (definition.operator()) {
      case NTH_LATEST -> nthLatest(readings, required(definition.arguments().nth()));
      case DELTA, PERCENT_CHANGE -> change(definition, readings, at);
      case MIN, MAX -> extreme(definition.operator(), readings);
      default -> ofSeries(definition, readings, at, end);
    };
  }

  private static FeatureValue nthLatest(List<Reading> readings, int n) {
    return readings.size() < n
        ? new Missing(
            MissingReason.TOO_FEW, "measured " + readings.size() + " times, not " + n + " times")
        : readings.get(readings.size() - n).value();
  }

  /** Of equal extremes the first stands. */
  private static FeatureValue extreme(Operator operator, List<Reading> readings) {
    Present best = null;
    for (Reading reading : readings) {
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
  private static FeatureValue change(
      FeatureDefinition definition, List<Reading> readings, Instant at) {
    FeatureValue last = readings.get(readings.size() - 1).value();
    if (!(last instanceof Present)) {
      return last;
    }
    List<Reading> readable = readable(readings);
    if (readable.size() < 2) {
      return TOO_FEW;
    }
    Series series = series(readable, at);
    double baseline = required(definition.arguments().baseline()).of(series.earlier());
    double delta = series.last() - baseline;
    return result(
        definition,
        definition.operator() == Operator.DELTA ? delta : delta / Math.abs(baseline),
        readable,
        "a change from zero");
  }

  private static FeatureValue ofSeries(
      FeatureDefinition definition, List<Reading> readings, Instant at, Instant end) {
    List<Reading> readable = readable(readings);
    if (readable.isEmpty()) {
      return readings.get(readings.size() - 1).value();
    }
    Series series = series(readable, at);
    if (needsTwo(definition.operator()) && series.size() < 2) {
      return TOO_FEW;
    }
    double ended = seconds(at, end);
    return switch (definition.operator()) {
      case MEAN -> result(definition, series.mean(), readable, "");
      case MEDIAN -> result(definition, series.median(), readable, "");
      case STANDARD_DEVIATION -> result(definition, series.standardDeviation(), readable, "");
      case COEFFICIENT_OF_VARIATION ->
          result(definition, series.coefficientOfVariation(), readable, "a share of a mean of 0");
      case SUCCESSIVE_DIFFERENCES ->
          result(definition, series.rootMeanSquareOfSuccessiveDifferences(), readable, "");
      case AVERAGE_REAL_VARIABILITY ->
          result(definition, series.averageRealVariability(), readable, "");
      case SLOPE ->
          result(definition, series.slopePerSecond(), readable, "a line through one instant");
      case INTERCEPT ->
          result(
              definition, series.valueOfLineAtIndexTime(), readable, "a line through one instant");
      case TIME_WEIGHTED_MEAN -> {
        double mean = series.timeWeightedMean(ended);
        yield result(definition, Double.isNaN(mean) ? series.last() : mean, readable, "");
      }
      case TIME_IN_RANGE ->
          result(
              definition,
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

  private static List<Reading> readable(List<Reading> readings) {
    return readings.stream().filter(r -> r.value() instanceof Present).toList();
  }

  private static Series series(List<Reading> readable, Instant at) {
    double[] seconds = new double[readable.size()];
    double[] values = new double[readable.size()];
    for (int i = 0; i < readable.size(); i++) {
      seconds[i] = seconds(at, readable.get(i).fact().effective().visibleFrom());
      values[i] = ((Present) readable.get(i).value()).value();
    }
    return new Series(seconds, values);
  }

  private static double seconds(Instant at, Instant instant) {
    return Duration.between(at, instant).toMillis() / 1000.0;
  }

  /** The raw number, which comes by the second or as a share, in the definition's unit. */
  private static FeatureValue result(
      FeatureDefinition definition, double raw, List<Reading> readable, String otherwise) {
    double value = raw * factor(definition);
    if (!Double.isFinite(value)) {
      return new Missing(
          MissingReason.UNDEFINED, otherwise.isEmpty() ? "a number too large" : otherwise);
    }
    List<Fact> facts = readable.stream().map(Reading::fact).toList();
    return Values.present(value, definition.unit(), facts, null);
  }

  /** How many of the definition's unit one of the raw unit is. */
  private static double factor(FeatureDefinition definition) {
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
