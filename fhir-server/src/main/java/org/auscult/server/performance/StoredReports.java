package org.auscult.server.performance;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.FigureReader;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the reports that stand tell, for those who judge it. A report that was not written anew is
 * not read anew.
 */
public final class StoredReports {
  private static final int MOST_KEPT = 2_000;

  private final Performance performance;
  private final IFhirResourceDao<MeasureReport> reports;
  private final JdbcTemplate jdbc;
  private final ZoneId zone;
  private final Cache<Key, WindowReport> read =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).recordStats().build();

  private record Key(String id, String madeOf) {}

  StoredReports(
      Performance performance,
      IFhirResourceDao<MeasureReport> reports,
      JdbcTemplate jdbc,
      ZoneId zone) {
    this.performance = performance;
    this.reports = reports;
    this.jdbc = jdbc;
    this.zone = zone;
  }

  /** All series of which there may be reports. */
  public List<Series> series() {
    return performance.series();
  }

  /**
   * The reports of a series, of all kinds of windows.
   *
   * @param now the last window holds it
   */
  public List<WindowReport> of(Series series, Instant now) {
    List<WindowReport> found = new ArrayList<>();
    for (ReportWindow.Kind kind : PerformanceRound.KINDS) {
      for (ReportWindow window : performance.windows(kind, series, now, zone)) {
        WindowReport report = report(ReportResources.id(series, window), window);
        if (report != null) {
          found.add(report);
        }
      }
    }
    return found;
  }

  private @Nullable WindowReport report(String id, ReportWindow window) {
    List<String> madeOf =
        jdbc.queryForList("select made_of from performance_report where id = ?", String.class, id);
    return madeOf.isEmpty()
        ? null
        : read.get(new Key(id, madeOf.get(0)), key -> read(key.id(), window));
  }

  /** Null, and not kept, if somebody deleted it. */
  private @Nullable WindowReport read(String id, ReportWindow window) {
    try {
      MeasureReport report =
          reports.read(new IdType("MeasureReport", id), new SystemRequestDetails());
      return new WindowReport(
          window, report.getIdElement().toUnqualified().getValue(), FigureReader.figures(report));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return null;
    }
  }
}
