package org.auscult.server.performance;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.auscult.server.report.Series;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a report for each window of each series.
 *
 * <p>What a window is made of is told by a few sums, see {@link ReportStore}; late or corrected
 * labels make the next version of its report.
 */
public final class PerformanceRound {
  private static final Logger LOG = LoggerFactory.getLogger(PerformanceRound.class);

  /** Changes when the same rows would give another report. */
  private static final String FORMAT = "2:";

  static final List<ReportWindow.Kind> KINDS =
      List.of(ReportWindow.Kind.MONTH, ReportWindow.Kind.QUARTER);

  private final Descriptions descriptions;
  private final Performance performance;
  private final ReportStore reports;
  private final ReportEvents events;
  private final ZoneId zone;

  PerformanceRound(
      Descriptions descriptions,
      Performance performance,
      ReportStore reports,
      ReportEvents events,
      ZoneId zone) {
    this.descriptions = descriptions;
    this.performance = performance;
    this.reports = reports;
    this.events = events;
    this.zone = zone;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each patient and each window
   * @return how many reports were written
   */
  public int run(Instant now, BooleanSupplier goesOn) {
    descriptions.describeAll(now, goesOn);
    ReportEvents.Known known = events.read();
    int written = 0;
    for (Series series : performance.series()) {
      for (ReportWindow.Kind kind : KINDS) {
        for (ReportWindow window : performance.windows(kind, series, now, zone)) {
          if (!goesOn.getAsBoolean()) {
            return written;
          }
          written += write(series, window, now, known) ? 1 : 0;
        }
      }
    }
    if (written > 0) {
      LOG.info("{} performance reports written", written);
    }
    return written;
  }

  /**
   * Writes the report of one window, if it is made of something else than the one that stands.
   *
   * @return its id
   */
  String writeOne(Series series, ReportWindow window, Instant now) {
    descriptions.describeAll(now, () -> true);
    write(series, window, now, events.read());
    return ReportResources.id(series, window);
  }

  private boolean write(Series series, ReportWindow window, Instant now, ReportEvents.Known known) {
    PredictionRows.Asked asked =
        new PredictionRows.Asked(series, window.start(), window.end(), now);
    String id = ReportResources.id(series, window);
    String fingerprint = performance.fingerprint(asked);
    boolean isEmpty = fingerprint.startsWith("0/") && !reports.has(id);
    return !isEmpty
        && reports.write(
            id,
            FORMAT + fingerprint + known.fingerprint(window.start(), window.end()),
            () ->
                performance
                    .report(asked, window.kind())
                    .map(report -> known.mark(report, window.start(), window.end())));
  }
}
