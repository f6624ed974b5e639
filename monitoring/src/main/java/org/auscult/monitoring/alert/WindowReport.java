package org.auscult.monitoring.alert;

import java.util.List;
import org.auscult.monitoring.performance.ReportWindow;

/**
 * What a report tells of a window.
 *
 * @param reference of the report, with its version
 */
public record WindowReport(ReportWindow window, String reference, List<ReportedFigure> figures) {
  public WindowReport {
    figures = List.copyOf(figures);
  }
}
