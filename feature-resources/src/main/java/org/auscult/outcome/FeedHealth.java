package org.auscult.outcome;

import java.time.Instant;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Port: whether what would tell of an event was heard when a horizon ended. Nothing that was heard
 * of a patient proves no event while the feed is silent that would have told of one (safety rule
 * 29).
 */
@FunctionalInterface
public interface FeedHealth {
  /** For who has no feeds, such as those who try a definition on files: none is ever silent. */
  FeedHealth UNJUDGED = (site, kind, end, knownAt) -> null;

  /**
   * Since when a feed is silent over an instant.
   *
   * @param site id of the Organization; empty where facts name none
   * @param kind of what the feed brings
   * @param knownAt up to when the record may have heard it; not before {@code end}
   * @return when it was last heard, before {@code end}; null if it was heard since, if it is not
   *     silent for longer than it usually is, or if there is too little to judge it by
   */
  @Nullable Instant silentSince(String site, ResourceKind kind, Instant end, Instant knownAt);
}
