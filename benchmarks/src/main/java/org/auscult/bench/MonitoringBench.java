package org.auscult.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.auscult.bench.Report.Aim;
import org.auscult.statistics.calibration.Brier;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.sample.RunningScores;
import org.auscult.statistics.uncertainty.SplitMix64;

/**
 * The figures of monitoring on columns in memory, warm, sorting included. Each is timed several
 * times, and the median counts. How the columns come out of PostgreSQL is timed apart.
 */
final class MonitoringBench implements Benchmark {
  private static final int STRATA = 20;
  private static final List<Double> THRESHOLDS = List.of(0.2, 0.5);
  private static final int REPLICATES = 1_000;
  private static final double AUROC_SECONDS = 0.5;
  private static final double ALL_SECONDS = 5;
  private static final double DRIFT_SECONDS = 3;
  private static final double OUTCOME_MILLIS = 1;

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public String about() {
    return "figures of a million labelled predictions, and drift of two hundred features";
  }

  @Override
  public void run(Setting setting, Report report) throws Exception {
    labels(setting, report);
    outcomes(setting, report);
    drift(setting, report);
    WindowLoad.run(setting, report);
  }

  private static void labels(Setting setting, Report report) {
    int rows = setting.pick(100_000, 1_000_000);
    double share = rows / 1e6;
    SplitMix64 chance = new SplitMix64(setting.seed());
    double[] scores = new double[rows];
    boolean[] events = new boolean[rows];
    int[] strata = new int[rows];
    for (int i = 0; i < rows; i++) {
      double u = chance.uniform();
      scores[i] = u * u;
      events[i] = chance.uniform() < 0.8 * scores[i] + 0.05;
      strata[i] = chance.below(STRATA);
    }
    double area =
        median(setting, () -> Auroc.of(LabelledScores.of(scores, events)), report, "auroc");
    String of = "%,d rows: ".formatted(rows);
    report.figure(of + "AUROC with DeLong", area, "s", Aim.atMost(AUROC_SECONDS * share));
    double all =
        median(
            setting,
            () -> {
              LabelledScores together = LabelledScores.of(scores, events);
              List<Estimate> figures =
                  new ArrayList<>(resampled(BinaryEvaluation.all(together, THRESHOLDS), together));
              Map<String, LabelledScores> groups = byStratum(scores, events, strata);
              GroupEvaluation.of(groups)
                  .all(THRESHOLDS)
                  .forEach(
                      (group, some) ->
                          figures.addAll(resampled(some, groups.getOrDefault(group, together))));
              report(report, figures);
              return figures.get(0);
            },
            report,
            "all");
    report.figure(
        of + "all figures with intervals, overall and in 20 strata",
        all,
        "s",
        Aim.atMost(ALL_SECONDS * share));
  }

  /** As the commands give intervals to figures that have no closed one. */
  private static List<Estimate> resampled(List<Estimate> figures, LabelledScores scores) {
    return BinaryEvaluation.resampled(figures, scores, REPLICATES, 1);
  }

  private static void report(Report report, List<Estimate> figures) {
    figures.stream()
        .filter(figure -> figure.optional().isEmpty())
        .forEach(figure -> report.error(figure.definition().name() + " is unknown"));
  }

  private static Map<String, LabelledScores> byStratum(
      double[] scores, boolean[] events, int[] strata) {
    List<LabelledScores.Builder> builders = new ArrayList<>();
    for (int i = 0; i < STRATA; i++) {
      builders.add(LabelledScores.builder());
    }
    for (int i = 0; i < scores.length; i++) {
      builders.get(strata[i]).add(scores[i], events[i]);
    }
    Map<String, LabelledScores> groups = new TreeMap<>();
    for (int i = 0; i < STRATA; i++) {
      groups.put("stratum " + i, builders.get(i).build());
    }
    return groups;
  }

  /**
   * The last so many outcomes: one comes, the oldest goes, and area, interval and Brier's score are
   * told again. The 99th percentile is told beside the mean.
   */
  private static void outcomes(Setting setting, Report report) {
    int rows = setting.pick(100_000, 1_000_000);
    int more = setting.pick(10_000, 200_000);
    SplitMix64 chance = new SplitMix64(setting.seed() + 2);
    double[] scores = new double[rows + more];
    boolean[] events = new boolean[rows + more];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = chance.uniform();
      events[i] = chance.uniform() < scores[i] * scores[i];
    }
    RunningScores running = new RunningScores();
    for (int i = 0; i < rows; i++) {
      running.add(scores[i], events[i]);
    }
    double[] seconds = new double[more];
    double sum = 0;
    for (int i = 0; i < more; i++) {
      long start = System.nanoTime();
      running.remove(scores[i], events[i]);
      running.add(scores[rows + i], events[rows + i]);
      Estimate area = Auroc.of(running);
      Estimate brier = Brier.score(running);
      seconds[i] = (System.nanoTime() - start) / 1e9;
      sum += seconds[i];
      if (area.optional().isEmpty() || brier.optional().isEmpty()) {
        report.error("outcomes are unknown");
      }
    }
    double whole =
        Auroc.of(
                LabelledScores.of(
                    Arrays.copyOfRange(scores, more, scores.length),
                    Arrays.copyOfRange(events, more, events.length)))
            .get();
    if (Auroc.of(running).get() != whole) {
      report.error("the area of what came and went is not that of what is there");
    }
    Arrays.sort(seconds);
    String of = "one outcome more and one less of %,d: ".formatted(rows);
    report.figure(of + "mean", sum / more * 1e3, "ms", Aim.atMost(OUTCOME_MILLIS));
    report.figure(
        of + "99th percentile", seconds[more / 100 * 99] * 1e3, "ms", Aim.atMost(OUTCOME_MILLIS));
  }

  /** The reference is sorted and binned beforehand, as it is kept; the current rows are not. */
  private static void drift(Setting setting, Report report) {
    int features = setting.pick(20, 200);
    int rows = 100_000;
    SplitMix64 chance = new SplitMix64(setting.seed() + 1);
    NumericDrift reference = NumericDrift.from(Numbers.of(sum(chance, rows)));
    List<double[]> current = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      current.add(sum(chance, rows));
    }
    double seconds =
        median(
            setting,
            () -> {
              List<Estimate> figures = new ArrayList<>();
              for (double[] column : current) {
                figures.addAll(reference.of(Numbers.of(column)));
              }
              report(report, figures);
              return figures.get(0);
            },
            report,
            "drift");
    report.figure(
        "%d features × %,d rows: PSI, KS, JS, W1, Hellinger, missing".formatted(features, rows),
        seconds,
        "s",
        Aim.atMost(DRIFT_SECONDS * features / 200));
  }

  private static double[] sum(SplitMix64 chance, int rows) {
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = chance.uniform() + chance.uniform() + chance.uniform();
    }
    return values;
  }

  /** Once to warm up, then so often that the median says something. */
  private static double median(
      Setting setting, Supplier<Estimate> work, Report report, String what) {
    double[] seconds = new double[setting.pick(3, 5)];
    for (int i = -2; i < seconds.length; i++) {
      long start = System.nanoTime();
      Estimate first = work.get();
      if (first.optional().isEmpty()) {
        report.error(what + " is unknown");
      }
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }
}
