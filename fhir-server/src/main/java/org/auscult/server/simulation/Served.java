package org.auscult.server.simulation;

import java.util.Map;
import java.util.TreeMap;
import org.auscult.monitoring.use.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A chart that was opened.
 *
 * @param score null if the model could not say anything
 * @param isWarning whether the score reaches what the deployment warns from
 * @param isServed false while the deployment is suspended: then nobody saw anything, and monitoring
 *     knows nothing of it
 * @param reply to the card, if there was one
 * @param reason of an override, {@code system|code}; null if there is none
 * @param groups by way of grouping
 */
record Served(
    HospitalStay stay,
    @Nullable Double score,
    boolean isWarning,
    boolean isServed,
    Reply reply,
    @Nullable String reason,
    Map<String, String> groups) {
  Served {
    groups = new TreeMap<>(groups);
  }

  /** Whether somebody saw a card. */
  boolean isShown() {
    return isServed && isWarning;
  }
}
