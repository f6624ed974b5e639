package org.auscult.server.alert;

import java.time.Duration;
import java.time.Instant;
import org.auscult.monitoring.finding.FindingSeverity;
import org.jspecify.annotations.Nullable;

/**
 * How an issue stands.
 *
 * @param rule that found it, as in its {@link IssueKey}
 * @param escalation after how long without acknowledgement its Task becomes more urgent
 * @param episode how often it was opened, from 1 on
 * @param openedAt the last time
 * @param closedAt null while it is open
 * @param toldAt when its Task was opened; null if nobody was told of this episode
 * @param raisedAt when the wait for an acknowledgement began anew; null if it did not
 * @param silentUntil until when people asked for silence; null if they did not
 * @param said hash of what the issue says; empty before it says anything
 */
record IssueRow(
    String id,
    String kind,
    String rule,
    String site,
    FindingSeverity severity,
    Duration escalation,
    int episode,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable Instant toldAt,
    @Nullable Instant raisedAt,
    @Nullable Instant silentUntil,
    String said) {
  /** The id of the Task that tells people of this episode. */
  String task() {
    return id + "-" + episode;
  }

  boolean isOpen() {
    return closedAt == null;
  }

  boolean isSilent(Instant now) {
    return silentUntil != null && silentUntil.isAfter(now);
  }

  /** One episode more. */
  IssueRow opened(IssueTerms terms, Duration usual, Instant now) {
    return new IssueRow(
        id,
        kind,
        rule,
        site,
        terms.severity(),
        terms.escalation() == null ? usual : terms.escalation(),
        episode + 1,
        now,
        null,
        null,
        null,
        silentUntil,
        "");
  }
}
