package org.auscult.server.use;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.use.UseReport;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.ReportStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a report for each window of each deployment that answered a call. */
final class UseRound {
  private static final Logger LOG = LoggerFactory.getLogger(UseRound.class);

  /** Changes when the same rows would give another report. */
  private static final String FORMAT = "2:";

  static final List<ReportWindow.Kind> KINDS =
      List.of(ReportWindow.Kind.MONTH, ReportWindow.Kind.QUARTER);

  private final CardDescriptions descriptions;
  private final FollowedOrders orders;
  private final UseRows rows;
  private final ReportStore reports;
  private final ReportEvents events;
  private final ZoneId zone;

  UseRound(
      CardDescriptions descriptions,
      FollowedOrders orders,
      UseRows rows,
      ReportStore reports,
      ReportEvents events,
      ZoneId zone) {
    this.descriptions = descriptions;
    this.orders = orders;
    this.rows = rows;
    this.reports = reports;
    this.events = events;
    this.zone = zone;
  }

  /**
   * Does all that is to be done.
   *
   * @param goesOn asked before each call and each window
   * @return how many reports were written
   */
  int run(Instant now, BooleanSupplier goesOn) {
    descriptions.describeAll(now, goesOn);
    orders.followAll(now, goesOn);
    ReportEvents.Known known = events.read();
    int[] written = new int[1];
    rows.deployments()
        .forEach(
            (deployment, first) -> {
              for (ReportWindow.Kind kind : KINDS) {
                for (ReportWindow window : ReportWindow.between(kind, first, now, zone)) {
                  if (goesOn.getAsBoolean() && write(deployment, window, known)) {
                    written[0]++;
                  }
                }
              }
            });
    if (written[0] > 0) {
      LOG.info("{} reports of use written", written[0]);
    }
    return written[0];
  }

  private boolean write(String deployment, ReportWindow window, ReportEvents.Known known) {
    String fingerprint = rows.fingerprint(deployment, window);
    String id = UseResources.id(deployment, window);
    boolean isEmpty = fingerprint.startsWith("0/") && !reports.has(id);
    return !isEmpty
        && reports.write(
            id,
            FORMAT + fingerprint + known.fingerprint(window.start(), window.end()),
            () ->
                Optional.of(
                    known.mark(
                        UseResources.of(
                            deployment, window, UseReport.of(rows.read(deployment, window))),
                        window.start(),
                        window.end())));
  }
}
