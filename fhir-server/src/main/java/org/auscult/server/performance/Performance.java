package org.auscult.server.performance;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.DeploymentCatalog;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Thresholds;
import org.auscult.model.ModelCatalog;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.model.RegisteredModel;
import org.auscult.monitoring.curve.ScoreCurves;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.server.report.Figures;
import org.auscult.server.report.Series;
import org.auscult.server.training.AskedCohort;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Works out how a model did over a stretch of time. */
public final class Performance {
  private static final double PERCENT = 100;

  private final PredictionRows rows;
  private final ModelCatalog models;
  private final DeploymentCatalog deployments;

  Performance(PredictionRows rows, ModelCatalog models, DeploymentCatalog deployments) {
    this.rows = rows;
    this.models = models;
    this.deployments = deployments;
  }

  /**
   * The report.
   *
   * @param kind of the window; null for what was asked on demand
   * @return empty if the model is not here any more
   */
  Optional<MeasureReport> report(PredictionRows.Asked asked, ReportWindow.@Nullable Kind kind) {
    return models
        .find(asked.series().model())
        .map(
            found -> {
              PredictionModel model = found.model();
              PredictionRows.Read read = rows.read(asked);
              PerformanceReport report =
                  PerformanceReport.of(
                      read.observed(), thresholds(model, asked.series().output(), read));
              return ReportResources.of(
                  model,
                  asked.series().output(),
                  Figures.period(asked.start(), asked.end()),
                  kind,
                  read,
                  report);
            });
  }

  /**
   * The report of a cohort.
   *
   * @return null if the cohort, or what is left without it, is ten people or fewer
   */
  @Nullable MeasureReport report(
      PredictionModel model, PredictionRows.Asked asked, AskedCohort cohort) {
    PredictionRows.OfCohort of = rows.read(asked, cohort);
    if (!of.isLarge()) {
      return null;
    }
    PredictionRows.Read read = of.read();
    String output = asked.series().output();
    PerformanceReport performance =
        PerformanceReport.ofCohort(read.observed(), of.others(), thresholds(model, output, read));
    MeasureReport report =
        ReportResources.of(
            model,
            output,
            Figures.period(asked.start(), asked.end()),
            null,
            new PredictionRows.Read(
                performance.observed(), 0, 0, read.deployments(), read.outcome()),
            performance);
    report.addExtension(PerformanceUrls.COHORT, new Reference(cohort.group()));
    return report;
  }

  /** How many predictions there are. */
  long count(PredictionRows.Asked asked) {
    return rows.count(asked);
  }

  /** The model, if it is here. */
  Optional<PredictionModel> model(Series series) {
    return models.find(series.model()).map(RegisteredModel::model);
  }

  /**
   * What of the rows no report has.
   *
   * @param curves null if they would tell of ten people or fewer, or nothing is labelled
   * @param deployments {@code url|version} of those that asked, sorted
   */
  record Behind(@Nullable ScoreCurves curves, List<String> deployments) {}

  /** Reads the rows of a window for what no report has. */
  Behind behind(PredictionModel model, PredictionRows.Asked asked) {
    PredictionRows.Read read = rows.read(asked);
    return new Behind(
        read.outcome() == null
            ? null
            : ScoreCurves.of(
                    read.observed().labelled(), thresholds(model, asked.series().output(), read))
                .orElse(null),
        read.deployments());
  }

  private List<Double> thresholds(PredictionModel model, String output, PredictionRows.Read read) {
    return thresholds(
        model,
        output,
        read.deployments().stream().flatMap(one -> deployments.find(one).stream()).toList());
  }

  /**
   * From where deployments warn, in the unit of the score.
   *
   * @param deployments that asked
   */
  public static List<Double> thresholds(
      PredictionModel model, String output, List<Deployment> deployments) {
    double unit = model.kind() == OutputKind.PROBABILITY ? PERCENT : 1;
    TreeSet<Double> thresholds = new TreeSet<>();
    for (Deployment deployment : deployments) {
      deployment.models().stream()
          .filter(card -> card.speaksFor(model.canonical()))
          .map(ModelCard::outputs)
          .flatMap(List::stream)
          .filter(text -> text.output().equals(output))
          .map(OutputText::thresholds)
          .filter(Objects::nonNull)
          .forEach(
              (Thresholds bounds) -> {
                thresholds.add(bounds.warning() / unit);
                thresholds.add(bounds.critical() / unit);
              });
    }
    return List.copyOf(thresholds);
  }

  /** All series that there are. */
  List<Series> series() {
    return rows.series();
  }

  /** Changes whenever something in the window does: predictions, labels, merges. */
  String fingerprint(PredictionRows.Asked asked) {
    return rows.fingerprint(asked);
  }

  /** The windows of a kind since a series was asked first. */
  List<ReportWindow> windows(ReportWindow.Kind kind, Series series, Instant now, ZoneId zone) {
    return rows.first(series)
        .map(first -> ReportWindow.between(kind, first, now, zone))
        .orElse(List.of());
  }
}
