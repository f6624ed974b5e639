package org.auscult.server.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.cause.Cause;
import org.auscult.monitoring.cause.CauseFinder;
import org.auscult.monitoring.cause.LookedRow;
import org.auscult.monitoring.cause.TracedFeature;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.monitoring.performance.ReportWindow;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/** Holds a stretch of time against a reference, and asks the record why it differs. */
final class Drift {
  private final ModelSources sources;
  private final LookedRows looked;
  private final CauseFinder finder;
  private final DriftLabels labels;

  Drift(ModelSources sources, LookedRows looked, CauseFinder finder, DriftLabels labels) {
    this.sources = sources;
    this.looked = looked;
    this.finder = finder;
    this.labels = labels;
  }

  /**
   * The report.
   *
   * @param start inclusive
   * @param end exclusive
   * @param kind of the window; null for what was asked on demand
   * @param rows what was served then
   */
  MeasureReport report(
      PredictionModel model,
      DriftReference reference,
      Instant start,
      Instant end,
      ReportWindow.@Nullable Kind kind,
      ServedRows rows) {
    ServedSample sample = rows.sample();
    DriftReport report =
        DriftReport.of(
            reference.over(), new DriftReport.Over(sample, Duration.between(start, end)));
    DriftResources.Found found =
        new DriftResources.Found(
            start, end, kind, sample, report, causes(model, reference, report, sample, rows));
    return DriftResources.of(model, reference, found, labels.of(model, reference, start, end));
  }

  /** Nobody's record is read if nothing drifted. */
  private List<Cause> causes(
      PredictionModel model,
      DriftReference reference,
      DriftReport report,
      ServedSample sample,
      ServedRows rows) {
    if (report.drifted().isEmpty()) {
      return List.of();
    }
    Map<String, List<TracedFeature>> of = sources.of(model);
    List<TracedFeature> read = of.values().stream().flatMap(List::stream).distinct().toList();
    List<LookedRow> now = looked.read(rows.looked(LookedRows.MOST), read);
    return finder.find(
        report,
        reference.content().sample(),
        sample,
        new CauseFinder.Known(of, reference.content().traces(), now));
  }
}
