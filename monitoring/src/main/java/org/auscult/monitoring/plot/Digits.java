package org.auscult.monitoring.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as pages write them: with a point, without groups, in every locale. */
public final class Digits {
  private static final MathContext EXACT = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final int SHOWN = 3;

  private Digits() {}

  /** For people: three digits that count, and all of those before the point. */
  public static String shown(double value) {
    BigDecimal exact = new BigDecimal(value).round(EXACT);
    if (exact.signum() == 0) {
      return "0";
    }
    int before = exact.precision() - exact.scale();
    return exact.setScale(Math.max(0, SHOWN - before), RoundingMode.HALF_EVEN).toPlainString();
  }

  /** As reports hold it: 15 digits. */
  public static String exact(double value) {
    BigDecimal exact = new BigDecimal(value).round(EXACT);
    return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
  }

  /** A place in a drawing: two digits behind the point. */
  static String place(double value) {
    BigDecimal place = new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN);
    return place.signum() == 0 ? "0" : place.stripTrailingZeros().toPlainString();
  }

  /** Whole ones of a hundred: {@code 71}; below ten with one digit behind the point. */
  public static String hundredths(double share) {
    BigDecimal of = new BigDecimal(share).round(EXACT).movePointRight(2);
    int behind = of.abs().compareTo(BigDecimal.TEN) < 0 && of.signum() != 0 ? 1 : 0;
    return of.setScale(behind, RoundingMode.HALF_EVEN).toPlainString();
  }
}
