package org.auscult.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.ReportUrls;
import org.auscult.server.use.UseUrls;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.jspecify.annotations.Nullable;

/**
 * What one report says, in rows that a metric can have: figures with a value, and counts. Which
 * figures are told is bounded here, since each is a series for every model and output.
 */
final class ReportFigures {
  private static final String MEASURES = "/Measure/";

  /** Overall figures that an operator watches; the report has all, with intervals and groups. */
  static final Set<String> WATCHED =
      Set.of(
          "auroc",
          "average-precision",
          "brier",
          "ece",
          "observed-to-expected",
          "calibration-slope",
          "calibration-in-the-large",
          "prevalence",
          "estimated-auroc",
          "estimated-prevalence",
          "psi",
          "missing-rate",
          "domain-auroc",
          "predictions-per-day",
          "calls-with-cards",
          "response-rate",
          "acceptance-rate",
          "override-rate-shown",
          "reliance");

  private ReportFigures() {}

  /**
   * A value.
   *
   * @param report such as {@code model-performance}
   * @param about {@code url|version} of a model or a deployment
   * @param of the output or the feature; empty if it is about the whole
   * @param what the figure, or what is counted
   */
  record Row(String report, String about, String of, String what, double value) {}

  /** Whether a report is one of those that are told. */
  static boolean isTold(MeasureReport report) {
    return !about(report).isEmpty() && report.getMeasure().contains(MEASURES);
  }

  /** {@code url|version} of the model or the deployment; empty if there is none. */
  static String about(MeasureReport report) {
    String model = text(report.getExtensionByUrl(PerformanceUrls.MODEL));
    return model.isEmpty() ? text(report.getExtensionByUrl(UseUrls.DEPLOYMENT)) : model;
  }

  /** The output that a whole report is about; empty if it is about all. */
  static String output(MeasureReport report) {
    return text(report.getExtensionByUrl(PerformanceUrls.OUTPUT));
  }

  /** The kind of window, such as {@code month}; empty if somebody asked for it. */
  static String window(MeasureReport report) {
    return text(report.getExtensionByUrl(ReportUrls.WINDOW));
  }

  /** The report's name, such as {@code model-performance}. */
  static String name(MeasureReport report) {
    String measure = report.getMeasure();
    return measure
        .substring(measure.indexOf(MEASURES) + MEASURES.length())
        .replaceFirst("\\|.*", "");
  }

  private static String text(@Nullable Extension extension) {
    return extension == null ? "" : extension.getValue().primitiveValue();
  }

  /** The figures that have a value. */
  static List<Row> figures(MeasureReport report) {
    List<Row> rows = new ArrayList<>();
    for (MeasureReportGroupComponent group : report.getGroup()) {
      String figure = group.getCode().getCodingFirstRep().getCode();
      boolean isOfAGap = group.hasExtension(ReportUrls.BY);
      if (WATCHED.contains(figure) && group.hasMeasureScore() && !isOfAGap) {
        rows.add(
            new Row(
                name(report),
                about(report),
                of(report, group),
                figure,
                group.getMeasureScore().getValue().doubleValue()));
      }
    }
    return rows;
  }

  private static String of(MeasureReport report, MeasureReportGroupComponent group) {
    return Stream.of(
            text(group.getExtensionByUrl(ReportUrls.FEATURE)),
            text(group.getExtensionByUrl(ReportUrls.OUTPUT)),
            output(report))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** What the first group counts. */
  static List<Row> counts(MeasureReport report) {
    List<Row> rows = new ArrayList<>();
    for (MeasureReportGroupPopulationComponent count : report.getGroupFirstRep().getPopulation()) {
      rows.add(
          new Row(
              name(report),
              about(report),
              output(report),
              count.getCode().getCodingFirstRep().getCode(),
              count.getCount()));
    }
    return rows;
  }
}
