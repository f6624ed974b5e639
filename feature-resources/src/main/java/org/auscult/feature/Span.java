package org.auscult.feature;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
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
    if (isBehind(visible)) {
      return false;
    }
    return start == null
        || isAfterStart(visible)
        || (fact.source().kind().isState() && until(fact).isAfter(start));
  }

  /**
   * Those of a run of facts that it holds. What is no state is held from when it became visible
   * alone, and so lies side by side.
   *
   * @param ordered in the order in which they became visible, all of one kind
   */
  List<ReadFact> within(List<ReadFact> ordered, boolean areStates) {
    if (areStates) {
      return ReadFact.where(ordered, fact -> holds(fact.fact()));
    }
    int first = start == null ? 0 : firstOf(ordered, fact -> isAfterStart(fact.visibleFrom()));
    int behind = firstOf(ordered, fact -> isBehind(fact.visibleFrom()));
    return first == 0 && behind == ordered.size()
        ? ordered
        : ordered.subList(Math.min(first, behind), behind);
  }

  /** The first of which something is true that is true of all behind it, too. */
  private static int firstOf(List<ReadFact> ordered, Predicate<ReadFact> isTrue) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isTrue.test(ordered.get(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether a fact that it does not hold lies before it. */
  boolean isAfter(Fact fact) {
    return start != null && !isAfterStart(fact.effective().visibleFrom());
  }

  /** Its length; null if it has no beginning. */
  @Nullable Duration length() {
    return start == null ? null : Duration.between(start, end);
  }

  private boolean isBehind(Instant instant) {
    return endInclusive ? instant.isAfter(end) : !instant.isBefore(end);
  }

  private boolean isAfterStart(Instant instant) {
    Instant from = Objects.requireNonNull(start);
    return startInclusive ? !instant.isBefore(from) : instant.isAfter(from);
  }

  private static Instant until(Fact fact) {
    return Objects.requireNonNullElse(fact.effective().until(), Instant.MAX);
  }
}
