package org.auscult.cds.hook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.auscult.explanation.PlainNumber;
import org.auscult.explanation.ReferencePatient;
import org.auscult.model.PredictionModel;
import org.auscult.prediction.Score;

/**
 * A result as people see it: one decimal, halves up; a probability in percent. Bands go by this
 * number (safety rule 11: rounding before banding is stated).
 *
 * @param value as shown
 * @param text with its unit
 * @param outOfHundred people in a hundred, for a probability
 */
record ShownNumber(double value, String text, Optional<Long> outOfHundred) {
  private static final int DECIMALS = 1;

  /**
   * One output of a run.
   *
   * @param values of all outputs by name, of which a score's band depends
   */
  static ShownNumber of(PredictionModel model, Score score, Map<String, Double> values) {
    return switch (model.kind()) {
      case PROBABILITY -> percent(score.value());
      case VALUE -> value(model, score);
      case SCORE -> points(model, score, values);
    };
  }

  /** Whole points and their band: {@code 5 (medium)}. Never people in a hundred. */
  private static ShownNumber points(
      PredictionModel model, Score score, Map<String, Double> values) {
    String band = model.band(score.output(), values).map(b -> " (" + b.title() + ")").orElse("");
    return new ShownNumber(score.value(), PlainNumber.of(score.value()) + band, Optional.empty());
  }

  static ShownNumber percent(double probability) {
    BigDecimal percent =
        BigDecimal.valueOf(probability).movePointRight(2).setScale(DECIMALS, RoundingMode.HALF_UP);
    return new ShownNumber(
        percent.doubleValue(),
        percent.toPlainString() + " %",
        Optional.of(percent.setScale(0, RoundingMode.HALF_UP).longValue()));
  }

  private static ShownNumber value(PredictionModel model, Score score) {
    BigDecimal rounded = BigDecimal.valueOf(score.value()).setScale(DECIMALS, RoundingMode.HALF_UP);
    String unit = model.output(score.output()).map(o -> ReferencePatient.unit(o.unit())).orElse("");
    return new ShownNumber(rounded.doubleValue(), rounded.toPlainString() + unit, Optional.empty());
  }
}
