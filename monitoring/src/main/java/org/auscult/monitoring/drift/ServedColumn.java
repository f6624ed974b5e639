package org.auscult.monitoring.drift;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.Numbers;

/**
 * One feature, or one output, of the rows of a sample.
 *
 * @param definition {@code url|version} of the feature; empty for an output
 * @param title for people
 * @param values by row, in the definition's unit; NaN where missing
 * @param missing how many rows lack it, by the code of the reason
 */
public record ServedColumn(
    String name,
    String definition,
    String title,
    List<Double> values,
    SortedMap<String, Long> missing) {
  public ServedColumn {
    Objects.requireNonNull(name);
    Objects.requireNonNull(definition);
    Objects.requireNonNull(title);
    values = List.copyOf(values);
    missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
  }

  /** All of them as numbers. */
  public Numbers numbers() {
    return Numbers.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The same as categories. */
  Categories categories() {
    Map<String, Long> counts = new TreeMap<>();
    long none = 0;
    for (double value : values) {
      if (Double.isNaN(value)) {
        none++;
      } else {
        counts.merge(category(value), 1L, Long::sum);
      }
    }
    return Categories.of(counts, none);
  }

  /** The same as cells of a table, empty where missing. */
  List<String> cells() {
    return values.stream().map(value -> value.isNaN() ? "" : category(value)).toList();
  }

  /** Whether every value is a truth, 0 or 1. */
  public boolean isOfTruths() {
    return values.stream().allMatch(value -> value.isNaN() || value == 0 || value == 1);
  }

  private static String category(double value) {
    return value == 1 ? "yes" : "no";
  }
}
