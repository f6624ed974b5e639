package org.auscult.server.report;

import java.time.Instant;
import java.util.List;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;

/** The reports of one kind that stand, for those who judge them. */
public interface SeriesReports {
  /** What is found in them. */
  FindingKind kind();

  /** All series of which there may be reports. */
  List<Series> series();

  /**
   * The reports of a series, of all kinds of windows.
   *
   * @param now no window begins later
   */
  List<WindowReport> of(Series series, Instant now);
}
