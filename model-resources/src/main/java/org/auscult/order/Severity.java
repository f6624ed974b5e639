package org.auscult.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave what a rule says is, in rising order. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** As in the guide's code system: {@code warning}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Severity> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }
}
