package org.auscult.outcome.fhir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of event, as definitions name them. */
public enum EventKind {
  /** The patient dies. */
  DEATH,
  /** Something is recorded. */
  OCCURRENCE,
  /** A measured value crosses a threshold. */
  CROSSING,
  /** An expression over features becomes true, or crosses a threshold. */
  EXPRESSION;

  /** The code in FHIR: {@code occurrence}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<EventKind> parse(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
