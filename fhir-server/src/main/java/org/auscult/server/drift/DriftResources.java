package org.auscult.server.drift;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.cause.Cause;
import org.auscult.monitoring.drift.DriftReport;
import org.auscult.monitoring.drift.DriftedVariable;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportUrls;
import org.auscult.statistics.estimate.Estimate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * How a window stands to its reference as a MeasureReport: a group for each figure of each feature
 * and output, and why features drifted. The same figures give the same resource.
 */
public final class DriftResources {
  /** Those that change with labels alone. */
  private static final Set<String> OF_LABELS = Set.of("prevalence", "prevalence-difference");

  private DriftResources() {}

  /** The id of a model's report of a window. */
  public static String id(String model, ReportWindow window) {
    return "drift-" + uuid(model, window.toString());
  }

  /** The id of a model's reference of a stretch of time. */
  static String referenceId(String model, Instant start, Instant end) {
    return "drift-reference-" + uuid(model, start + "/" + end);
  }

  private static UUID uuid(String model, String time) {
    return UUID.nameUUIDFromBytes((model + "\n" + time).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was found.
   *
   * @param start inclusive
   * @param end exclusive
   * @param kind of the window; null for what was asked on demand
   */
  record Found(
      Instant start,
      Instant end,
      @Nullable Kind kind,
      ServedSample sample,
      DriftReport report,
      List<Cause> causes) {
    Found {
      causes = List.copyOf(causes);
    }
  }

  /**
   * One report.
   *
   * @param labels by output
   */
  static MeasureReport of(
      PredictionModel model,
      DriftReference reference,
      Found found,
      SortedMap<String, List<Estimate>> labels) {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(DriftUrls.REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(DriftUrls.MEASURE + "|1.0.0");
    report.setSubject(
        new Reference("Device/" + PredictionResources.device(model).getIdElement().getIdPart()));
    report.setPeriod(Figures.period(found.start(), found.end()));
    report.addExtension(PerformanceUrls.MODEL, new CanonicalType(model.canonical()));
    if (found.kind() != null) {
      report.addExtension(ReportUrls.WINDOW, new CodeType(found.kind().code()));
    }
    Extension against = report.addExtension().setUrl(DriftUrls.REFERENCE);
    against.addExtension("sha256", new StringType(reference.sha256()));
    against.addExtension("report", new Reference("MeasureReport/" + reference.id()));
    found.causes().forEach(cause -> cause(report, cause));
    counts(report.addGroup(), found.sample());
    found.report().together().forEach(figure -> Figures.add(report, figure));
    found.report().features().forEach(feature -> figures(report, feature, ReportUrls.FEATURE));
    found.report().outputs().forEach(output -> figures(report, output, ReportUrls.OUTPUT));
    addLabels(report, labels);
    return report;
  }

  /** The same with other labels. */
  static void relabel(MeasureReport report, SortedMap<String, List<Estimate>> labels) {
    report
        .getGroup()
        .removeIf(group -> OF_LABELS.contains(group.getCode().getCodingFirstRep().getCode()));
    addLabels(report, labels);
  }

  private static void addLabels(MeasureReport report, SortedMap<String, List<Estimate>> labels) {
    labels.forEach(
        (output, figures) ->
            figures.forEach(
                figure ->
                    Figures.add(report, figure)
                        .addExtension(ReportUrls.OUTPUT, new StringType(output))));
  }

  /** How many rows are compared, and what was left out. */
  static void counts(MeasureReportGroupComponent group, ServedSample sample) {
    group.setCode(Figures.code("predictions"));
    Figures.count(group, PerformanceUrls.STANDING_SYSTEM, "compared", sample.rows());
    if (sample.repeated() > 0) {
      Figures.count(group, PerformanceUrls.STANDING_SYSTEM, "repeated", sample.repeated());
    }
    if (sample.notEligible() > 0) {
      Figures.count(group, PerformanceUrls.STANDING_SYSTEM, "not-eligible", sample.notEligible());
    }
    if (sample.patients() > sample.rows()) {
      Figures.count(
          group, PerformanceUrls.STANDING_SYSTEM, "not-drawn", sample.patients() - sample.rows());
    }
  }

  private static void figures(MeasureReport report, DriftedVariable variable, String url) {
    for (Estimate figure : variable.figures()) {
      MeasureReportGroupComponent group = Figures.add(report, figure);
      group.addExtension(url, new StringType(variable.name()));
      String name = figure.definition().name();
      Double adjusted = variable.adjusted().get(name);
      Extension p = group.getMeasureScore().getExtensionByUrl(ReportUrls.P_VALUE);
      if (adjusted != null && p != null) {
        p.addExtension("adjusted", new DecimalType(Figures.decimal(adjusted)));
      }
      if (name.equals("psi")) {
        variable
            .band()
            .ifPresent(
                band ->
                    group
                        .getMeasureScore()
                        .addExtension(DriftUrls.BAND, new CodeType(band.code())));
      }
    }
  }

  private static void cause(MeasureReport report, Cause cause) {
    Extension extension = report.addExtension().setUrl(ReportUrls.CAUSE);
    extension.addExtension("feature", new StringType(cause.feature()));
    extension.addExtension("source", new StringType(cause.source()));
    extension.addExtension("kind", new CodeType(cause.kind().code()));
    if (!cause.value().isEmpty()) {
      extension.addExtension("value", new StringType(cause.value()));
    }
    if (cause.since() != null) {
      extension.addExtension("since", new DateType(cause.since().toString()));
    }
    extension.addExtension("share", new DecimalType(Figures.decimal(cause.share())));
    extension.addExtension(
        "referenceShare", new DecimalType(Figures.decimal(cause.referenceShare())));
    extension.addExtension("text", new StringType(cause.text()));
  }
}
