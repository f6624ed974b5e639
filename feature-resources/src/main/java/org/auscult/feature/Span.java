package org.auscult.feature;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.auscult.timeline.Fact;
import org.jspecify.annotations.Nullable;

/**
 * A window at one index time.
 *
 * @param start null if it begins with the first fact
 */
record Span(@Nullable Instant start, boolean startInclusive, Instant end, boolean endInclusive) {
  Span {
    Objects.requireNonNull(end);
  }

  /** Whether it ends before it begins. */
  boolean isEmpty() {
    return start != null && start.isAfter(end);
  }

  /**
   * Whether a fact lies in it: it became visible there, or it is a state that was visible before
   * and still held.
   */
  boolean holds(Fact fact) {
    Instant visible = fact.effective().visibleFrom();
    if (endInclusive ? visible.isAfter(end) : !visible.isBefore(end)) {
      return false;
    }
    return start == null
        || isAfterStart(visible)
        || (fact.source().kind().isState() && until(fact).isAfter(start));
  }

  /** Whether a fact that it does not hold lies before it. */
  boolean isAfter(Fact fact) {
    return start != null && !isAfterStart(fact.effective().visibleFrom());
  }

  /** Its length; null if it has no beginning. */
  @Nullable Duration length() {
    return start == null ? null : Duration.between(start, end);
  }

  private boolean isAfterStart(Instant instant) {
    Instant from = Objects.requireNonNull(start);
    return startInclusive ? !instant.isBefore(from) : instant.isAfter(from);
  }

  private static Instant until(Fact fact) {
    return Objects.requireNonNullElse(fact.effective().until(), Instant.MAX);
  }
}
