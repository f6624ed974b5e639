package org.auscult.server.alert;

import java.time.Duration;
import java.util.Objects;
import org.auscult.monitoring.finding.FindingSeverity;
import org.jspecify.annotations.Nullable;

/**
 * How an issue is told.
 *
 * @param title for people
 * @param escalation after how long without acknowledgement its Task becomes more urgent; null as
 *     configured
 */
public record IssueTerms(String title, FindingSeverity severity, @Nullable Duration escalation) {
  public IssueTerms {
    Objects.requireNonNull(title);
    Objects.requireNonNull(severity);
  }
}
