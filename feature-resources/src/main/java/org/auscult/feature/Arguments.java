package org.auscult.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator needs to know beyond its facts. Each is there exactly where the operator takes
 * it.
 *
 * @param nth for nth-latest: 2 is the one before the last
 * @param range for time-in-range, in the value unit
 * @param baseline for delta and percent-change
 * @param distinct for distinct-count
 * @param valueUnit UCUM unit in which facts are read, where the result bears another one
 * @param anchor for age: the sibling feature at whose effective time it is taken; null for the
 *     index time
 * @param derivation for derived
 * @param element for demographic
 */
public record Arguments(
    @Nullable Integer nth,
    @Nullable Range range,
    @Nullable Baseline baseline,
    @Nullable Distinct distinct,
    @Nullable String valueUnit,
    @Nullable String anchor,
    @Nullable Derivation derivation,
    @Nullable PatientElement element) {
  public static final Arguments NONE =
      new Arguments(null, null, null, null, null, null, null, null);

  public Arguments withNth(int n) {
    return new Arguments(n, range, baseline, distinct, valueUnit, anchor, derivation, element);
  }

  public Arguments withRange(Range newRange) {
    return new Arguments(nth, newRange, baseline, distinct, valueUnit, anchor, derivation, element);
  }

  public Arguments withBaseline(Baseline newBaseline) {
    return new Arguments(nth, range, newBaseline, distinct, valueUnit, anchor, derivation, element);
  }

  public Arguments withDistinct(Distinct newDistinct) {
    return new Arguments(nth, range, baseline, newDistinct, valueUnit, anchor, derivation, element);
  }

  public Arguments withValueUnit(String unit) {
    return new Arguments(nth, range, baseline, distinct, unit, anchor, derivation, element);
  }

  public Arguments withAnchor(String feature) {
    return new Arguments(nth, range, baseline, distinct, valueUnit, feature, derivation, element);
  }

  public Arguments withDerivation(Derivation newDerivation) {
    return new Arguments(nth, range, baseline, distinct, valueUnit, anchor, newDerivation, element);
  }

  public Arguments withElement(PatientElement newElement) {
    return new Arguments(nth, range, baseline, distinct, valueUnit, anchor, derivation, newElement);
  }

  /** What is missing or too much for an operator; empty if all is right. */
  List<String> misfits(Operator operator) {
    List<String> misfits = new ArrayList<>();
    check(misfits, operator, "n", nth != null, operator == Operator.NTH_LATEST);
    if (nth != null && nth < 2) {
      misfits.add("n is at least 2; the last one is latest");
    }
    check(misfits, operator, "range", range != null, operator == Operator.TIME_IN_RANGE);
    check(
        misfits,
        operator,
        "baseline",
        baseline != null,
        operator == Operator.DELTA || operator == Operator.PERCENT_CHANGE);
    check(misfits, operator, "distinct", distinct != null, operator == Operator.DISTINCT_COUNT);
    check(misfits, operator, "value unit", valueUnit != null, needsValueUnit(operator));
    check(misfits, operator, "derivation", derivation != null, operator == Operator.DERIVED);
    check(misfits, operator, "element", element != null, operator == Operator.DEMOGRAPHIC);
    if (anchor != null && operator != Operator.AGE) {
      misfits.add("only age can be anchored");
    }
    return misfits;
  }

  /** Different values may be told apart as coded answers, which have no unit. */
  private boolean needsValueUnit(Operator operator) {
    boolean byValue = distinct == Distinct.VALUE && valueUnit != null;
    return byValue || (operator.isNumeric() && !operator.keepsUnit());
  }

  private static void check(
      List<String> misfits, Operator operator, String what, boolean given, boolean needed) {
    if (given != needed) {
      misfits.add(operator.code() + (needed ? " needs " : " takes no ") + what);
    }
  }

  /** Requires the argument, which a checked definition has. */
  static <T> T required(@Nullable T argument) {
    return Objects.requireNonNull(argument);
  }
}
