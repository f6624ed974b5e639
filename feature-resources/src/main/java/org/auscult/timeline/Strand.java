package org.auscult.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.timeline.AsOf.Known;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one question in their order, whenever they were. What a time and a state of
 * knowledge see of it is mostly its beginning, which costs nothing to cut off.
 *
 * @param <T> a fact as it is asked for
 */
final class Strand<T> {
  private final List<Fact> facts;
  private final List<T> forms;
  private final boolean mayRepeat;
  private final Instant[] knownBy;
  private final @Nullable Instant firstClosed;

  Strand(List<Fact> found, FactQuestion<T> question) {
    List<Fact> ordered = new ArrayList<>(found.size());
    for (Fact fact : found) {
      if (question.isOf(fact)) {
        ordered.add(fact);
      }
    }
    ordered.sort(FactOrder.ORDER);
    List<T> made = new ArrayList<>(ordered.size());
    this.knownBy = new Instant[ordered.size()];
    Instant known = Instant.MIN;
    Instant closed = null;
    for (Fact fact : ordered) {
      known = fact.known().from().isAfter(known) ? fact.known().from() : known;
      knownBy[made.size()] = known;
      made.add(question.form(fact));
      Instant until = fact.known().until();
      closed = until != null && (closed == null || until.isBefore(closed)) ? until : closed;
    }
    this.facts = List.copyOf(ordered);
    this.forms = List.copyOf(made);
    this.mayRepeat = mayRepeat(facts);
    this.firstClosed = closed;
  }

  /** What was true and known: each resource in its highest version, in order. */
  List<T> asOf(AsOf asOf) {
    int past = past(asOf.at());
    if (!mayRepeat && seesAll(asOf.known(), past)) {
      return past == forms.size() ? forms : forms.subList(0, past);
    }
    List<Integer> seen = new ArrayList<>(past);
    for (int i = 0; i < past; i++) {
      if (asOf.known().sees(facts.get(i))) {
        seen.add(i);
      }
    }
    return (mayRepeat ? FactOrder.newest(seen, facts::get) : seen)
        .stream().map(forms::get).toList();
  }

  /** Whether all of the first were known, and none was gone. */
  private boolean seesAll(Known known, int first) {
    if (known instanceof Known.ByClock clock) {
      return first == 0
          || (!knownBy[first - 1].isAfter(clock.instant())
              && (firstClosed == null || firstClosed.isAfter(clock.instant())));
    }
    return known instanceof Known.Current && firstClosed == null;
  }

  /** How many were visible by then: they come first. */
  private int past(Instant at) {
    int low = 0;
    int high = facts.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (facts.get(middle).effective().visibleFrom().isAfter(at)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether two may be versions of one part of a resource; at times said where they are none. */
  private static boolean mayRepeat(List<Fact> facts) {
    int[] seen = new int[4 * Integer.highestOneBit(facts.size() + 1)];
    for (Fact fact : facts) {
      int hash = Math.max(1, (31 * fact.source().id().hashCode() + fact.source().slot()) >>> 1);
      int place = hash & (seen.length - 1);
      while (seen[place] != 0) {
        if (seen[place] == hash) {
          return true;
        }
        place = (place + 1) & (seen.length - 1);
      }
      seen[place] = hash;
    }
    return false;
  }
}
