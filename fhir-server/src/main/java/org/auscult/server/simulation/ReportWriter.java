package org.auscult.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.deployment.Deployment;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.cause.CauseFinder;
import org.auscult.monitoring.drift.DriftCalendar;
import org.auscult.monitoring.drift.LabelDrift;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.use.UseReport;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.server.drift.Drift;
import org.auscult.server.drift.DriftReference;
import org.auscult.server.drift.DriftResources;
import org.auscult.server.drift.ModelSources;
import org.auscult.server.performance.Performance;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.performance.ReportResources;
import org.auscult.server.report.Figures;
import org.auscult.server.report.Series;
import org.auscult.server.use.UseResources;
import org.auscult.unit.CodeUnits;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a server's rounds write, by the same rules: performance and use by month and by three
 * months whenever something of a window has changed, drift by week and by month once a window is
 * over. Not for several threads.
 */
final class ReportWriter {
  /** As a server has it by default. */
  private static final int REFERENCE_WEEKS = 4;

  private static final List<ReportWindow.Kind> KINDS =
      List.of(ReportWindow.Kind.MONTH, ReportWindow.Kind.QUARTER);

  /** No stay is as long, so nothing of a window changes that has been over for so long. */
  private static final Duration CHANGES_WITHIN = Duration.ofDays(30);

  /** What was served in a month, and is asked for as soon as it is over. */
  private static final Duration KEPT = Duration.ofDays(40);

  private final PredictionModel model;
  private final String output;
  private final Deployment deployment;
  private final Ledger ledger;
  private final Hospital hospital;
  private final Drift drift;
  private final DriftCalendar calendar = new DriftCalendar(REFERENCE_WEEKS, YearPlan.ZONE);
  private final Reports reports = new Reports();
  private final Map<ReportWindow, Long> madeOf = new HashMap<>();
  private final Set<ReportWindow> drifted = new HashSet<>();
  private final List<Journaled> journal = new ArrayList<>();
  private @Nullable DriftReference reference;
  private Instant looked = Instant.EPOCH;

  private record Journaled(JournalEntry entry, ModelRun run) {}

  ReportWriter(Pack pack, PredictionModel model, Ledger ledger, Hospital hospital) {
    this.model = model;
    this.output = model.outputs().get(0).name();
    this.deployment = pack.deployment();
    this.ledger = ledger;
    this.hospital = hospital;
    this.drift =
        new Drift(
            new ModelSources(pack),
            hospital,
            new CauseFinder(CodeUnits.standard(), YearPlan.ZONE),
            (of, against, start, end) ->
                new TreeMap<>(
                    Map.of(
                        output,
                        LabelDrift.of(
                            ledger.events(against.start(), against.end(), looked),
                            ledger.events(start, end, looked)))));
  }

  Reports reports() {
    return reports;
  }

  /** What was served, in the order of time. */
  void journal(JournalEntry entry, ModelRun run) {
    journal.add(new Journaled(entry, run));
  }

  /** Does all that is to be done. */
  void write(Instant now) {
    looked = now;
    Optional<Instant> first = ledger.first();
    if (first.isEmpty()) {
      return;
    }
    for (ReportWindow.Kind kind : KINDS) {
      for (ReportWindow window : ReportWindow.between(kind, first.get(), now, YearPlan.ZONE)) {
        if (window.end().isAfter(now.minus(CHANGES_WITHIN))) {
          writeIfChanged(window, now);
        }
      }
    }
    writeDrift(first.get(), now);
    forget(now);
  }

  private void writeIfChanged(ReportWindow window, Instant now) {
    long changes = ledger.changes(window.start(), window.end(), now);
    if (changes == madeOf.getOrDefault(window, 0L)) {
      return;
    }
    madeOf.put(window, changes);
    PredictionRows.Read read = ledger.read(window.start(), window.end(), now);
    reports.put(
        FindingKind.PERFORMANCE,
        window,
        ReportResources.id(new Series(model.canonical(), output), window),
        ReportResources.of(
            model,
            output,
            Figures.period(window.start(), window.end()),
            window.kind(),
            read,
            PerformanceReport.of(read.observed(), thresholds())));
    reports.put(
        FindingKind.USE,
        window,
        UseResources.id(deployment.canonical(), window),
        UseResources.of(
            deployment.canonical(),
            window,
            UseReport.of(ledger.calls(window.start(), window.end()))));
  }

  /** From where the deployment warns, in the unit of the score. */
  List<Double> thresholds() {
    return Performance.thresholds(model, output, List.of(deployment));
  }

  private void writeDrift(Instant first, Instant now) {
    if (reference == null) {
      reference =
          calendar
              .reference(first, now, ledger::patients)
              .flatMap(
                  of -> drift.reference(model, of.start(), of.end(), served(of.start(), of.end())))
              .orElse(null);
    }
    DriftReference against = reference;
    if (against == null) {
      return;
    }
    for (ReportWindow window : DriftCalendar.windows(against.end(), now, YearPlan.ZONE)) {
      if (drifted.add(window)) {
        ServedRows rows = served(window.start(), window.end());
        if (rows.predictions() > 0) {
          reports.put(
              FindingKind.DRIFT,
              window,
              DriftResources.id(model.canonical(), window),
              drift.report(model, against, window.start(), window.end(), window.kind(), rows));
        }
      }
    }
  }

  private ServedRows served(Instant start, Instant end) {
    ServedRows rows = new ServedRows(YearPlan.ZONE);
    for (Journaled one : journal) {
      Instant at = one.entry().indexTime();
      if (!at.isBefore(start) && at.isBefore(end)) {
        rows.add(one.entry(), one.run());
      }
    }
    return rows;
  }

  private void forget(Instant now) {
    if (reference != null) {
      journal.removeIf(
          one -> {
            boolean isOver = one.entry().indexTime().isBefore(now.minus(KEPT));
            if (isOver) {
              hospital.forget(one.entry().subject().id());
            }
            return isOver;
          });
    }
  }
}
