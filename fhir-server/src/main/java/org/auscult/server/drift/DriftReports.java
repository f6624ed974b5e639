package org.auscult.server.drift;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.drift.DriftCalendar;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;

/**
 * What models were given, window after window: figures of features, and of all together, are told
 * of the model as a whole, those of an output of it. Performance reports tell the prevalence
 * already.
 */
public final class DriftReports implements SeriesReports {
  private static final String OF_PERFORMANCE = "prevalence";

  private final PredictionRows predictions;
  private final DriftStore references;
  private final StoredReports stored;
  private final ZoneId zone;

  DriftReports(
      PredictionRows predictions, DriftStore references, StoredReports stored, ZoneId zone) {
    this.predictions = predictions;
    this.references = references;
    this.stored = stored;
    this.zone = zone;
  }

  @Override
  public FindingKind kind() {
    return FindingKind.DRIFT;
  }

  @Override
  public List<Series> series() {
    List<Series> series = new ArrayList<>(predictions.series());
    new TreeSet<>(series.stream().map(Series::model).toList())
        .forEach(model -> series.add(new Series(model, "")));
    return series;
  }

  @Override
  public List<WindowReport> of(Series series, Instant now) {
    List<WindowReport> found = new ArrayList<>();
    references
        .standardEnd(series.model())
        .ifPresent(
            begin ->
                DriftCalendar.windows(begin, now, zone)
                    .forEach(
                        window ->
                            stored
                                .find(DriftResources.id(series.model(), window), window)
                                .map(report -> ofOutput(report, series.output()))
                                .ifPresent(found::add)));
    return found;
  }

  /**
   * The figures of a report that are of one output.
   *
   * @param output empty for those of the model as a whole
   */
  public static WindowReport ofOutput(WindowReport report, String output) {
    List<ReportedFigure> figures =
        report.figures().stream()
            .filter(figure -> output.equals(Objects.requireNonNullElse(figure.output(), "")))
            .filter(figure -> !figure.name().equals(OF_PERFORMANCE))
            .toList();
    return new WindowReport(report.window(), report.reference(), figures);
  }
}
