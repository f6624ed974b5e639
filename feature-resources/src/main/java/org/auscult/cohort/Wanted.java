package org.auscult.cohort;

import java.math.BigDecimal;
import java.util.Objects;
import org.auscult.feature.Range;

/** What a feature's value must be for a criterion to hold. */
public sealed interface Wanted {
  /**
   * Whether a value is so.
   *
   * @param value in the feature's unit; truth as 1 and 0
   */
  boolean admits(double value);

  /** A truth that must be so. */
  record Truth(boolean truth) implements Wanted {
    @Override
    public boolean admits(double value) {
      return (value != 0) == truth;
    }

    @Override
    public String toString() {
      return truth ? "true" : "false";
    }
  }

  /** A number that must lie in a range, in the feature's unit; both ends are included. */
  record Within(Range range) implements Wanted {
    public Within {
      Objects.requireNonNull(range);
    }

    @Override
    public boolean admits(double value) {
      return range.contains(value);
    }

    @Override
    public String toString() {
      return range.toString();
    }
  }

  /** How a number must stand to a bound. */
  enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    EQUAL("="),
    AT_LEAST(">="),
    MORE(">");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }
  }

  /** A number that must stand so to a bound, in the feature's unit. */
  record Compared(Comparison comparison, BigDecimal bound) implements Wanted {
    public Compared {
      Objects.requireNonNull(comparison);
      Objects.requireNonNull(bound);
    }

    @Override
    public boolean admits(double value) {
      int order = Double.compare(value, bound.doubleValue());
      return switch (comparison) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case EQUAL -> order == 0;
        case AT_LEAST -> order >= 0;
        case MORE -> order > 0;
      };
    }

    @Override
    public String toString() {
      return comparison.sign + " " + bound.toPlainString();
    }
  }
}
