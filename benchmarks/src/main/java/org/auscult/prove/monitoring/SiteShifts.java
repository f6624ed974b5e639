package org.auscult.prove.monitoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.prove.Conditions;
import org.auscult.prove.NotRunException;

/**
 * Detectors on simulated and real shifts, {@value #ROWS} rows against {@value #ROWS}: how often
 * they alarm between two populations, and how often within one.
 */
final class SiteShifts {
  static final int ROWS = 100;

  private static final int RUNS = 2_000;
  private static final int RUNS_OF_SHIFT = 300;
  private static final long SEED = 36;

  /** Corrected for many columns, or of few values: they may alarm less often than their level. */
  private static final Set<String> CONSERVATIVE =
      Set.of(ShiftRuns.SHAPE, ShiftRuns.MISSING, ShiftRuns.PREVALENCE);

  /** Without a level, or an approximation for many rows that is told, and not held. */
  private static final Set<String> NOT_JUDGED = Set.of(ShiftRuns.PSI, ShiftRuns.PSI_ACTS);

  private final Conditions conditions;
  private final List<String> failures;
  private final ShiftRuns shifts = new ShiftRuns(ROWS);

  /** Breaches are added to these. */
  SiteShifts(Conditions conditions, List<String> failures) {
    this.conditions = conditions;
    this.failures = failures;
  }

  /** A reference, and what is compared with it. */
  private record Family(Population reference, List<Population> others) {}

  void simulated() {
    tell(
        new Family(
            new Simulated("simulated", 0, 0.5, 1),
            List.of(
                new Simulated("mean + 0.4 σ of one of six", 0.4, 0.5, 1),
                new Simulated("correlation 0.45 → −0.2", 0, -0.2, 1),
                new Simulated("σ × 1.5 of one of six", 0, 0.5, 1.5))),
        conditions.pick(200, RUNS));
  }

  /**
   * On real data.
   *
   * @throws NotRunException if they are not there
   */
  void real() throws IOException, NotRunException {
    RealSites sites = new RealSites(conditions.data());
    tell(
        new Family(
            sites.heart("Cleveland", "cleveland"),
            List.of(
                sites.heart("Hungary", "hungarian"), sites.heart("Switzerland", "switzerland"))),
        conditions.pick(100, RUNS));
    if (conditions.pick(0, 1) == 0) {
      return;
    }
    List<Map<String, String>> encounters = sites.encounters();
    tell(
        new Family(
            RealSites.fifth(encounters, 1),
            List.of(RealSites.fifth(encounters, 2), RealSites.fifth(encounters, 5))),
        RUNS);
    tell(
        new Family(
            RealSites.source(encounters, "emergency room", "7"),
            List.of(
                RealSites.source(encounters, "physician referral", "1"),
                RealSites.source(encounters, "transfer from a hospital", "4"))),
        RUNS);
  }

  private void tell(Family family, int runs) {
    Map<String, Integer> none = shifts.count(family.reference(), family.reference(), runs, SEED);
    int ofShift = conditions.pick(10, RUNS_OF_SHIFT);
    Map<String, Map<String, Integer>> others = new LinkedHashMap<>();
    for (Population other : family.others()) {
      others.put(
          other.name(), shifts.count(family.reference(), other, ofShift, SEED + others.size() + 1));
    }
    conditions
        .out()
        .printf(
            "%n  | %s | within it | %s |%n",
            family.reference().name(), String.join(" | ", others.keySet()));
    conditions.out().println("  | --- |" + " --- |".repeat(others.size() + 1));
    none.forEach(
        (detector, alarms) -> {
          List<String> cells = new ArrayList<>();
          cells.add(percent(alarms, runs));
          others
              .values()
              .forEach(counts -> cells.add(percent(counts.getOrDefault(detector, 0), ofShift)));
          conditions.out().printf("  | %s | %s |%n", detector, String.join(" | ", cells));
          judge(family.reference().name() + ", " + detector, detector, alarms, runs);
        });
  }

  private static String percent(int count, int of) {
    return "%.1f %%".formatted(100.0 * count / of);
  }

  private void judge(String what, String detector, int alarms, int runs) {
    int least = CONSERVATIVE.contains(detector) ? 0 : Binomial.least(runs, ShiftRuns.LEVEL);
    int most = Binomial.most(runs, ShiftRuns.LEVEL);
    if (!NOT_JUDGED.contains(detector) && (alarms < least || alarms > most)) {
      failures.add(
          "%s: %d false alarms of %,d, not %d to %d".formatted(what, alarms, runs, least, most));
    }
  }
}
