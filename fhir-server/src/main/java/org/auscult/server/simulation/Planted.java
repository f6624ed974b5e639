package org.auscult.server.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is planted into the year, each at the begin of a month. */
public enum Planted {
  /** A laboratory begins to send creatinine in a unit that nobody can read. */
  UNIT(3, "one of two laboratories begins to send creatinine in " + Planted.UNREADABLE),
  /** Other patients come: older, and sicker. */
  POPULATION(6, "a hospital nearby closes: most who come now are older, and sicker"),
  /** The same measurements mean something else. */
  CONCEPT(
      9, "who dies no longer hangs on age, kidneys and sodium; what is measured stays as it was");

  /** Written as many laboratories do, and no unit of UCUM. */
  static final String UNREADABLE = "mcmol/L";

  private final int months;
  private final String words;

  Planted(int months, String words) {
    this.months = months;
    this.words = words;
  }

  /** How many months after the year's begin. */
  int months() {
    return months;
  }

  /** What happens, for people. */
  String words() {
    return words;
  }

  /** As options spell it: {@code unit}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  static Optional<Planted> of(String code) {
    return Arrays.stream(values()).filter(planted -> planted.code().equals(code)).findFirst();
  }
}
