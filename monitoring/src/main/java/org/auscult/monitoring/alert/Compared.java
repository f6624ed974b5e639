package org.auscult.monitoring.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a figure is held against a limit. */
public enum Compared {
  /** The value itself. */
  POINT,
  /**
   * The end of its interval that lies nearer to what is in order: the upper one against a least
   * value, the lower one against a greatest. A figure without an interval is passed over.
   */
  BOUND;

  /** As rules spell it: {@code bound}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  public static Optional<Compared> of(String code) {
    return Arrays.stream(values()).filter(compared -> compared.code().equals(code)).findFirst();
  }
}
