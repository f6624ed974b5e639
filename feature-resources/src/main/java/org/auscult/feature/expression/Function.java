package org.auscult.feature.expression;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The functions of the language. */
enum Function {
  /** The least of two or more. */
  MIN(2, 99, false),
  /** The greatest of two or more. */
  MAX(2, 99, false),
  ABS(1, 1, false),
  /** Natural logarithm of a bare number. */
  LN(1, 1, false),
  /** Decimal logarithm of a bare number. */
  LOG10(1, 1, false),
  /** e to the power of a bare number. */
  EXP(1, 1, false),
  /** Square root of a bare number. */
  SQRT(1, 1, false),
  /** To the nearest whole number, halves upwards. */
  ROUND(1, 1, false),
  /** The greatest whole number that is not above. */
  FLOOR(1, 1, false),
  /** {@code if(condition, then, else)}; the branch not taken may be missing. */
  IF(3, 3, false),
  /** {@code when(condition, value)}: without a value where the condition does not hold. */
  WHEN(2, 2, false),
  /** The first argument that is not missing. */
  COALESCE(2, 99, false),
  /** {@code missing(feature)}: 1 if the record gave no value for its window, else 0. */
  MISSING(1, 1, false),
  /** {@code number(x, 'mg/dL')}: the bare number of x in a unit. */
  NUMBER(1, 1, true),
  /** {@code quantity(x, 'mL/min')}: a bare number said to be in a unit. */
  QUANTITY(1, 1, true);

  private final int least;
  private final int most;
  private final boolean takesUnit;

  Function(int least, int most, boolean takesUnit) {
    this.least = least;
    this.most = most;
    this.takesUnit = takesUnit;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Function> parse(String word) {
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
  }

  boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  boolean takesUnit() {
    return takesUnit;
  }
}
