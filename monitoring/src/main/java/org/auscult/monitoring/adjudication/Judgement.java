package org.auscult.monitoring.adjudication;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person says of a case. */
public enum Judgement {
  /** What the outcome definition describes happened within its horizon. */
  EVENT,
  /** It did not. */
  NO_EVENT,
  /** The record does not tell. */
  CANNOT_BE_JUDGED;

  /** As answers spell it: {@code no-event}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with this code. */
  public static Optional<Judgement> of(String code) {
    return Arrays.stream(values()).filter(one -> one.code().equals(code)).findFirst();
  }
}
