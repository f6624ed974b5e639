package org.auscult.timeline;

import java.math.BigDecimal;
import java.util.Objects;

/** A number with its UCUM unit; exact decimal arithmetic, never a binary fraction. */
public record Quantity(BigDecimal value, String unit) {
  public Quantity {
    Objects.requireNonNull(value);
    Objects.requireNonNull(unit);
  }

  public static Quantity of(String value, String unit) {
    return new Quantity(new BigDecimal(value), unit);
  }
}
