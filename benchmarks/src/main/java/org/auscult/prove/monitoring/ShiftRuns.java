package org.auscult.prove.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.multivariate.JointDrift;
import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.jspecify.annotations.Nullable;

/** How often each detector alarms on rows drawn from two populations. */
final class ShiftRuns {
  static final double LEVEL = 0.05;

  /** The least p is 1/40, and of all p under no shift 2 in 40 are no greater than the level. */
  private static final int PERMUTATIONS = 39;

  static final String SHAPE = "a column by ks, chi-squared (BH)";
  static final String PSI = "a column by psi's p (BH)";
  static final String PSI_ACTS = "a column's psi ≥ 0.25";
  static final String MISSING = "a column by missing rate (BH)";
  static final String PREVALENCE = "prevalence (chi-squared)";

  private final int rows;

  /**
   * Of samples of this size.
   *
   * @param rows of each sample
   */
  ShiftRuns(int rows) {
    this.rows = rows;
  }

  /** How many of so many runs alarmed, by detector. Each run has its own seed. */
  Map<String, Integer> count(Population before, Population now, int runs, long seed) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    IntStream.range(0, runs)
        .parallel()
        .mapToObj(run -> alarms(before, now, new SplitMix64(seed * 1_000_003 + run)))
        .toList()
        .forEach(
            alarms ->
                alarms.forEach(
                    (detector, alarm) -> counts.merge(detector, alarm ? 1 : 0, Integer::sum)));
    return counts;
  }

  private Map<String, Boolean> alarms(Population before, Population now, SplitMix64 chance) {
    Population.Drawn reference = before.draw(rows, chance);
    Population.Drawn current = now.draw(rows, chance);
    Map<String, Boolean> alarms = new LinkedHashMap<>();
    addColumns(reference.table(), current.table(), alarms);
    MixedTable.Encoded encoded = MixedTable.encode(reference.table(), current.table());
    for (Estimate figure :
        JointDrift.of(encoded.reference(), encoded.current(), PERMUTATIONS, chance.next())) {
      alarms.put(figure.definition().name(), alarms(figure));
    }
    Estimate prevalence = labels(reference, current);
    alarms.put(PREVALENCE, alarms(prevalence));
    return alarms;
  }

  private static Estimate labels(Population.Drawn reference, Population.Drawn current) {
    return CategoricalDrift.of(counted(reference), counted(current)).stream()
        .filter(figure -> figure.definition().name().equals("chi-squared"))
        .findFirst()
        .orElseThrow();
  }

  private static Categories counted(Population.Drawn drawn) {
    return Categories.of(
        Map.of("event", (long) drawn.events(), "none", (long) drawn.rows() - drawn.events()), 0);
  }

  private static boolean alarms(Estimate figure) {
    PValue p = pValue(figure);
    return p != null && p.value() <= LEVEL;
  }

  private static @Nullable PValue pValue(Estimate figure) {
    return figure instanceof Estimate.Known known ? known.certainty().pValue() : null;
  }

  /** Each test over all columns, corrected for their number, alarms if one of them does. */
  private static void addColumns(MixedTable before, MixedTable now, Map<String, Boolean> alarms) {
    List<Estimate> figures = new ArrayList<>();
    before
        .numbers()
        .forEach(
            (column, cells) ->
                figures.addAll(
                    NumericDrift.from(numbers(cells))
                        .of(numbers(now.numbers().getOrDefault(column, List.of())))));
    before
        .categories()
        .forEach(
            (column, cells) ->
                figures.addAll(
                    CategoricalDrift.of(
                        categories(cells),
                        categories(now.categories().getOrDefault(column, List.of())))));
    alarms.put(SHAPE, anyAlarms(figures, List.of("ks", "chi-squared")));
    alarms.put(MISSING, anyAlarms(figures, List.of("missing-rate-difference")));
    alarms.put(PSI, anyAlarms(figures, List.of("psi")));
    alarms.put(
        PSI_ACTS,
        figures.stream()
            .anyMatch(
                figure -> named(figure).equals("psi") && figure.optional().orElse(0) >= 0.25));
  }

  private static String named(Estimate figure) {
    Definition definition = figure.definition();
    return definition.name();
  }

  private static boolean anyAlarms(List<Estimate> figures, List<String> names) {
    List<Double> given = new ArrayList<>();
    for (Estimate figure : figures) {
      PValue p = pValue(figure);
      if (p != null && names.contains(named(figure))) {
        given.add(p.value());
      }
    }
    return FalseDiscovery.adjusted(given).stream().anyMatch(p -> p <= LEVEL);
  }

  private static Numbers numbers(List<Double> cells) {
    return Numbers.of(cells.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Categories categories(List<String> cells) {
    Map<String, Long> counts = new LinkedHashMap<>();
    long missing = 0;
    for (String cell : cells) {
      if (cell.isEmpty()) {
        missing++;
      } else {
        counts.merge(cell, 1L, Long::sum);
      }
    }
    return Categories.of(counts, missing);
  }
}
