package org.auscult.monitoring.page;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.alert.AlertFigure;
import org.auscult.monitoring.alert.FigurePoint;
import org.auscult.monitoring.alert.FigureSeries;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.curve.ScoreCurves;
import org.jspecify.annotations.Nullable;

/**
 * All that a page tells of one output of a model over one window. Nothing in it says when it was
 * gathered, so the same data give the same page.
 *
 * @param sources references, with versions, of what it is made of; first the window's own report,
 *     if it is stored
 * @param predictions how many stand how, by code
 * @param figures of the window, overall and by group
 * @param curves null if they would tell of ten people or fewer, or nothing is labelled
 * @param windows reports of windows of the same kind up to this one, in the order of time
 * @param events that touch one of these windows, in the order of time
 * @param weeks that touch the window, in the order of time
 * @param causes why features drifted in it, as sentences
 * @param use of the cards of deployments that show the model
 * @param issues those that are open, and those that were in the window, the gravest first
 */
public record ModelPage(
    ReportSubject subject,
    List<String> sources,
    SortedMap<String, Long> predictions,
    List<ReportedFigure> figures,
    @Nullable ScoreCurves curves,
    List<WindowReport> windows,
    List<PageEvent> events,
    List<DriftWeek> weeks,
    List<String> causes,
    List<CardUse> use,
    List<PageIssue> issues) {
  public ModelPage {
    predictions = Collections.unmodifiableSortedMap(new TreeMap<>(predictions));
    sources = List.copyOf(sources);
    figures = List.copyOf(figures);
    windows = List.copyOf(windows);
    events = List.copyOf(events);
    weeks = List.copyOf(weeks);
    causes = List.copyOf(causes);
    use = List.copyOf(use);
    issues = List.copyOf(issues);
  }

  List<PageIssue> open() {
    return issues.stream().filter(PageIssue::isOpen).toList();
  }

  /** A figure of everybody together, the first of its name. */
  Optional<ReportedFigure> figure(String name) {
    return figures.stream()
        .filter(figure -> figure.way() == null && figure.by() == null)
        .filter(figure -> figure.name().equals(name))
        .findFirst();
  }

  /** What a figure was in each window that tells it. */
  List<FigurePoint> series(ReportedFigure of) {
    AlertFigure same = new AlertFigure(of.name(), Set.copyOf(of.parameters()), of.by());
    return FigureSeries.of(windows, same, null).stream()
        .filter(series -> series.parameters().equals(of.parameters()))
        .findFirst()
        .map(FigureSeries::points)
        .orElse(List.of());
  }
}
