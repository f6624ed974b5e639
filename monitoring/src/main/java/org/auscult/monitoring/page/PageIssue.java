package org.auscult.monitoring.page;

import java.time.Instant;
import java.util.List;
import org.auscult.monitoring.finding.FindingSeverity;
import org.jspecify.annotations.Nullable;

/**
 * What monitoring found of a model, and what was done about it.
 *
 * @param reference of the DetectedIssue, with its version
 * @param said one finding for each
 * @param since when its episode began
 * @param until when it ended; null while it is open
 * @param episode from 1 on
 * @param answer null if nobody was asked, or nobody has answered
 * @param suspensions that its episodes made, in the order of time
 */
public record PageIssue(
    String reference,
    FindingSeverity severity,
    String title,
    List<String> said,
    Instant since,
    @Nullable Instant until,
    int episode,
    @Nullable Answer answer,
    List<Suspension> suspensions) {
  public PageIssue {
    said = List.copyOf(said);
    suspensions = List.copyOf(suspensions);
  }

  /**
   * What people said to it.
   *
   * @param status of their Task, such as {@code accepted}
   * @param reason as they wrote it; empty if they wrote none
   * @param silentUntil until when nobody is told of it; null if it is not silent
   */
  public record Answer(String status, String reason, @Nullable Instant silentUntil) {}

  /**
   * A deployment that it suspended.
   *
   * @param deployment title
   * @param isLiveNow whether somebody let it go live again since
   */
  public record Suspension(String deployment, Instant at, boolean isLiveNow) {}

  boolean isOpen() {
    return until == null;
  }
}
