package org.auscult.server.performance;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.fhir.Problem;
import org.auscult.model.ModelCatalog;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.page.ReportSubject.Demand;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.Series;
import org.auscult.server.report.SeriesReports;
import org.auscult.server.training.AskedCohort;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;

/** All that is known of how a model did in one window, and in those before it. */
public final class ModelWindows {
  private final Performance performance;
  private final PerformanceRound round;
  private final OnDemand demand;
  private final SeriesReports stored;
  private final ModelCatalog models;
  private final IFhirResourceDao<MeasureReport> reports;
  private final ZoneId zone;

  ModelWindows(
      Performance performance,
      PerformanceRound round,
      OnDemand demand,
      SeriesReports stored,
      ModelCatalog models,
      IFhirResourceDao<MeasureReport> reports,
      ZoneId zone) {
    this.performance = performance;
    this.round = round;
    this.demand = demand;
    this.stored = stored;
    this.models = models;
    this.reports = reports;
    this.zone = zone;
  }

  /**
   * What is known.
   *
   * @param demand whose it is; null for a window's own report
   * @param report as it is stored, with its version; without an id if it was worked out on demand
   * @param curves null if they would tell of ten people or fewer, or nothing is labelled
   * @param deployments {@code url|version} of those that asked in the window, sorted
   * @param windows those of the same kind up to this one, in the order of time
   */
  public record Told(
      PredictionModel model,
      ReportWindow window,
      @Nullable Demand demand,
      MeasureReport report,
      @Nullable ScoreCurves curves,
      List<String> deployments,
      List<WindowReport> windows) {
    public Told {
      deployments = List.copyOf(deployments);
      windows = List.copyOf(windows);
    }
  }

  /** The outputs of a model that were ever asked. */
  public List<Series> of(String model) {
    return performance.series().stream().filter(series -> series.model().equals(model)).toList();
  }

  /** The month in which a series was asked first; empty if it never was. */
  public Optional<YearMonth> first(Series series, Instant now) {
    return performance.windows(ReportWindow.Kind.MONTH, series, now, zone).stream()
        .findFirst()
        .map(window -> YearMonth.from(window.start().atZone(zone)));
  }

  /**
   * What is known of a window. Its report is written first, as a round would, if it is made of
   * something else than the one that stands: so curves and figures are of the same rows.
   *
   * @param ending month with which the window ends
   * @return empty if nothing was predicted in it, or the model is not here any more
   */
  public Optional<Told> told(Series series, ReportWindow.Kind kind, YearMonth ending, Instant now) {
    Optional<PredictionModel> model = models.find(series.model()).map(RegisteredModel::model);
    ReportWindow window = ReportWindow.endingWith(kind, ending.atDay(1), zone);
    if (model.isEmpty() || window.start().isAfter(now)) {
      return Optional.empty();
    }
    Optional<MeasureReport> report = read(round.writeOne(series, window, now));
    return report.map(
        found -> {
          Performance.Behind behind =
              performance.behind(
                  model.get(), new PredictionRows.Asked(series, window.start(), window.end(), now));
          return new Told(
              model.get(),
              window,
              null,
              found,
              behind.curves(),
              behind.deployments(),
              windows(series, window, now));
        });
  }

  /**
   * What is known of any stretch of time, worked out at once. Of a cohort there are no curves: with
   * those of everybody they could tell of single people.
   *
   * @param window of any length
   * @param site id of an Organization; null for all
   * @param cohort null for everybody
   * @param problems why nothing may be told is added
   * @return empty if nothing was predicted in it or may be told, or the model is not here any more
   */
  public Optional<Told> asked(
      Series series,
      ReportWindow window,
      @Nullable String site,
      @Nullable AskedCohort cohort,
      Instant now,
      List<Problem> problems) {
    Optional<PredictionModel> model = models.find(series.model()).map(RegisteredModel::model);
    PredictionRows.Asked asked =
        new PredictionRows.Asked(series, window.start(), window.end(), now, site);
    if (model.isEmpty() || performance.count(asked) == 0) {
      return Optional.empty();
    }
    demand.describe(now);
    return demand
        .report(asked, cohort, problems)
        .map(
            report -> {
              Performance.Behind behind = performance.behind(model.get(), asked);
              return new Told(
                  model.get(),
                  window,
                  new Demand(site, cohort == null ? null : cohort.group()),
                  report,
                  cohort == null ? behind.curves() : null,
                  behind.deployments(),
                  List.of());
            });
  }

  private List<WindowReport> windows(Series series, ReportWindow last, Instant now) {
    return stored.of(series, now).stream()
        .filter(report -> report.window().kind() == last.kind())
        .filter(report -> !report.window().end().isAfter(last.end()))
        .sorted(Comparator.comparing(report -> report.window().end()))
        .toList();
  }

  private Optional<MeasureReport> read(String id) {
    try {
      return Optional.of(reports.read(new IdType("MeasureReport", id), new SystemRequestDetails()));
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      return Optional.empty();
    }
  }
}
