package org.auscult.monitoring.finding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave a finding is, from the least on. */
public enum FindingSeverity {
  /** It is stored, and nobody is asked to act. */
  INFO,
  /** Somebody is asked to look into it, within the alert budget. */
  WARNING,
  /** Somebody is asked at once, whatever the budget; deployments may be suspended. */
  CRITICAL;

  /** As rules and issues spell it: {@code warning}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  public static Optional<FindingSeverity> of(String code) {
    return Arrays.stream(values()).filter(severity -> severity.code().equals(code)).findFirst();
  }
}
