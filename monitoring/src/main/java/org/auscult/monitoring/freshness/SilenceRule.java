package org.auscult.monitoring.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * When a source counts as silent: it has said nothing for longer than {@code factor} times its
 * usual gap, and than {@code least}. The usual gap is the third longest of the baseline, so that
 * what happens thrice (nights, weekends) is usual, and an outage or a holiday is not, nor makes the
 * rule blind for the next one.
 *
 * <p>Time is counted in whole hours in which the source was heard; a source is judged from its
 * fifth one, a fortnight after its first.
 *
 * @param least a silence is never shorter; at least one hour
 * @param factor 1 or more
 * @param baseline how far back gaps are looked at
 */
public record SilenceRule(Duration least, double factor, Duration baseline) {
  private static final Duration SHORTEST_RECORD = Duration.ofDays(14);
  private static final int FEWEST_HOURS = 5;

  /** Of the longest gaps; see above. */
  private static final int USUAL = 3;

  /** Two hours, one and a half usual gaps, four weeks. */
  public static final SilenceRule STANDARD =
      new SilenceRule(Duration.ofHours(2), 1.5, Duration.ofDays(28));

  public SilenceRule {
    if (least.toHours() < 1 || factor < 1 || baseline.compareTo(SHORTEST_RECORD) < 0) {
      throw new IllegalArgumentException(
          "A rule for silence takes an hour or more, a factor from 1, and a baseline from 14 days");
    }
  }

  /**
   * A silence.
   *
   * @param lastHeard end of the hour in which the source was last heard
   * @param usualGap the third longest gap of the baseline
   */
  public record Silence(Instant lastHeard, Duration usualGap) {}

  /** Whether there is enough to judge by. */
  public boolean canJudge(NavigableSet<Long> hours, Instant now) {
    NavigableSet<Long> recent = recent(hours, now);
    return recent.size() >= FEWEST_HOURS
        && hourOf(now) - recent.first() >= SHORTEST_RECORD.toHours();
  }

  /**
   * Judges a source.
   *
   * @param hours since 1970 in which it was heard
   * @return empty if it is not silent, or if there is too little to judge by
   */
  public Optional<Silence> judge(NavigableSet<Long> hours, Instant now) {
    if (!canJudge(hours, now)) {
      return Optional.empty();
    }
    NavigableSet<Long> recent = recent(hours, now);
    Duration usual = Duration.ofHours(usualGap(recent));
    Instant lastHeard = Instant.ofEpochSecond((recent.last() + 1) * 3600);
    Duration limit = Duration.ofSeconds((long) (usual.toSeconds() * factor));
    Duration silence = Duration.between(lastHeard, now);
    return silence.compareTo(least) > 0 && silence.compareTo(limit) > 0
        ? Optional.of(new Silence(lastHeard, usual))
        : Optional.empty();
  }

  /**
   * Judges a source that may have been silent for longer than the baseline reaches: what was silent
   * for a fortnight stays so until it is heard again.
   *
   * @param hours since 1970 in which it was heard, up to {@code now}; not empty
   */
  public Optional<Silence> judgeLong(NavigableSet<Long> hours, Instant now) {
    Instant lastHeard = Instant.ofEpochSecond((hours.last() + 1) * 3600);
    Instant latest = lastHeard.plus(baseline.minus(SHORTEST_RECORD));
    return judge(hours, now.isAfter(latest) ? latest : now);
  }

  private NavigableSet<Long> recent(NavigableSet<Long> hours, Instant now) {
    return hours.subSet(hourOf(now.minus(baseline)), true, hourOf(now), true);
  }

  private static long usualGap(NavigableSet<Long> hours) {
    List<Long> gaps = new ArrayList<>();
    Long before = null;
    for (Long hour : hours) {
      if (before != null) {
        gaps.add(hour - before);
      }
      before = hour;
    }
    gaps.sort(Collections.reverseOrder());
    return gaps.get(USUAL - 1);
  }

  private static long hourOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), 3600L);
  }
}
