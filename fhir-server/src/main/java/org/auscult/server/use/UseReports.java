package org.auscult.server.use;

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

/** What clinicians did with cards, window after window: each deployment is a series. */
final class UseReports implements SeriesReports {
  private final UseRows rows;
  private final StoredReports stored;
  private final ZoneId zone;

  UseReports(UseRows rows, StoredReports stored, ZoneId zone) {
    this.rows = rows;
    this.stored = stored;
    this.zone = zone;
  }

  @Override
  public FindingKind kind() {
    return FindingKind.USE;
  }

  @Override
  public List<Series> series() {
    return rows.deployments().keySet().stream()
        .map(deployment -> new Series(deployment, ""))
        .toList();
  }

  @Override
  public List<WindowReport> of(Series series, Instant now) {
    List<WindowReport> found = new ArrayList<>();
    Instant first = rows.deployments().getOrDefault(series.model(), now);
    for (ReportWindow.Kind kind : UseRound.KINDS) {
      for (ReportWindow window : ReportWindow.between(kind, first, now, zone)) {
        stored.find(UseResources.id(series.model(), window), window).ifPresent(found::add);
      }
    }
    return found;
  }
}
