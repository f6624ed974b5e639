package org.auscult.feature.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How values lie, so told that no number is that of a few patients: each rests on so many patients
 * on either side of it.
 *
 * <p>Quantiles are values that occur: the smallest that no less than this share of all values does
 * not exceed (the inverse of the empirical distribution function).
 *
 * @param mean null if there are too few patients
 * @param deviation standard deviation of the sample (n − 1); null as the mean, or of one value
 * @param low the smallest value that so many patients do not exceed; null if there are too few
 * @param high the largest value that so many patients reach
 * @param quantiles by percent: 5, 25, 50, 75, 95; only those between low and high
 * @param values patients by value, if there are no more than ten different ones; otherwise empty
 * @param bins otherwise a histogram, each bin of so many patients at least
 */
public record Distribution(
    @Nullable Double mean,
    @Nullable Double deviation,
    @Nullable Double low,
    @Nullable Double high,
    SortedMap<Integer, Double> quantiles,
    SortedMap<Double, Integer> values,
    List<Bin> bins) {
  private static final List<Integer> PERCENTS = List.of(5, 25, 50, 75, 95);
  private static final int MOST_VALUES = 10;
  private static final int MOST_BINS = 20;

  /** One value of a patient. */
  public record Value(int patient, double value) {}

  /**
   * A bin of a histogram.
   *
   * @param from its lower end, which belongs to it; null for the first
   * @param to its upper end, which does not; null for the last
   * @param patients how many have a value in it
   * @param times how many values lie in it
   */
  public record Bin(@Nullable Double from, @Nullable Double to, int patients, int times) {}

  /**
   * The distribution of values.
   *
   * @param least the smallest number of patients that may be told of
   */
  public static Distribution of(List<Value> given, int least) {
    List<Value> sorted = given.stream().sorted(Comparator.comparingDouble(Value::value)).toList();
    if (patients(sorted) < least) {
      return new Distribution(null, null, null, null, new TreeMap<>(), new TreeMap<>(), List.of());
    }
    double mean = sorted.stream().mapToDouble(Value::value).average().orElseThrow();
    double squares = sorted.stream().mapToDouble(v -> square(v.value() - mean)).sum();
    double low = reached(sorted, least);
    double high = reached(reversed(sorted), least);
    SortedMap<Double, Integer> values = values(sorted);
    boolean isWide = low < high;
    return new Distribution(
        mean,
        sorted.size() < 2 ? null : Math.sqrt(squares / (sorted.size() - 1)),
        low <= high ? low : null,
        low <= high ? high : null,
        quantiles(sorted, low, high),
        values,
        values.isEmpty() && isWide ? bins(sorted, low, high, least) : List.of());
  }

  private static double square(double number) {
    return number * number;
  }

  private static List<Value> reversed(List<Value> sorted) {
    List<Value> reversed = new ArrayList<>(sorted);
    Collections.reverse(reversed);
    return reversed;
  }

  private static int patients(List<Value> values) {
    Set<Integer> patients = new HashSet<>();
    values.forEach(value -> patients.add(value.patient()));
    return patients.size();
  }

  /** The value at which so many patients have been met. */
  private static double reached(List<Value> values, int least) {
    Set<Integer> met = new HashSet<>();
    for (Value value : values) {
      met.add(value.patient());
      if (met.size() >= least) {
        return value.value();
      }
    }
    throw new IllegalArgumentException("There are fewer patients than " + least);
  }

  private static SortedMap<Integer, Double> quantiles(List<Value> sorted, double low, double high) {
    SortedMap<Integer, Double> quantiles = new TreeMap<>();
    for (int percent : PERCENTS) {
      int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
      double value = sorted.get(Math.max(1, rank) - 1).value();
      if (value >= low && value <= high) {
        quantiles.put(percent, value);
      }
    }
    return quantiles;
  }

  private static SortedMap<Double, Integer> values(List<Value> sorted) {
    SortedMap<Double, Set<Integer>> met = new TreeMap<>();
    for (Value value : sorted) {
      // 0.0 and -0.0 are one value.
      met.computeIfAbsent(value.value() + 0.0, v -> new HashSet<>()).add(value.patient());
      if (met.size() > MOST_VALUES) {
        return new TreeMap<>();
      }
    }
    SortedMap<Double, Integer> values = new TreeMap<>();
    met.forEach((value, patients) -> values.put(value, patients.size()));
    return values;
  }

  /** Of equal width between low and high; the tails belong to the first and the last. */
  private static List<Bin> bins(List<Value> sorted, double low, double high, int least) {
    double width = (high - low) / MOST_BINS;
    List<Bin> bins = new ArrayList<>();
    List<Value> open = new ArrayList<>();
    Double from = null;
    int next = 0;
    for (int i = 1; i <= MOST_BINS; i++) {
      double to = low + i * width;
      while (next < sorted.size() && (i == MOST_BINS || sorted.get(next).value() < to)) {
        open.add(sorted.get(next++));
      }
      boolean isFull = patients(open) >= least && patients(rest(sorted, next)) >= least;
      if (isFull && i < MOST_BINS) {
        bins.add(new Bin(from, to, patients(open), open.size()));
        open.clear();
        from = to;
      }
    }
    bins.add(new Bin(from, null, patients(open), open.size()));
    return bins;
  }

  private static List<Value> rest(List<Value> sorted, int from) {
    return sorted.subList(from, sorted.size());
  }
}
