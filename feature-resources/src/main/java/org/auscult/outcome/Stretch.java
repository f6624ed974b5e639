package org.auscult.outcome;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which an event is looked for.
 *
 * @param start null for ever before
 */
record Stretch(@Nullable Instant start, boolean startInclusive, Instant end, boolean endInclusive) {
  Stretch {
    Objects.requireNonNull(end);
  }

  boolean holds(Instant instant) {
    return isAfterStart(instant) && isBeforeEnd(instant);
  }

  boolean isAfterStart(Instant instant) {
    Instant from = start;
    return from == null || (startInclusive ? !instant.isBefore(from) : instant.isAfter(from));
  }

  boolean isBeforeEnd(Instant instant) {
    return endInclusive ? !instant.isAfter(end) : instant.isBefore(end);
  }
}
