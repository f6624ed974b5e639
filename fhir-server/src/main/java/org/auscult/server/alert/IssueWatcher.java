package org.auscult.server.alert;

import org.hl7.fhir.r4.model.DetectedIssue;

/** Hears of each version of an issue, in the transaction that writes it. */
@FunctionalInterface
public interface IssueWatcher {
  /**
   * A version was written.
   *
   * @param issue as it stands now
   * @param version of it
   * @param site whose people are told; empty if it is no single site's
   */
  void written(DetectedIssue issue, String version, String site);
}
