package org.auscult.server.simulation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.FigureReader;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;

/** The reports that stand, as MeasureReports, each in its latest version. */
final class Reports {
  private static final Comparator<ReportWindow> BY_TIME =
      Comparator.comparing(ReportWindow::end)
          .thenComparing(ReportWindow::start)
          .thenComparing(ReportWindow::kind);

  private final Map<FindingKind, SortedMap<ReportWindow, Told>> told =
      new EnumMap<>(FindingKind.class);

  /**
   * A report, and what it tells.
   *
   * @param figures as rules read them
   */
  record Told(MeasureReport report, WindowReport figures) {}

  /** Puts a report in the place of the one that stands. */
  void put(FindingKind kind, ReportWindow window, String id, MeasureReport report) {
    SortedMap<ReportWindow, Told> of = told.computeIfAbsent(kind, k -> new TreeMap<>(BY_TIME));
    Told before = of.get(window);
    long version = before == null ? 1 : before.report().getIdElement().getVersionIdPartAsLong() + 1;
    report.setId(new IdType("MeasureReport", id, Long.toString(version)));
    of.put(
        window,
        new Told(
            report,
            new WindowReport(
                window,
                report.getIdElement().toUnqualified().getValue(),
                FigureReader.figures(report))));
  }

  /** All of a kind, in the order of time. */
  List<Told> all(FindingKind kind) {
    return List.copyOf(told.getOrDefault(kind, new TreeMap<>(BY_TIME)).values());
  }

  /** What they tell. */
  List<WindowReport> figures(FindingKind kind) {
    return all(kind).stream().map(Told::figures).toList();
  }

  /** The one of a window. */
  Optional<Told> find(FindingKind kind, ReportWindow window) {
    return Optional.ofNullable(told.get(kind)).map(of -> of.get(window));
  }

  /** The one with a reference. */
  Optional<Told> find(FindingKind kind, String reference) {
    Objects.requireNonNull(reference);
    return all(kind).stream()
        .filter(one -> one.figures().reference().equals(reference))
        .findFirst();
  }
}
