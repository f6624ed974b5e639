package org.auscult.server.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.deployment.Deployment;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.finding.MonitoringFinding;
import org.auscult.monitoring.page.DriftWeek;
import org.auscult.monitoring.page.PageIssue;
import org.auscult.monitoring.page.ReportPage;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.drift.StoredDrift;
import org.auscult.server.page.ModelPages;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.use.StoredUse;

/** Writes the page of each month of a year, as a server gives it after the year's end. */
final class YearPages {
  private final YearResult year;
  private final PredictionModel model;
  private final Deployment deployment = new Pack().deployment();

  YearPages(YearResult year) {
    this.year = year;
    this.model = year.model();
  }

  /** Writes {@code report-2025-01.html} and so on, and {@code year.json}, into a folder. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (MonthOfYear month : MonthOfYear.of(year)) {
      LocalDate day = month.first();
      ReportWindow window = ReportWindow.endingWith(ReportWindow.Kind.MONTH, day, YearPlan.ZONE);
      Optional<Reports.Told> told = year.writer().reports().find(FindingKind.PERFORMANCE, window);
      if (told.isPresent()) {
        Files.writeString(
            folder.resolve("report-" + day.toString().substring(0, 7) + ".html"),
            page(window, told.get()));
      }
    }
    Files.writeString(folder.resolve("year.json"), YearJson.of(year));
  }

  private String page(ReportWindow window, Reports.Told told) {
    Reports reports = year.writer().reports();
    ScoreCurves curves =
        ScoreCurves.of(
                year.ledger()
                    .read(window.start(), window.end(), year.plan().end())
                    .observed()
                    .labelled(),
                year.writer().thresholds())
            .orElse(null);
    List<WindowReport> windows =
        reports.figures(FindingKind.PERFORMANCE).stream()
            .filter(report -> report.window().kind() == window.kind())
            .filter(report -> !report.window().end().isAfter(window.end()))
            .toList();
    List<StoredUse.Told> use =
        reports.find(FindingKind.USE, window).stream()
            .map(
                of ->
                    new StoredUse.Told(
                        of.figures().reference(),
                        StoredUse.use(deployment.canonical(), of.report())))
            .toList();
    return ReportPage.of(
        ModelPages.page(
            model.outputs().get(0).name(),
            new ModelWindows.Told(
                model,
                window,
                null,
                told.report(),
                curves,
                List.of(deployment.canonical()),
                windows),
            new ModelPages.Around(drift(window), use, issues(window), List.of()),
            YearPlan.ZONE));
  }

  private StoredDrift.Told drift(ReportWindow window) {
    List<String> sources = new ArrayList<>();
    List<DriftWeek> weeks = new ArrayList<>();
    Set<String> causes = new LinkedHashSet<>();
    for (WindowReport report : year.writer().reports().figures(FindingKind.DRIFT)) {
      boolean isIn =
          report.window().start().isBefore(window.end())
              && report.window().end().isAfter(window.start());
      if (isIn) {
        sources.add(report.reference());
        report.figures().forEach(figure -> causes.addAll(figure.causes()));
        if (report.window().kind() == ReportWindow.Kind.WEEK) {
          weeks.add(StoredDrift.week(report));
        }
      }
    }
    return new StoredDrift.Told(sources, weeks, List.copyOf(causes));
  }

  /** Those that were open in a window, or are still. */
  private List<PageIssue> issues(ReportWindow window) {
    List<PageIssue> issues = new ArrayList<>();
    for (YearResult.Episode one : year.episodes()) {
      Instant closed = one.episode().closed();
      boolean isOfModel = one.issue().key().about().equals(model.canonical());
      boolean touches =
          one.episode().opened().isBefore(window.end())
              && (closed == null || closed.isAfter(window.start()));
      if (isOfModel && touches) {
        issues.add(
            new PageIssue(
                "DetectedIssue/" + one.issue().key().id(),
                one.issue().rule().severity(),
                one.issue().rule().title(),
                one.episode().findings().stream().map(MonitoringFinding::text).toList(),
                one.episode().opened(),
                closed,
                one.episode().number(),
                null,
                suspensions(one)));
      }
    }
    return issues;
  }

  private List<PageIssue.Suspension> suspensions(YearResult.Episode one) {
    Year.Suspended suspended = year.suspended();
    return suspended != null && suspended.by().issue() == one.issue()
        ? List.of(new PageIssue.Suspension(deployment.title(), suspended.at(), false))
        : List.of();
  }
}
