package org.auscult.server.adjudication;

import java.time.Instant;
import java.util.List;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.server.adjudication.AdjudicationRows.ChosenWindow;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.report.StoredReports;

/** How good labels were, window after window: each adjudication plan is a series. */
final class LabelQualityReports implements SeriesReports {
  private final AdjudicationRows rows;
  private final StoredReports stored;

  LabelQualityReports(AdjudicationRows rows, StoredReports stored) {
    this.rows = rows;
    this.stored = stored;
  }

  @Override
  public FindingKind kind() {
    return FindingKind.LABELS;
  }

  @Override
  public List<Series> series() {
    return rows.windows().stream()
        .map(ChosenWindow::plan)
        .distinct()
        .map(plan -> new Series(plan, ""))
        .toList();
  }

  @Override
  public List<WindowReport> of(Series series, Instant now) {
    return rows.windows().stream()
        .filter(chosen -> chosen.plan().equals(series.model()))
        .flatMap(chosen -> stored.find(LabelQualityResources.id(chosen), chosen.window()).stream())
        .toList();
  }
}
