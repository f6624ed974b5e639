package org.auscult.monitoring.drift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.FalseDiscovery;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.multivariate.DomainClassifier;
import org.auscult.statistics.multivariate.MixedTable;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * How what a model was given, and what it said, stands to a reference. The same samples give the
 * same report.
 *
 * <p>A feature whose values are 0 and 1 alone in both samples is one of categories, any other one
 * of numbers. A figure that would tell of ten people or fewer is unknown, and says so.
 *
 * @param features in the order of the reference
 * @param outputs what the model said
 * @param together figures of all features at once, and of how often the model was asked
 */
public record DriftReport(
    List<DriftedVariable> features, List<DriftedVariable> outputs, List<Estimate> together) {
  /** The tests that are corrected together, over all features. */
  private static final List<List<String>> FAMILIES =
      List.of(List.of("ks", "chi-squared"), List.of("psi"), List.of("missing-rate-difference"));

  /** Of each sample, for the figure of all features together. */
  private static final int MOST_TOGETHER = 500;

  private static final int LEAST_TOGETHER = 100;
  private static final int PERMUTATIONS = 199;
  private static final long SEED = 1;

  private static final String SMALL =
      "one of the samples has " + SmallCells.MOST_HIDDEN + " rows or fewer";
  private static final String FEW_MISSING =
      "in one of the samples "
          + SmallCells.MOST_HIDDEN
          + " rows or fewer lack the value, or have it";
  private static final Definition MISSING =
      Definition.of("missing-rate", "share of rows without a value");
  private static final Definition MISSING_BEFORE =
      Definition.of("reference-missing-rate", "share of the reference's rows without a value");
  private static final Definition PER_DAY =
      Definition.of("predictions-per-day", "predictions by days of the window");
  private static final Definition PER_DAY_RATIO =
      Definition.of(
              "predictions-per-day-ratio",
              "predictions for each day, over the same of the reference")
          .with("interval", "log-normal, as if predictions did not hang on each other (Poisson)");
  private static final Definition TOGETHER =
      Definition.of(
          "domain-auroc", "auroc of a classifier of reference and current rows, on held-out rows");

  public DriftReport {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    together = List.copyOf(together);
  }

  /**
   * A sample and over how long it was gathered.
   *
   * @param length of the stretch of time
   */
  public record Over(ServedSample sample, Duration length) {
    public Over {
      if (length.isZero() || length.isNegative()) {
        throw new IllegalArgumentException("A stretch of time has a length");
      }
    }

    private double perDay() {
      return sample.predictions() / (length.toMillis() / (double) Duration.ofDays(1).toMillis());
    }
  }

  /** Holds a sample against a reference. */
  public static DriftReport of(Over reference, Over current) {
    ServedSample before = reference.sample();
    ServedSample now = current.sample();
    boolean isSmall =
        before.rows() <= SmallCells.MOST_HIDDEN || now.rows() <= SmallCells.MOST_HIDDEN;
    List<DriftedVariable> features =
        compared(names(before.features(), now.features()), before, now, ServedSample::feature);
    List<DriftedVariable> outputs =
        compared(names(before.outputs(), now.outputs()), before, now, ServedSample::output);
    List<Estimate> together = new ArrayList<>(volume(reference, current));
    together.add(together(before, now));
    return isSmall
        ? new DriftReport(
            withheld(features), withheld(outputs), together.stream().map(f -> withheld(f)).toList())
        : new DriftReport(judged(features), judged(outputs), together);
  }

  private static List<String> names(List<ServedColumn> before, List<ServedColumn> now) {
    Map<String, Boolean> names = new LinkedHashMap<>();
    before.forEach(column -> names.put(column.name(), true));
    now.forEach(column -> names.put(column.name(), true));
    return List.copyOf(names.keySet());
  }

  private interface Column {
    Optional<ServedColumn> of(ServedSample sample, String name);
  }

  private static List<DriftedVariable> compared(
      List<String> names, ServedSample before, ServedSample now, Column column) {
    List<DriftedVariable> compared = new ArrayList<>();
    for (String name : names) {
      ServedColumn of = column.of(before, name).orElseGet(() -> nothing(name, before.rows()));
      ServedColumn other = column.of(now, name).orElseGet(() -> nothing(name, now.rows()));
      compared.add(new DriftedVariable(name, figures(of, other), new TreeMap<>(), false));
    }
    return compared;
  }

  private static ServedColumn nothing(String name, int rows) {
    return new ServedColumn(name, "", name, Collections.nCopies(rows, Double.NaN), new TreeMap<>());
  }

  private static List<Estimate> figures(ServedColumn before, ServedColumn now) {
    List<Estimate> figures =
        new ArrayList<>(
            before.isOfTruths() && now.isOfTruths()
                ? CategoricalDrift.of(before.categories(), now.categories())
                : NumericDrift.from(before.numbers()).of(now.numbers()));
    figures.add(missing(before).estimate(MISSING_BEFORE, "rows"));
    figures.add(missing(now).estimate(MISSING, "rows"));
    return figures;
  }

  private static Proportion missing(ServedColumn column) {
    long missing = column.values().stream().filter(value -> value.isNaN()).count();
    return new Proportion(missing, column.values().size());
  }

  /** Whether a rate tells of some, but of few. */
  private static boolean isFew(Estimate rate) {
    long count = Math.round(rate.optional().orElse(0) * rate.n());
    long others = rate.n() - count;
    return (count > 0 && count <= SmallCells.MOST_HIDDEN)
        || (others > 0 && others <= SmallCells.MOST_HIDDEN);
  }

  private static List<Estimate> volume(Over reference, Over current) {
    long before = reference.sample().predictions();
    long now = current.sample().predictions();
    Estimate perDay = PER_DAY.known(now, current.perDay());
    if (before == 0 || now == 0) {
      return List.of(
          perDay,
          PER_DAY_RATIO.unknown(
              before + now, Reason.EMPTY_CELL, "one of the samples has no prediction"));
    }
    double ratio = current.perDay() / reference.perDay();
    double spread = Math.exp(Distributions.Z * Math.sqrt(1.0 / before + 1.0 / now));
    return List.of(
        perDay,
        PER_DAY_RATIO
            .known(before + now, ratio)
            .with(Interval.of(ratio / spread, ratio * spread, "log-normal")));
  }

  private static Estimate together(ServedSample before, ServedSample now) {
    long n = (long) before.rows() + now.rows();
    if (before.rows() < LEAST_TOGETHER || now.rows() < LEAST_TOGETHER) {
      return TOGETHER.unknown(
          n, Reason.TOO_FEW, "one of the samples has fewer than " + LEAST_TOGETHER + " rows");
    }
    List<String> both =
        before.features().stream()
            .map(ServedColumn::name)
            .filter(name -> now.feature(name).isPresent())
            .toList();
    List<String> truths =
        both.stream()
            .filter(
                name ->
                    before.feature(name).orElseThrow().isOfTruths()
                        && now.feature(name).orElseThrow().isOfTruths())
            .toList();
    MixedTable.Encoded rows =
        MixedTable.encode(table(before, both, truths), table(now, both, truths));
    return DomainClassifier.of(rows.reference(), rows.current(), PERMUTATIONS, SEED);
  }

  /** The first rows: their order is by chance. */
  private static MixedTable table(ServedSample sample, List<String> names, List<String> truths) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    Map<String, List<String>> categories = new LinkedHashMap<>();
    int rows = Math.min(sample.rows(), MOST_TOGETHER);
    for (String name : names) {
      ServedColumn column = sample.feature(name).orElseThrow();
      if (truths.contains(name)) {
        categories.put(name, column.cells().subList(0, rows));
      } else {
        numbers.put(name, column.values().subList(0, rows));
      }
    }
    return new MixedTable(numbers, categories);
  }

  private static List<DriftedVariable> withheld(List<DriftedVariable> variables) {
    return variables.stream()
        .map(
            variable ->
                new DriftedVariable(
                    variable.name(),
                    variable.figures().stream().map(figure -> withheld(figure)).toList(),
                    new TreeMap<>(),
                    false))
        .toList();
  }

  private static Estimate withheld(Estimate figure) {
    return figure.definition().unknown(figure.n(), Reason.SMALL_CELL, SMALL);
  }

  /** With p-values that are corrected, and without missing rates that tell of few. */
  private static List<DriftedVariable> judged(List<DriftedVariable> variables) {
    Map<String, SortedMap<String, Double>> adjusted = new LinkedHashMap<>();
    variables.forEach(variable -> adjusted.put(variable.name(), new TreeMap<>()));
    for (List<String> family : FAMILIES) {
      List<Map.Entry<String, String>> places = new ArrayList<>();
      List<Double> raw = new ArrayList<>();
      for (DriftedVariable variable : variables) {
        for (Estimate figure : variable.figures()) {
          PValue p = pValue(figure);
          if (p != null && family.contains(figure.definition().name())) {
            places.add(Map.entry(variable.name(), figure.definition().name()));
            raw.add(p.value());
          }
        }
      }
      List<Double> corrected = FalseDiscovery.adjusted(raw);
      for (int i = 0; i < places.size(); i++) {
        adjusted
            .getOrDefault(places.get(i).getKey(), new TreeMap<>())
            .put(places.get(i).getValue(), corrected.get(i));
      }
    }
    return variables.stream()
        .map(
            variable ->
                guarded(
                    DriftedVariable.judged(
                        variable.name(),
                        variable.figures(),
                        adjusted.getOrDefault(variable.name(), new TreeMap<>()))))
        .toList();
  }

  private static DriftedVariable guarded(DriftedVariable variable) {
    boolean isFew =
        Stream.of(MISSING, MISSING_BEFORE)
            .flatMap(rate -> variable.figure(rate.name()).stream())
            .anyMatch(DriftReport::isFew);
    if (!isFew) {
      return variable;
    }
    SortedMap<String, Double> adjusted = new TreeMap<>(variable.adjusted());
    adjusted.keySet().removeIf(DriftReport::isOfMissing);
    return new DriftedVariable(
        variable.name(),
        variable.figures().stream()
            .map(
                figure ->
                    isOfMissing(figure.definition().name())
                        ? figure.definition().unknown(figure.n(), Reason.SMALL_CELL, FEW_MISSING)
                        : figure)
            .toList(),
        adjusted,
        variable.hasDrifted());
  }

  private static boolean isOfMissing(String figure) {
    return figure.contains(MISSING.name());
  }

  private static @Nullable PValue pValue(Estimate figure) {
    return figure instanceof Estimate.Known known ? known.certainty().pValue() : null;
  }

  /** The features that it is worth tracing. */
  public List<DriftedVariable> drifted() {
    return features.stream().filter(DriftedVariable::hasDrifted).toList();
  }
}
