package org.auscult.feature;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An interval of numbers, both ends inclusive; a null end is open. */
public record Range(@Nullable BigDecimal low, @Nullable BigDecimal high) {
  public Range {
    if (low != null && high != null && low.compareTo(high) > 0) {
      throw new IllegalArgumentException("low " + low + " lies above high " + high);
    }
  }

  public static Range of(String low, String high) {
    return new Range(new BigDecimal(low), new BigDecimal(high));
  }

  public boolean contains(double value) {
    BigDecimal lower = low;
    BigDecimal upper = high;
    return !Double.isNaN(value)
        && (lower == null || value >= lower.doubleValue())
        && (upper == null || value <= upper.doubleValue());
  }

  @Override
  public String toString() {
    BigDecimal lower = low;
    BigDecimal upper = high;
    if (lower == null) {
      return upper == null ? "any" : "at most " + upper.toPlainString();
    }
    return upper == null
        ? "at least " + lower.toPlainString()
        : lower.toPlainString() + " to " + upper.toPlainString();
  }
}
