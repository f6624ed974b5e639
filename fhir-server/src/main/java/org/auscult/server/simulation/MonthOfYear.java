package org.auscult.server.simulation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;

/**
 * A month as its reports tell it at the year's end, and how many cards were wrong.
 *
 * @param cards of all charts that were opened, whoever saw what
 * @param shown how many cards somebody saw
 * @param auroc null if it is unknown, or nothing was served
 * @param observedToExpected the same
 * @param overrideRate the same
 */
record MonthOfYear(
    LocalDate first,
    YearResult.Cards cards,
    long shown,
    @Nullable Double auroc,
    @Nullable Double observedToExpected,
    @Nullable Double overrideRate) {
  /** All twelve; of one that begins within a month, from that day on. */
  static List<MonthOfYear> of(YearResult year) {
    List<MonthOfYear> months = new ArrayList<>();
    LocalDate end = year.plan().start().plusYears(1);
    for (LocalDate day = year.plan().start(); day.isBefore(end); day = next(day)) {
      LocalDate until = next(day).isBefore(end) ? next(day) : end;
      ReportWindow window = ReportWindow.endingWith(ReportWindow.Kind.MONTH, day, YearPlan.ZONE);
      months.add(
          new MonthOfYear(
              day,
              year.cards(YearPlan.midnight(day), YearPlan.midnight(until)),
              year.shown(YearPlan.midnight(day), YearPlan.midnight(until)),
              figure(year, FindingKind.PERFORMANCE, window, "auroc"),
              figure(year, FindingKind.PERFORMANCE, window, "observed-to-expected"),
              figure(year, FindingKind.USE, window, "override-rate")));
    }
    return months;
  }

  private static LocalDate next(LocalDate day) {
    return day.withDayOfMonth(1).plusMonths(1);
  }

  private static @Nullable Double figure(
      YearResult year, FindingKind kind, ReportWindow window, String name) {
    return year.writer().reports().find(kind, window).stream()
        .flatMap(told -> told.figures().figures().stream())
        .filter(figure -> figure.way() == null && figure.by() == null)
        .filter(figure -> figure.name().equals(name) && figure.value() != null)
        .findFirst()
        .map(ReportedFigure::value)
        .orElse(null);
  }
}
