package org.auscult.prove.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.prove.Conditions;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * How often the tests of drift alarm at the level 0.05, under no shift and under shifts of several
 * kinds: 500 rows against 500, normal numbers of which one in ten is missing, and five categories.
 *
 * <p>Under no shift the alarms of 2,000 runs must lie within the exact interval that holds 99 % of
 * the binomial distribution. The seed is fixed: with a fresh one, one test in a hundred would lie
 * outside. Then detectors of many columns, on simulated shifts and between real sites.
 */
public final class DriftPowerProof implements Proof {
  private static final int RUNS = 2_000;
  private static final int RUNS_OF_SHIFT = 500;
  private static final int ROWS = 500;
  private static final double LEVEL = 0.05;
  private static final long SEED = 6;

  /**
   * What is different now.
   *
   * @param mean of numbers, in σ of the reference
   * @param scale σ of numbers, in that of the reference
   * @param missing share of what is missing
   * @param first share of the first category; the others share the rest
   */
  private record Shift(String name, double mean, double scale, double missing, double first) {
    static final Shift NONE = new Shift("none", 0, 1, 0.1, 0.2);
  }

  private static final List<Shift> SHIFTS =
      List.of(
          new Shift("mean + 0.1 σ", 0.1, 1, 0.1, 0.2),
          new Shift("mean + 0.2 σ", 0.2, 1, 0.1, 0.2),
          new Shift("mean + 0.5 σ", 0.5, 1, 0.1, 0.2),
          new Shift("σ × 1.3", 0, 1.3, 0.1, 0.2),
          new Shift("missing 10 % → 16 %", 0, 1, 0.16, 0.2),
          new Shift("a category 20 % → 30 %", 0, 1, 0.1, 0.3));

  @Override
  public String name() {
    return "drift-power";
  }

  @Override
  public String about() {
    return "tests of drift alarm at their level under no shift; how often under simulated and real shifts";
  }

  @Override
  public Verdict run(Conditions conditions) throws IOException, NotRunException {
    List<String> failures = new ArrayList<>();
    SplitMix64 chance = new SplitMix64(SEED);
    Map<String, Integer> falseAlarms = alarms(Shift.NONE, RUNS, chance);
    int least = Binomial.least(RUNS, LEVEL);
    int most = Binomial.most(RUNS, LEVEL);
    conditions.out().printf("  | Shift | Runs | %s |%n", String.join(" | ", falseAlarms.keySet()));
    row(conditions, Shift.NONE, RUNS, falseAlarms);
    falseAlarms.forEach(
        (test, alarms) -> {
          if (!test.contains("≥") && (alarms < least || alarms > most)) {
            failures.add(
                "%s: %d false alarms of %,d, not %d to %d"
                    .formatted(test, alarms, RUNS, least, most));
          }
        });
    if (conditions.pick(0, 1) == 1) {
      for (Shift shift : SHIFTS) {
        row(conditions, shift, RUNS_OF_SHIFT, alarms(shift, RUNS_OF_SHIFT, chance));
      }
    }
    conditions
        .out()
        .printf(
            "  of %,d runs under no shift %d to %d may alarm at 0.05 (99 %% of the binomial)%n",
            RUNS, least, most);
    SiteShifts sites = new SiteShifts(conditions, failures);
    sites.simulated();
    try {
      sites.real();
    } catch (NotRunException e) {
      if (failures.isEmpty()) {
        throw e;
      }
      conditions.out().println("  not run: " + e.getMessage());
    }
    return new Verdict(failures);
  }

  private static void row(
      Conditions conditions, Shift shift, int runs, Map<String, Integer> alarms) {
    List<String> cells = new ArrayList<>();
    alarms.values().forEach(count -> cells.add("%.1f %%".formatted(100.0 * count / runs)));
    conditions.out().printf("  | %s | %,d | %s |%n", shift.name(), runs, String.join(" | ", cells));
  }

  private static Map<String, Integer> alarms(Shift shift, int runs, SplitMix64 chance) {
    Map<String, Integer> alarms = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      List<Estimate> numbers =
          NumericDrift.from(numbers(Shift.NONE, chance)).of(numbers(shift, chance));
      List<Estimate> categories =
          CategoricalDrift.of(categories(Shift.NONE, chance), categories(shift, chance));
      numbers.forEach(figure -> count(figure, "", alarms));
      categories.forEach(figure -> count(figure, "categories: ", alarms));
    }
    return alarms;
  }

  private static void count(Estimate figure, String of, Map<String, Integer> alarms) {
    if (!(figure instanceof Estimate.Known known)) {
      return;
    }
    String name = of + figure.definition().name();
    Certainty certainty = known.certainty();
    if (certainty.pValue() != null && !name.equals("categories: missing-rate-difference")) {
      alarms.merge(name, certainty.pValue().value() < LEVEL ? 1 : 0, Integer::sum);
    }
    if (figure.definition().name().equals("psi")) {
      alarms.merge(name + " ≥ 0.1", known.value() >= 0.1 ? 1 : 0, Integer::sum);
    }
  }

  private static Numbers numbers(Shift shift, SplitMix64 chance) {
    Numbers.Builder builder = Numbers.builder();
    for (int i = 0; i < ROWS; i++) {
      if (chance.uniform() < shift.missing()) {
        builder.addMissing();
      } else {
        builder.add(shift.mean() + shift.scale() * chance.normal());
      }
    }
    return builder.build();
  }

  private static Categories categories(Shift shift, SplitMix64 chance) {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < ROWS; i++) {
      counts.merge(
          chance.uniform() < shift.first()
              ? "a"
              : "bcde".substring(chance.below(4)).substring(0, 1),
          1L,
          Long::sum);
    }
    return Categories.of(counts, 0);
  }
}
