package org.auscult.monitoring.retraining;

import java.time.Instant;
import java.util.List;
import org.auscult.monitoring.finding.FindingKind;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model when its plan is looked at.
 *
 * @param since when the plan began, or people last answered
 * @param issues about the model that are open
 * @param events that people have written down, of whatever model
 */
public record RetrainingFacts(Instant since, List<OpenIssue> issues, List<Event> events) {
  public RetrainingFacts {
    issues = List.copyOf(issues);
    events = List.copyOf(events);
  }

  /**
   * An issue that is open.
   *
   * @param id of the DetectedIssue
   * @param episode how often it was opened
   * @param rule {@code url|version}
   * @param site empty if it is no single site's
   * @param began when the first window began that is out of order; null if that is not known
   */
  public record OpenIssue(
      String id,
      int episode,
      FindingKind kind,
      String rule,
      String title,
      String site,
      @Nullable Instant began) {}

  /**
   * Something that happened.
   *
   * @param id of the EventDefinition
   * @param kind such as {@code guideline}
   * @param from when it began
   */
  public record Event(String id, String kind, String title, Instant from) {}
}
