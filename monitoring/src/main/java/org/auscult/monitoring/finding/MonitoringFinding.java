package org.auscult.monitoring.finding;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that monitoring found. It names no patient.
 *
 * @param measured the figure that is out of order; null if it is none
 * @param evidence versioned reference of the resource that shows it; null if there is none
 * @param text for a person: what is wrong, and what to do
 * @param details what else is known of it, in this order
 */
public record MonitoringFinding(
    FindingKind kind,
    FindingSeverity severity,
    FindingSubject subject,
    @Nullable Measured measured,
    @Nullable String evidence,
    String text,
    List<Detail> details) {
  /**
   * One thing more.
   *
   * @param name such as {@code usualGapHours}
   */
  public record Detail(String name, String value) {
    public Detail {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }

  public MonitoringFinding {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(subject);
    if (text.isBlank()) {
      throw new IllegalArgumentException("A finding says what is wrong");
    }
    details = List.copyOf(details);
  }
}
