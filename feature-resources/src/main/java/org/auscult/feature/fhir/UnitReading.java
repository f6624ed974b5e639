package org.auscult.feature.fhir;

import java.math.BigDecimal;
import java.util.List;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.Operator;
import org.auscult.timeline.Code;
import org.auscult.timeline.Quantity;
import org.auscult.unit.CodeUnits;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/** Reads a feature's units, and holds them to what its operator gives and its codes measure. */
final class UnitReading {
  private final Extensions extensions;
  private final CodeUnits units;

  UnitReading(Extensions extensions, CodeUnits units) {
    this.extensions = extensions;
    this.units = units;
  }

  /**
   * @param unit of the result
   * @param value in which facts are read; the same for operators that keep it
   */
  record Read(String unit, String value) {}

  Read read(@Nullable Operator operator, List<Code> codes, @Nullable CodedAnswers answers) {
    String unit = known(FeatureUrls.UNIT);
    String value = extensions.has(FeatureUrls.VALUE_UNIT) ? known(FeatureUrls.VALUE_UNIT) : null;
    if (!extensions.has(FeatureUrls.UNIT)) {
      extensions.problem(
          FeatureUrls.UNIT,
          "there is no unit",
          "Give the UCUM unit of the value; 1 for counts and truth.");
    }
    if (operator == null) {
      return new Read(unit == null ? "1" : unit, value == null ? "1" : value);
    }
    boolean needsValueUnit = operator.isNumeric() && !operator.keepsUnit();
    if (needsValueUnit && !extensions.has(FeatureUrls.VALUE_UNIT)) {
      extensions.problem(
          FeatureUrls.VALUE_UNIT,
          operator.code() + " needs it",
          "Give the UCUM unit in which the values are read.");
    }
    if (!needsValueUnit
        && operator != Operator.DISTINCT_COUNT
        && extensions.has(FeatureUrls.VALUE_UNIT)) {
      extensions.problem(
          FeatureUrls.VALUE_UNIT, operator.code() + " does not take it", "Remove it.");
    }
    String read = operator.keepsUnit() ? unit : value;
    if (unit != null) {
      fit(operator, unit, value, answers);
    }
    if (read != null && operator.isNumeric() && answers == null) {
      measured(codes, read, operator.keepsUnit() ? FeatureUrls.UNIT : FeatureUrls.VALUE_UNIT);
    }
    return new Read(unit == null ? "1" : unit, read == null ? "1" : read);
  }

  /** Null, and a problem, for what is no unit. */
  private @Nullable String known(String url) {
    String unit = extensions.text(url);
    if (unit != null && !Units.isKnown(unit)) {
      extensions.problem(
          url,
          "'" + unit + "' is not a UCUM unit",
          "Write it in UCUM, such as mm[Hg] or mL/min/{1.73_m2}.");
      return null;
    }
    return unit;
  }

  private void fit(
      Operator operator, String unit, @Nullable String value, @Nullable CodedAnswers answers) {
    String expected = expected(operator, answers);
    if (expected != null && !expected.equals(unit)) {
      extensions.problem(
          FeatureUrls.UNIT,
          "its unit is '" + unit + "'",
          "The unit of this operator is " + expected + ".");
      return;
    }
    switch (operator) {
      case TIME_SINCE, TIME_SINCE_FIRST, DURATION, TOTAL_DURATION -> {
        if (!Units.comparable("s", unit)) {
          extensions.problem(
              FeatureUrls.UNIT, "'" + unit + "' is no unit of time", "Use d, h or min.");
        }
      }
      case RATE -> {
        if (!Units.comparable("/s", unit)) {
          extensions.problem(
              FeatureUrls.UNIT, "'" + unit + "' is not by time", "Use /d, /wk, /mo or /a.");
        }
      }
      case SLOPE -> {
        if (value != null && !Units.comparable(perSecond(value), unit)) {
          extensions.problem(
              FeatureUrls.UNIT,
              "'" + unit + "' is not '" + value + "' by time",
              "Use " + (value.equals("1") ? "" : value) + "/d or the like.");
        }
      }
      case COEFFICIENT_OF_VARIATION, PERCENT_CHANGE, TIME_IN_RANGE -> {
        if (!unit.equals("1") && !unit.equals("%")) {
          extensions.problem(FeatureUrls.UNIT, "its unit is '" + unit + "'", "Use 1 or %.");
        }
      }
      default -> {
        // Any unit that its codes are measured in.
      }
    }
  }

  private static String perSecond(String value) {
    return value.equals("1") ? "/s" : "(" + value + ")/s";
  }

  private static @Nullable String expected(Operator operator, @Nullable CodedAnswers answers) {
    if (answers != null && operator.keepsUnit()) {
      return "1";
    }
    return switch (operator) {
      case COUNT, DISTINCT_COUNT, EXISTS, FLAGGED, ACTIVE, SEX, DEMOGRAPHIC -> "1";
      case AGE -> "a";
      default -> null;
    };
  }

  private void measured(List<Code> codes, String unit, String url) {
    units
        .preferredUnit(codes)
        .filter(p -> units.convert(codes, new Quantity(BigDecimal.ONE, p), unit).isEmpty())
        .ifPresent(
            p ->
                extensions.problem(
                    url,
                    "these codes are measured in " + p + ", which cannot become " + unit,
                    "Use a unit that measures the same."));
  }
}
