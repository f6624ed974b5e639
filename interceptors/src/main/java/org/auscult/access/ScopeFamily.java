package org.auscult.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** On whose behalf a SMART scope lets an application act. */
public enum ScopeFamily {
  /** On the record of one patient: the one of the launch. */
  PATIENT,
  /** On what the user who logged in may reach. */
  USER,
  /** For itself, without a user (Backend Services). */
  SYSTEM;

  /** As a scope spells it, such as {@code patient}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The family of a code; empty if there is none. */
  public static Optional<ScopeFamily> of(String code) {
    return Arrays.stream(values()).filter(f -> f.code().equals(code)).findFirst();
  }
}
