package org.auscult.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import org.auscult.monitoring.freshness.SilenceRule;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.auscult.outcome.FeedHealth;
import org.auscult.server.monitoring.HeardSources.Source;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * The health of feeds by the hours in which sources were heard. Where a site was never heard to
 * bring a type of resource, those that name no site speak for it.
 *
 * <p>Time: an hour counts when it is over, and noted; so an answer of what was known at a time
 * stays the same.
 */
final class HeardFeeds implements FeedHealth {
  private static final long HOUR_SECONDS = 3600;

  /** By then what was heard is noted, on whichever node. */
  private static final Duration NOTED = Duration.ofMinutes(5);

  private final HeardSources sources;
  private final SilenceRule rule;

  HeardFeeds(HeardSources sources, SilenceRule rule) {
    this.sources = sources;
    this.rule = rule;
  }

  @Override
  public @Nullable Instant silentSince(
      String site, ResourceKind kind, Instant end, Instant knownAt) {
    long now = hour(knownAt.minus(NOTED));
    Source source = new Source(site, kind.name());
    Long last = sources.lastBefore(source, now);
    if (last == null && !site.isEmpty()) {
      source = new Source("", kind.name());
      last = sources.lastBefore(source, now);
    }
    if (last == null || last >= hour(end)) {
      return null;
    }
    NavigableSet<Long> hours = sources.between(source, last - rule.baseline().toHours(), last);
    return rule.judgeLong(hours, Instant.ofEpochSecond(now * HOUR_SECONDS))
        .map(Silence::lastHeard)
        .orElse(null);
  }

  private static long hour(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), HOUR_SECONDS);
  }
}
