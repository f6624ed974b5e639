package org.auscult.server.notification;

import java.time.Instant;

/**
 * One version of an issue that one subscriber is to be told of.
 *
 * @param seq place in the order
 * @param id the delivery's: the same however often it is tried
 * @param subscription id of the Subscription
 * @param issue id of the DetectedIssue
 * @param version of the DetectedIssue
 * @param payload JSON of what may be told of it
 * @param createdAt when the version was written
 * @param attempts that failed
 */
record Notification(
    long seq,
    String id,
    String subscription,
    String issue,
    String version,
    String payload,
    Instant createdAt,
    int attempts) {
  /** Ids alone. */
  @Override
  public String toString() {
    return "Notification[" + id + "]";
  }
}
