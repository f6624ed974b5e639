package org.auscult.timeline;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a measurement stands to what is usual, as its record tells. */
public enum ReferenceFlag {
  NORMAL,
  LOW,
  HIGH,
  CRITICAL_LOW,
  CRITICAL_HIGH,
  /** Not normal, without saying in which direction. */
  ABNORMAL,
  /** Critical, without saying in which direction. */
  CRITICAL;

  /** The code in FHIR: {@code critical-low}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ReferenceFlag> parse(String code) {
    return Arrays.stream(values()).filter(f -> f.code().equals(code)).findFirst();
  }

  /**
   * Whether what bears this flag also is the other: what is critically low is low, critical and
   * abnormal.
   */
  public boolean is(ReferenceFlag other) {
    return this == other
        || switch (other) {
          case ABNORMAL -> this != NORMAL;
          case CRITICAL -> this == CRITICAL_LOW || this == CRITICAL_HIGH;
          case LOW -> this == CRITICAL_LOW;
          case HIGH -> this == CRITICAL_HIGH;
          case NORMAL, CRITICAL_LOW, CRITICAL_HIGH -> false;
        };
  }
}
