package org.auscult.statistics.fairness;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups are not shown, so that nobody reads a count of ten or fewer people, be it by taking
 * what is shown from the whole.
 *
 * <p>It minds one way of grouping; whoever shows several must mind what they tell together.
 */
public final class SmallCells {
  /** A count is shown only if it is greater than this. */
  public static final int MOST_HIDDEN = 10;

  private SmallCells() {}

  /**
   * The groups to hide: those with a small cell; then, if the rest and the whole would give such a
   * cell away, the one with the smallest cell of the others, and so on.
   *
   * @param cells by group its counts; of all groups the same ones in the same order
   * @param already groups that are hidden anyhow
   */
  public static Set<String> hidden(Map<String, long[]> cells, Set<String> already) {
    Set<String> hidden = new TreeSet<>(already);
    cells.forEach(
        (group, counts) -> {
          if (smallest(counts) <= MOST_HIDDEN) {
            hidden.add(group);
          }
        });
    while (!hidden.isEmpty() && hidden.size() < cells.size() && givenAway(cells, hidden)) {
      cells.keySet().stream()
          .filter(group -> !hidden.contains(group))
          .min(
              Comparator.comparingLong((String group) -> smallest(cells.getOrDefault(group, NONE)))
                  .thenComparing(Comparator.naturalOrder()))
          .ifPresent(hidden::add);
    }
    return hidden;
  }

  private static final long[] NONE = {0};

  private static long smallest(long[] counts) {
    return Arrays.stream(counts).min().orElse(0);
  }

  private static boolean givenAway(Map<String, long[]> cells, Set<String> hidden) {
    if (hidden.size() == 1) {
      return true;
    }
    long[] together = new long[cells.values().iterator().next().length];
    cells.forEach(
        (group, counts) -> {
          if (hidden.contains(group)) {
            Arrays.setAll(together, i -> together[i] + counts[i]);
          }
        });
    return smallest(together) <= MOST_HIDDEN;
  }
}
