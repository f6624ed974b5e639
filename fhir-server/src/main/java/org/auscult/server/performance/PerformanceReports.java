package org.auscult.server.performance;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;

/** How models did, window after window. */
final class PerformanceReports implements SeriesReports {
  private final Performance performance;
  private final StoredReports stored;
  private final ZoneId zone;

  PerformanceReports(Performance performance, StoredReports stored, ZoneId zone) {
    this.performance = performance;
    this.stored = stored;
    this.zone = zone;
  }

  @Override
  public FindingKind kind() {
    return FindingKind.PERFORMANCE;
  }

  @Override
  public List<Series> series() {
    return performance.series();
  }

  @Override
  public List<WindowReport> of(Series series, Instant now) {
    List<WindowReport> found = new ArrayList<>();
    for (ReportWindow.Kind kind : PerformanceRound.KINDS) {
      for (ReportWindow window : performance.windows(kind, series, now, zone)) {
        stored.find(ReportResources.id(series, window), window).ifPresent(found::add);
      }
    }
    return found;
  }
}
