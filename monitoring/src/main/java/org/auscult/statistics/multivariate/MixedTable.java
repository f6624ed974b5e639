package org.auscult.statistics.multivariate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rows of columns that hold numbers or categories, of which some may be missing, and how two such
 * tables become {@link Rows} of the same variables.
 *
 * @param numbers by column, NaN where missing; all columns of both kinds have one length
 * @param categories by column, empty where missing
 */
public record MixedTable(Map<String, List<Double>> numbers, Map<String, List<String>> categories) {
  /** A column of categories becomes no more variables than this, the most frequent ones. */
  public static final int MOST_CATEGORIES = 10;

  /** Columns that would make more variables than this together are left out. */
  public static final int MOST_VARIABLES = 100;

  public MixedTable {
    Map<String, List<Double>> ofNumbers = new LinkedHashMap<>();
    numbers.forEach((name, cells) -> ofNumbers.put(name, List.copyOf(cells)));
    Map<String, List<String>> ofCategories = new LinkedHashMap<>();
    categories.forEach((name, cells) -> ofCategories.put(name, List.copyOf(cells)));
    if (Stream.concat(ofNumbers.values().stream(), ofCategories.values().stream())
            .mapToInt(List::size)
            .distinct()
            .count()
        > 1) {
      throw new IllegalArgumentException("All columns have the same length");
    }
    numbers = ofNumbers;
    categories = ofCategories;
  }

  /**
   * Two tables as rows of the same variables.
   *
   * @param variables their names, in their order; if there are none, each row is a single 0
   * @param leftOut columns that would have made too many
   */
  public record Encoded(
      Rows reference, Rows current, List<String> variables, List<String> leftOut) {
    public Encoded {
      variables = List.copyOf(variables);
      leftOut = List.copyOf(leftOut);
    }
  }

  private int size() {
    return Stream.concat(numbers.values().stream(), categories.values().stream())
        .mapToInt(List::size)
        .findFirst()
        .orElse(0);
  }

  /** Variables of both, one after the other. */
  private static final class Variables {
    private final Map<String, double[][]> all = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final int[] sizes;

    Variables(int... sizes) {
      this.sizes = sizes;
    }

    /** Adds those of a column that vary, if there is room for all of them. */
    void add(String column, Map<String, double[][]> some) {
      Map<String, double[][]> varying = new LinkedHashMap<>(some);
      varying
          .values()
          .removeIf(
              both -> Arrays.stream(both).flatMapToDouble(Arrays::stream).distinct().count() < 2);
      if (all.size() + varying.size() > MOST_VARIABLES) {
        leftOut.add(column);
      } else {
        all.putAll(varying);
      }
    }

    Encoded encoded() {
      return new Encoded(rows(0), rows(1), List.copyOf(all.keySet()), leftOut);
    }

    private Rows rows(int which) {
      List<double[]> columns = all.values().stream().map(both -> both[which]).toList();
      return Rows.of(columns.isEmpty() ? List.of(new double[sizes[which]]) : columns);
    }
  }

  /**
   * Encodes the reference and the current table, by what the reference holds.
   *
   * <p>A number that is missing becomes the reference's mean (0 if it has none), and that it is
   * missing a variable of its own, 1 or 0, if any is missing. A column of categories becomes such a
   * variable for each of the reference's most frequent ones, missing being one of them. What does
   * not vary over both tables is left out.
   *
   * @throws IllegalArgumentException if the columns differ
   */
  public static Encoded encode(MixedTable reference, MixedTable current) {
    if (!reference.numbers.keySet().equals(current.numbers.keySet())
        || !reference.categories.keySet().equals(current.categories.keySet())) {
      throw new IllegalArgumentException("Both tables have the same columns");
    }
    Variables variables = new Variables(reference.size(), current.size());
    reference.numbers.forEach(
        (column, cells) ->
            variables.add(
                column, numbers(column, cells, current.numbers.getOrDefault(column, List.of()))));
    reference.categories.forEach(
        (column, cells) ->
            variables.add(
                column,
                categories(column, cells, current.categories.getOrDefault(column, List.of()))));
    return variables.encoded();
  }

  private static Map<String, double[][]> numbers(
      String column, List<Double> before, List<Double> now) {
    double mean = before.stream().filter(x -> !x.isNaN()).mapToDouble(x -> x).average().orElse(0);
    Map<String, double[][]> variables = new LinkedHashMap<>();
    variables.put(column, new double[][] {filled(before, mean), filled(now, mean)});
    variables.put(column + " missing", new double[][] {missing(before), missing(now)});
    return variables;
  }

  private static double[] filled(List<Double> cells, double mean) {
    return cells.stream().mapToDouble(x -> x.isNaN() ? mean : x).toArray();
  }

  private static double[] missing(List<Double> cells) {
    return cells.stream().mapToDouble(x -> x.isNaN() ? 1 : 0).toArray();
  }

  private static Map<String, double[][]> categories(
      String column, List<String> before, List<String> now) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    before.forEach(cell -> counts.merge(cell, 1, Integer::sum));
    List<Map.Entry<String, Integer>> frequent = new ArrayList<>(counts.entrySet());
    frequent.sort(Comparator.comparing(entry -> -entry.getValue()));
    Map<String, double[][]> variables = new LinkedHashMap<>();
    frequent.stream()
        .limit(MOST_CATEGORIES)
        .map(Map.Entry::getKey)
        .forEach(
            category ->
                variables.put(
                    column + (category.isEmpty() ? " missing" : " = " + category),
                    new double[][] {are(category, before), are(category, now)}));
    return variables;
  }

  private static double[] are(String category, List<String> cells) {
    return cells.stream().mapToDouble(cell -> cell.equals(category) ? 1 : 0).toArray();
  }
}
