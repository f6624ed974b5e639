package org.auscult.deidentification;

import java.math.BigDecimal;
import org.auscult.timeline.Quantity;
import org.auscult.unit.Units;

/** Ages of 90 and over, which are one age. */
public final class Ages {
  /** The pooled age in years. */
  public static final BigDecimal OLDEST = new BigDecimal("90");

  private Ages() {}

  /**
   * Whether a quantity is 90 years or more, in whatever unit of time.
   *
   * @param unit UCUM
   */
  public static boolean isPooled(BigDecimal value, String unit) {
    return Units.convert(new Quantity(value, unit), "a")
        .filter(years -> years.value().compareTo(OLDEST) >= 0)
        .isPresent();
  }
}
