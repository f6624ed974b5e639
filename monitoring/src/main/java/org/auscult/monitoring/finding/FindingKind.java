package org.auscult.monitoring.finding;

import java.util.Locale;

/** What found it. */
public enum FindingKind {
  /** Figures of a model breach an alert rule. */
  PERFORMANCE,
  /** Served vectors cannot be made again from the record as it was. */
  SKEW,
  /** A source has said nothing for longer than is usual. */
  SILENT_SOURCE;

  /** As issues and Tasks spell it: {@code silent-source}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
