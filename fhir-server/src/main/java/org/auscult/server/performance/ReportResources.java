package org.auscult.server.performance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportUrls;
import org.auscult.server.report.Series;
import org.auscult.statistics.estimate.Estimate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A window's figures as a MeasureReport: a group for each figure, with its interval, its definition
 * and from how many rows it is; a stratifier for each way of grouping. The same figures give the
 * same resource.
 */
public final class ReportResources {
  private ReportResources() {}

  /** The id of a series' report of a window. */
  public static String id(Series series, ReportWindow window) {
    return "performance-"
        + UUID.nameUUIDFromBytes(
            String.join("\n", series.model(), series.output(), window.toString())
                .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * One report.
   *
   * @param period inclusive and exclusive
   * @param window its kind; null for what was asked on demand
   */
  public static MeasureReport of(
      PredictionModel model,
      String output,
      Period period,
      ReportWindow.@Nullable Kind window,
      PredictionRows.Read read,
      PerformanceReport performance) {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(PerformanceUrls.REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(PerformanceUrls.MEASURE + "|1.0.0");
    report.setSubject(
        new Reference("Device/" + PredictionResources.device(model).getIdElement().getIdPart()));
    report.setPeriod(period);
    report.addExtension(PerformanceUrls.MODEL, new CanonicalType(model.canonical()));
    report.addExtension(PerformanceUrls.OUTPUT, new StringType(output));
    if (read.outcome() != null) {
      report.addExtension(PerformanceUrls.OUTCOME, new CanonicalType(read.outcome()));
    }
    if (window != null) {
      report.addExtension(ReportUrls.WINDOW, new CodeType(window.code()));
    }
    counts(report.addGroup(), read);
    if (read.outcome() != null) {
      performance.figures().forEach(figure -> figure(report, figure, performance));
    }
    performance.estimated().forEach(figure -> Figures.add(report, figure));
    performance
        .groups()
        .forEach(
            (way, groups) ->
                groups
                    .gaps()
                    .forEach(
                        gap ->
                            Figures.add(report, gap)
                                .addExtension(ReportUrls.BY, new StringType(way))));
    return report;
  }

  private static void counts(MeasureReportGroupComponent group, PredictionRows.Read read) {
    group.setCode(Figures.code("predictions"));
    for (Standing standing : Standing.values()) {
      if (read.observed().count(standing) > 0) {
        count(group, standing.code(), read.observed().count(standing));
      }
    }
    if (read.repeated() > 0) {
      count(group, "repeated", read.repeated());
    }
    if (read.merged() > 0) {
      count(group, "merged", read.merged());
    }
  }

  private static void count(MeasureReportGroupComponent group, String code, long count) {
    Figures.count(group, PerformanceUrls.STANDING_SYSTEM, code, count);
  }

  private static void figure(MeasureReport report, Estimate figure, PerformanceReport performance) {
    MeasureReportGroupComponent group = Figures.add(report, figure);
    performance
        .groups()
        .forEach(
            (way, groups) -> {
              var stratifier = group.addStratifier();
              stratifier.addCode().setText(way);
              groups
                  .figures()
                  .forEach((name, some) -> stratum(stratifier.addStratum(), name, some, figure));
              if (!stratifier.hasStratum()) {
                group.getStratifier().remove(stratifier);
              }
            });
  }

  private static void stratum(
      StratifierGroupComponent stratum, String name, List<Estimate> figures, Estimate overall) {
    stratum.setValue(new CodeableConcept().setText(name));
    figures.stream()
        .filter(figure -> figure.definition().equals(overall.definition()))
        .findFirst()
        .ifPresent(figure -> Figures.put(stratum, figure));
  }
}
