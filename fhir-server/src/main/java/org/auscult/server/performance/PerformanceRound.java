package org.auscult.server.performance;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.performance.ReportWindow;
import org.hl7.fhir.r4.model.MeasureReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a report for each window of each series.
 *
 * <p>Idea: what a window is made of is told by a few sums. Where they are what they were, the
 * report that stands is right, and nothing is read. A report has an id that follows from its
 * window, and says nothing of when it was made: so the same data give the same resource, a node
 * that does the work of another one again changes nothing, and late or corrected labels make its
 * next version.
 */
final class PerformanceRound {
  private static final Logger LOG = LoggerFactory.getLogger(PerformanceRound.class);

  /** Changes when the same rows would give another report. */
  private static final String FORMAT = "1:";

  private static final List<ReportWindow.Kind> KINDS =
      List.of(ReportWindow.Kind.MONTH, ReportWindow.Kind.QUARTER);

  private final Descriptions descriptions;
  private final Performance performance;
  private final IFhirResourceDao<MeasureReport> reports;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final ZoneId zone;

  PerformanceRound(
      Descriptions descriptions,
      Performance performance,
      IFhirResourceDao<MeasureReport> reports,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ZoneId zone) {
    this.descriptions = descriptions;
    this.performance = performance;
    this.reports = reports;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.zone = zone;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each patient and each window
   * @return how many reports were written
   */
  int run(Instant now, BooleanSupplier goesOn) {
    descriptions.describeAll(now, goesOn);
    int written = 0;
    for (Series series : performance.series()) {
      for (ReportWindow.Kind kind : KINDS) {
        for (ReportWindow window : performance.windows(kind, series, now, zone)) {
          if (!goesOn.getAsBoolean()) {
            return written;
          }
          written += write(series, window) ? 1 : 0;
        }
      }
    }
    if (written > 0) {
      LOG.info("{} performance reports written", written);
    }
    return written;
  }

  private boolean write(Series series, ReportWindow window) {
    PredictionRows.Asked asked = new PredictionRows.Asked(series, window.start(), window.end());
    String id = ReportResources.id(series, window);
    String madeOf = FORMAT + performance.fingerprint(asked);
    List<String> before =
        jdbc.queryForList("select made_of from performance_report where id = ?", String.class, id);
    boolean isEmpty = before.isEmpty() && madeOf.startsWith(FORMAT + "0/");
    if (isEmpty || before.contains(madeOf)) {
      return false;
    }
    Optional<MeasureReport> report = performance.report(asked, window.kind());
    if (report.isEmpty()) {
      return false;
    }
    report.get().setId(id);
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("delete from performance_report where id = ?", id);
          jdbc.update("insert into performance_report (id, made_of) values (?, ?)", id, madeOf);
          reports.update(report.get(), new SystemRequestDetails());
        });
    return true;
  }
}
