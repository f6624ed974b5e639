package org.auscult.timeline;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The order of facts, and which of several versions stands.
 *
 * <p>Order: the later effective fact comes last; ties go by known time, then version, id, slot and
 * origin, so that the same facts always give the same vector. Of two values of the same time the
 * one that the record learnt last stands.
 */
public final class FactOrder {
  private static final Comparator<Fact> BEHIND_VISIBLE =
      comparing((Fact f) -> f.effective().from())
          .thenComparing(f -> f.known().from())
          .thenComparing(f -> f.source().version())
          .thenComparing(f -> f.source().id())
          .thenComparing(f -> f.source().slot())
          .thenComparing(f -> f.source().origin());

  /** Most facts differ in the first, which is compared by itself: it is asked for most. */
  public static final Comparator<Fact> ORDER =
      (a, b) -> {
        int first = a.effective().visibleFrom().compareTo(b.effective().visibleFrom());
        return first == 0 ? BEHIND_VISIBLE.compare(a, b) : first;
      };

  private FactOrder() {}

  /** What a fact is a version of. */
  private record Part(String origin, String id, int slot) {
    static Part of(Fact fact) {
      return new Part(fact.source().origin(), fact.source().id(), fact.source().slot());
    }
  }

  /** Facts in order, each resource's in its highest version. */
  public static List<Fact> newest(List<Fact> facts) {
    List<Fact> ordered = new ArrayList<>(facts);
    ordered.sort(ORDER);
    return newest(ordered, Function.identity());
  }

  /**
   * Of facts in order, each resource's in its highest version. A resource that came by two roads
   * counts once; one without an id cannot be told from another and stands for itself.
   */
  static <T> List<T> newest(List<T> ordered, Function<T, Fact> facts) {
    Map<Object, Integer> standing = new HashMap<>();
    boolean[] isPast = new boolean[ordered.size()];
    boolean isAnyPast = false;
    for (int i = 0; i < isPast.length; i++) {
      Fact fact = facts.apply(ordered.get(i));
      Object part = fact.source().id().isEmpty() ? fact : Part.of(fact);
      Integer other = standing.put(part, i);
      if (other != null) {
        isAnyPast = true;
        boolean isHigher =
            fact.source().version() >= facts.apply(ordered.get(other)).source().version();
        isPast[isHigher ? other : i] = true;
        standing.put(part, isHigher ? i : other);
      }
    }
    if (!isAnyPast) {
      return ordered;
    }
    List<T> newest = new ArrayList<>(ordered.size());
    for (int i = 0; i < isPast.length; i++) {
      if (!isPast[i]) {
        newest.add(ordered.get(i));
      }
    }
    return newest;
  }
}
