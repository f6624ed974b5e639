package org.auscult.monitoring.performance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** So many groups of one way of grouping as can be read: the largest, and all others as one. */
public final class BoundedGroups {
  /** What groups are called together that are too many to be told each. */
  public static final String OTHERS = "(others)";

  /** How many groups of one way there may be. */
  public static final int MOST = 20;

  /** Each site is told, as each has people of its own who answer for it. */
  private static final String SITE = "site";

  private BoundedGroups() {}

  /**
   * Those that are told.
   *
   * @param way of grouping; sites are never put together
   * @param size of a group; of two that are equal, the one whose name comes first is told
   * @param together makes one group of several
   */
  public static <T> SortedMap<String, T> of(
      String way, SortedMap<String, T> all, ToIntFunction<T> size, Function<List<T>, T> together) {
    if (all.size() <= MOST || way.equals(SITE)) {
      return all;
    }
    List<Map.Entry<String, T>> bySize = new ArrayList<>(all.entrySet());
    bySize.sort(
        Comparator.comparingInt((Map.Entry<String, T> group) -> -size.applyAsInt(group.getValue()))
            .thenComparing(Map.Entry::getKey));
    SortedMap<String, T> told = new TreeMap<>();
    bySize.subList(0, MOST - 1).forEach(group -> told.put(group.getKey(), group.getValue()));
    told.put(
        OTHERS,
        together.apply(
            bySize.subList(MOST - 1, bySize.size()).stream().map(Map.Entry::getValue).toList()));
    return told;
  }
}
