package org.auscult.feature;

import java.util.List;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.unit.CodeUnits;
import org.auscult.unit.Units;

/** Reads one fact as a number in a definition's value unit, or says why it is none. */
final class ValueReader {
  private final CodeUnits units;

  ValueReader(CodeUnits units) {
    this.units = units;
  }

  FeatureValue read(ResolvedFeature feature, ReadFact read) {
    Fact fact = read.fact();
    FeatureDefinition definition = feature.definition();
    CodedAnswers answers = definition.answers();
    if (answers != null) {
      return fact.value() instanceof FactValue.Measured measured
          ? measuredAnswer(feature, answers, measured, read)
          : answer(feature, read);
    }
    if (!(fact.value() instanceof FactValue.Measured measured)) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "not recorded as a number");
    }
    if (measured.comparator() != Comparator.NONE) {
      return noPoint(measured);
    }
    String unit = definition.valueUnit();
    Translation translation = feature.terms().translation();
    var converted =
        units.convert(
            translation.meanings(fact.codes()),
            translation.read(fact.codes(), measured.original()),
            unit);
    if (converted.isEmpty()) {
      return new Missing(
          MissingReason.UNIT, original(measured).trim() + " cannot be read in " + unit);
    }
    double value = converted.get().value().doubleValue();
    if (!Double.isFinite(value)) {
      return new Missing(MissingReason.IMPLAUSIBLE, "recorded as a number beyond all measure");
    }
    Range plausible = definition.plausible();
    if (plausible != null && !plausible.contains(value)) {
      return new Missing(
          MissingReason.IMPLAUSIBLE,
          original(measured) + " lies outside the plausible " + plausible);
    }
    return Values.present(value, unit, List.of(read), null);
  }

  /** As it was recorded. */
  private static String original(FactValue.Measured measured) {
    return measured.original().value().toPlainString() + " " + measured.original().unit();
  }

  private static Missing noPoint(FactValue.Measured measured) {
    return new Missing(
        MissingReason.COMPARATOR,
        "recorded as "
            + measured.comparator().symbol()
            + measured.original().value().toPlainString()
            + " "
            + measured.original().unit()
            + ", which is no point");
  }

  /** A number is an answer only where a bound in its unit says what it means. */
  private static FeatureValue measuredAnswer(
      ResolvedFeature feature, CodedAnswers answers, FactValue.Measured measured, ReadFact read) {
    if (answers.trueAbove().isEmpty()) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "the answer is not one that is known");
    }
    if (measured.comparator() != Comparator.NONE) {
      return noPoint(measured);
    }
    String text = original(measured);
    Quantity meant = feature.terms().translation().read(read.fact().codes(), measured.original());
    for (Quantity bound : answers.trueAbove()) {
      var converted = Units.convert(meant, bound.unit());
      if (converted.isPresent()) {
        boolean isAbove = converted.get().value().compareTo(bound.value()) > 0;
        return Values.present(isAbove ? 1 : 0, feature.definition().unit(), List.of(read), text);
      }
    }
    return new Missing(MissingReason.UNIT, text.trim() + " is in no unit that says yes or no");
  }

  private static FeatureValue answer(ResolvedFeature feature, ReadFact read) {
    Fact fact = read.fact();
    String unit = feature.definition().unit();
    if (fact.value() instanceof FactValue.Truth truth) {
      return Values.present(truth.value() ? 1 : 0, unit, List.of(read), null);
    }
    if (fact.value() instanceof FactValue.Coded coded) {
      boolean isTrue = coded.codes().stream().anyMatch(feature.trueAnswers()::contains);
      boolean isFalse = coded.codes().stream().anyMatch(feature.falseAnswers()::contains);
      if (isTrue && isFalse) {
        return new Missing(MissingReason.AMBIGUOUS, "the answer means both yes and no");
      }
      if (isTrue || isFalse) {
        return Values.present(isTrue ? 1 : 0, unit, List.of(read), coded.text());
      }
    }
    return new Missing(MissingReason.UNRECOGNISED_VALUE, "the answer is not one that is known");
  }
}
