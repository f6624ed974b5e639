package org.auscult.statistics.sample;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each category of one variable occurs.
 *
 * @param counts by category, sorted
 * @param missing rows without one
 */
public record Categories(SortedMap<String, Long> counts, long missing) {
  public Categories {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Of counts in whatever order. */
  public static Categories of(Map<String, Long> counts, long missing) {
    return new Categories(new TreeMap<>(counts), missing);
  }

  /** How often this one occurs. */
  public long count(String category) {
    return counts.getOrDefault(category, 0L);
  }

  /** All rows, those without a category too. */
  public long rows() {
    return missing + counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
