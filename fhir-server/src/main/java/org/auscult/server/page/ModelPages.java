package org.auscult.server.page;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.auscult.feature.fhir.Problems;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.page.ModelPage;
import org.auscult.monitoring.page.PageEvent;
import org.auscult.monitoring.page.PageIssue;
import org.auscult.monitoring.page.ReportSubject;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.alert.ModelIssues;
import org.auscult.server.drift.StoredDrift;
import org.auscult.server.performance.ModelWindows;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.FigureReader;
import org.auscult.server.report.ReportEvents;
import org.auscult.server.report.Series;
import org.auscult.server.use.StoredUse;

/** Gathers what a page tells. */
public final class ModelPages {
  private final Stored stored;
  private final ReportEvents events;
  private final ZoneId zone;

  /** Where it stands. */
  record Stored(StoredDrift drift, StoredUse use, ModelIssues issues) {}

  ModelPages(Stored stored, ReportEvents events, ZoneId zone) {
    this.stored = stored;
    this.events = events;
    this.zone = zone;
  }

  /** The page of an output. */
  ModelPage of(Series series, ModelWindows.Told told) {
    PredictionModel model = told.model();
    ReportWindow window = told.window();
    if (told.demand() != null && told.demand().isOfSome()) {
      Around nothing =
          new Around(
              new StoredDrift.Told(List.of(), List.of(), List.of()),
              List.of(),
              List.of(),
              List.of());
      return page(series.output(), told, nothing, zone);
    }
    StoredDrift.Told drift = stored.drift().of(model.canonical(), window.start(), window.end());
    List<StoredUse.Told> use =
        told.demand() != null
            ? List.of()
            : told.deployments().stream()
                .flatMap(deployment -> stored.use().of(deployment, window).stream())
                .toList();
    String device = "Device/" + PredictionResources.device(model).getIdElement().getIdPart();
    List<PageIssue> issues = stored.issues().of(device, window.start(), window.end());
    return page(series.output(), told, new Around(drift, use, issues, events(told)), zone);
  }

  /**
   * What is told beside the figures of a window.
   *
   * @param use of deployments that asked in the window
   * @param events that touch one of the windows, in the order of time
   */
  public record Around(
      StoredDrift.Told drift,
      List<StoredUse.Told> use,
      List<PageIssue> issues,
      List<PageEvent> events) {
    public Around {
      use = List.copyOf(use);
      issues = List.copyOf(issues);
      events = List.copyOf(events);
    }
  }

  /** The page that says all of it. */
  public static ModelPage page(String output, ModelWindows.Told told, Around around, ZoneId zone) {
    PredictionModel model = told.model();
    return new ModelPage(
        new ReportSubject(
            model.title(),
            model.url(),
            model.version(),
            output,
            Problems.text(told.report().getExtensionByUrl(PerformanceUrls.OUTCOME)),
            told.window(),
            told.demand(),
            zone),
        sources(told, around),
        FigureReader.counts(told.report(), "predictions"),
        figures(told),
        told.curves(),
        told.windows(),
        around.events(),
        around.drift().weeks(),
        around.drift().causes(),
        around.use().stream().map(StoredUse.Told::use).toList(),
        around.issues());
  }

  private static List<String> sources(ModelWindows.Told told, Around around) {
    List<String> sources = new ArrayList<>();
    String own = told.report().getIdElement().toUnqualified().getValue();
    if (told.demand() == null) {
      sources.add(own);
    }
    told.windows().stream()
        .map(WindowReport::reference)
        .filter(reference -> !reference.equals(own))
        .forEach(sources::add);
    sources.addAll(around.drift().sources());
    around.use().forEach(one -> sources.add(one.source()));
    around.issues().forEach(issue -> sources.add(issue.reference()));
    return sources;
  }

  /** All but groups of counts. */
  private static List<ReportedFigure> figures(ModelWindows.Told told) {
    return FigureReader.figures(told.report()).stream()
        .filter(figure -> figure.value() != null || figure.unknown() != null)
        .toList();
  }

  private List<PageEvent> events(ModelWindows.Told told) {
    Instant first =
        told.windows().isEmpty() ? told.window().start() : told.windows().get(0).window().start();
    return events.read().touching(first, told.window().end()).stream()
        .map(event -> new PageEvent(event.title(), event.kind(), event.from(), event.until()))
        .toList();
  }
}
