package org.auscult.explanation;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them. */
public final class PlainNumber {
  private static final MathContext DIGITS = new MathContext(4);

  private PlainNumber() {}

  /** At most four significant digits, no exponent, no trailing zeros: 186, 25.3, 0.8. */
  public static String of(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    if (rounded.scale() < 0) {
      rounded = rounded.setScale(0);
    }
    return rounded.toPlainString();
  }
}
