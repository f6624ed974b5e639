package org.auscult.server.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.cause.Cause;
import org.auscult.monitoring.cause.CauseFinder;
import org.auscult.monitoring.cause.LookedRow;
import org.auscult.monitoring.cause.TracedFeature;
import org.auscult.monitoring.cause.Traces;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.fairness.SmallCells;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/** Holds a stretch of time against a reference, and asks the record why it differs. */
public final class Drift {
  /** Changes when the same rows would give another content of a reference. */
  private static final int FORM = 1;

  private final ModelSources sources;
  private final LookedRecord looked;
  private final CauseFinder finder;
  private final Labels labels;

  /** Port: how events stand to those of a reference, as labels stand now. */
  @FunctionalInterface
  public interface Labels {
    /** By output, of those whose outcome is observed. */
    SortedMap<String, List<Estimate>> of(
        PredictionModel model, DriftReference reference, Instant start, Instant end);
  }

  /**
   * @param sources from what features are read
   */
  public Drift(ModelSources sources, LookedRecord looked, CauseFinder finder, Labels labels) {
    this.sources = sources;
    this.looked = looked;
    this.finder = finder;
    this.labels = labels;
  }

  /**
   * What was served over a stretch of time as a reference.
   *
   * @param start inclusive
   * @param end exclusive
   * @return empty if it has ten rows or fewer
   */
  public Optional<DriftReference> reference(
      PredictionModel model, Instant start, Instant end, ServedRows rows) {
    ServedSample sample = rows.sample();
    if (sample.rows() <= SmallCells.MOST_HIDDEN) {
      return Optional.empty();
    }
    List<TracedFeature> features = traced(sources.of(model));
    Traces traces = Traces.of(features, looked.read(rows.looked(LookedRecord.MOST), features));
    DriftReference.Content content = new DriftReference.Content(FORM, sample, traces);
    return Optional.of(
        new DriftReference(
            DriftResources.referenceId(model.canonical(), start, end),
            model.canonical(),
            start,
            end,
            DriftStore.hash(content),
            content));
  }

  private static List<TracedFeature> traced(Map<String, List<TracedFeature>> of) {
    return of.values().stream().flatMap(List::stream).distinct().toList();
  }

  /**
   * The report.
   *
   * @param start inclusive
   * @param end exclusive
   * @param kind of the window; null for what was asked on demand
   * @param rows what was served then
   */
  public MeasureReport report(
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
    List<LookedRow> now = looked.read(rows.looked(LookedRecord.MOST), traced(of));
    return finder.find(
        report,
        reference.content().sample(),
        sample,
        new CauseFinder.Known(of, reference.content().traces(), now));
  }
}
