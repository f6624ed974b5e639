package org.auscult.monitoring.drift;

import java.util.Locale;

/** How far the population stability index has gone. */
public enum Band {
  /** Below 0.1. */
  STABLE,
  /** From 0.1 on. */
  WARNS,
  /** From 0.25 on. */
  ACTS;

  private static final double WARNING = 0.1;
  private static final double ACTION = 0.25;

  /** The band of a value. */
  public static Band of(double psi) {
    return psi >= ACTION ? ACTS : psi >= WARNING ? WARNS : STABLE;
  }

  /** As reports spell it: {@code warns}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
