package org.auscult.outcome;

import java.time.Instant;
import org.auscult.feature.Lookback;
import org.jspecify.annotations.Nullable;

/**
 * What a first value beyond the threshold needs to be the event: a second one beyond it, and none
 * between them that is not. The event is dated by the first; the second may lie behind the horizon.
 *
 * @param after the second comes at least so long after the first; null for any later time
 * @param within the second comes at most so long after the first; null for whenever it comes
 */
public record Confirmation(@Nullable Lookback after, @Nullable Lookback within) {
  public Confirmation {
    if (after == null && within == null) {
      throw new IllegalArgumentException("Say how long after the first value the second comes");
    }
  }

  /** The earliest time of the second value. */
  Instant earliest(Instant first) {
    return after == null ? first : after.endAfter(first);
  }

  /** The latest time of the second value; null for no limit. */
  @Nullable Instant latest(Instant first) {
    return within == null ? null : within.endAfter(first);
  }
}
