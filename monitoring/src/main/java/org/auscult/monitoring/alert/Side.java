package org.auscult.monitoring.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which shift of a series is a breach. */
public enum Side {
  /** A fall. */
  BELOW,
  /** A rise. */
  ABOVE,
  /** Both. */
  EITHER;

  /** As rules spell it: {@code below}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  public static Optional<Side> of(String code) {
    return Arrays.stream(values()).filter(side -> side.code().equals(code)).findFirst();
  }

  boolean minds(Side shift) {
    return this == EITHER || this == shift;
  }
}
