package org.auscult.server.use;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.use.UseReport;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportUrls;
import org.auscult.statistics.estimate.Estimate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;

/** A window's use as a MeasureReport. The same use gives the same resource. */
public final class UseResources {
  private UseResources() {}

  /** The id of a deployment's report of a window. */
  public static String id(String deployment, ReportWindow window) {
    return "use-"
        + UUID.nameUUIDFromBytes((deployment + "\n" + window).getBytes(StandardCharsets.UTF_8));
  }

  /** A window's report. */
  public static MeasureReport of(String deployment, ReportWindow window, UseReport use) {
    MeasureReport report = of(deployment, window.start(), window.end(), use);
    report.addExtension(ReportUrls.WINDOW, new CodeType(window.kind().code()));
    return report;
  }

  /**
   * The report of any stretch of time.
   *
   * @param end exclusive
   */
  static MeasureReport of(String deployment, Instant start, Instant end, UseReport use) {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(UseUrls.REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(UseUrls.MEASURE + "|1.0.0");
    report.setPeriod(Figures.period(start, end));
    report.addExtension(UseUrls.DEPLOYMENT, new CanonicalType(deployment));
    MeasureReportGroupComponent counts = report.addGroup().setCode(Figures.code("cards"));
    use.counts().forEach((code, count) -> Figures.count(counts, UseUrls.COUNT_SYSTEM, code, count));
    use.withheld()
        .forEach((code, count) -> Figures.count(counts, UseUrls.WITHHELD_SYSTEM, code, count));
    if (!use.reasons().isEmpty()) {
      reasons(report.addGroup().setCode(Figures.code("override-reasons")), use.reasons());
    }
    use.figures().forEach(figure -> figure(report, figure, use));
    return report;
  }

  /** Reasons are whatever codes callers send: so they are told as text. */
  private static void reasons(MeasureReportGroupComponent group, SortedMap<String, Long> reasons) {
    reasons.forEach(
        (reason, count) ->
            group
                .addPopulation()
                .setCode(new CodeableConcept().setText(reason))
                .setCount(Math.toIntExact(count)));
  }

  private static void figure(MeasureReport report, Estimate figure, UseReport use) {
    MeasureReportGroupComponent group = Figures.add(report, figure);
    for (Map.Entry<String, SortedMap<String, List<Estimate>>> way : use.groups().entrySet()) {
      if (way.getValue().isEmpty()) {
        continue;
      }
      MeasureReportGroupStratifierComponent stratifier = group.addStratifier();
      stratifier.addCode().setText(way.getKey());
      way.getValue()
          .forEach(
              (name, figures) -> {
                StratifierGroupComponent stratum = stratifier.addStratum();
                stratum.setValue(new CodeableConcept().setText(name));
                figures.stream()
                    .filter(one -> one.definition().equals(figure.definition()))
                    .forEach(one -> Figures.put(stratum, one));
              });
    }
  }
}
