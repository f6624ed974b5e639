package org.auscult.deidentification;

import java.util.Arrays;
import java.util.Optional;

/**
 * How much of a record is masked.
 *
 * <p>Source: 45 CFR 164.514.
 */
public enum Profile {
  /** All 18 identifiers of (b)(2): no date finer than a year, ages of 90 and over pooled. */
  SAFE_HARBOR("safe-harbor"),
  /** The direct identifiers of (e)(2) are dropped; dates, city, state and ZIP code stay. */
  LIMITED("limited"),
  /** For an expert's determination by (b)(1): dates shifted, one shift for each person. */
  EXPERT("expert");

  private final String code;

  Profile(String code) {
    this.code = code;
  }

  /** The profile of a name, such as {@code safe-harbor}. */
  public static Optional<Profile> parse(String code) {
    return Arrays.stream(values()).filter(p -> p.code.equals(code)).findFirst();
  }

  /** Its name in commands and reports. */
  public String code() {
    return code;
  }

  /** Whether ages of 90 and over are one age. */
  public boolean poolsAges() {
    return this != LIMITED;
  }
}
