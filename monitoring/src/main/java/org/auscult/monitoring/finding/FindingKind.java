package org.auscult.monitoring.finding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What found it. */
public enum FindingKind {
  /** How well a model does breaches an alert rule. */
  PERFORMANCE,
  /** What a model is given breaches an alert rule. */
  DRIFT,
  /** What clinicians do with cards breaches an alert rule. */
  USE,
  /** How good labels are, by those who looked at some, breaches an alert rule. */
  LABELS,
  /** Served vectors cannot be made again from the record as it was. */
  SKEW,
  /** A source has said nothing for longer than is usual. */
  SILENT_SOURCE,
  /** A service does not answer a request about a synthetic patient as it should. */
  SYNTHETIC_REQUEST;

  /** Whether an alert rule found it. */
  public boolean isOfRules() {
    return this == PERFORMANCE || this == DRIFT || this == USE || this == LABELS;
  }

  /** As issues and Tasks spell it: {@code silent-source}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one with this code. */
  public static Optional<FindingKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
