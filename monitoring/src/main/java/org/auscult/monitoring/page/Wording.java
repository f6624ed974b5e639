package org.auscult.monitoring.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.auscult.monitoring.performance.ObservedPredictions;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.Standing;
import org.auscult.monitoring.use.UseReport;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;

/** What figures and counts are called on pages, and what they are. */
final class Wording {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("auroc", "AUROC"),
          Map.entry("average-precision", "average precision"),
          Map.entry("auprc-trapezoid", "AUPRC, trapezoid"),
          Map.entry("brier", "Brier score"),
          Map.entry("scaled-brier", "scaled Brier score"),
          Map.entry("ece", "calibration error (ECE), equal width"),
          Map.entry("ece-equal-count", "calibration error (ECE), equal count"),
          Map.entry("observed-to-expected", "observed to expected"),
          Map.entry("calibration-in-the-large", "calibration in the large"),
          Map.entry("hosmer-lemeshow", "Hosmer-Lemeshow statistic"),
          Map.entry("eavg", "Eavg"),
          Map.entry("e90", "E90"),
          Map.entry("emax", "Emax"),
          Map.entry("ppv", "positive predictive value"),
          Map.entry("npv", "negative predictive value"),
          Map.entry("lr-positive", "positive likelihood ratio"),
          Map.entry("f1", "F1"),
          Map.entry("nne", "number needed to evaluate"),
          Map.entry("net-benefit-all", "net benefit if all are treated"),
          Map.entry("estimated-auroc", "estimated AUROC"),
          Map.entry("event", "with the event"),
          Map.entry("no-event", "without the event"),
          Map.entry("competing", "something else came first"),
          Map.entry("censored", "followed too short"),
          Map.entry("excluded", "not asked about by the outcome definition"),
          Map.entry("early", "labelled, horizon still open"),
          Map.entry("pending", "label still awaited"),
          Map.entry("not-observed", "outcome not observed"),
          Map.entry("repeated", "left out: another prediction of the episode counts"),
          Map.entry("merged", "left out: merged into another record"),
          Map.entry("no-response-received", "no response received"));

  private static final Map<String, String> FORMULAS = formulas();

  private Wording() {}

  /** What figures of labels, of estimates and of use are, as they say it themselves. */
  private static Map<String, String> formulas() {
    ObservedPredictions.Builder rows = ObservedPredictions.builder();
    for (int i = 0; i < 20; i++) {
      rows.add(
          i / 20.0, i % 2 == 0 ? Standing.EVENT : Standing.NO_EVENT, Map.of("way", "a" + i % 2));
    }
    PerformanceReport report = PerformanceReport.of(rows.build(), List.of(0.5));
    Map<String, String> formulas = new TreeMap<>();
    Stream.of(
            report.figures().stream(),
            report.estimated().stream(),
            report.groups().values().stream().flatMap(groups -> groups.gaps().stream()),
            UseReport.of(List.of()).figures().stream())
        .flatMap(figures -> figures)
        .map(Estimate::definition)
        .forEach((Definition of) -> formulas.put(of.name(), of.formula()));
    return formulas;
  }

  /** What a figure or a count is called. */
  static String name(String code) {
    return NAMES.getOrDefault(code, code.replace('-', ' '));
  }

  /** What a figure is; empty if it does not say so here. */
  static Optional<String> formula(String code) {
    return Optional.ofNullable(FORMULAS.get(code));
  }
}
