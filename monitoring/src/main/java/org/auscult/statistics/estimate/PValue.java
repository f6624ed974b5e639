package org.auscult.statistics.estimate;

/**
 * The probability of so extreme a value if nothing differs.
 *
 * @param value 0 to 1
 * @param method how it was had, such as {@code exact}
 */
public record PValue(double value, String method) {
  public PValue {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("A p-value lies within 0 and 1, and not at " + value);
    }
  }
}
