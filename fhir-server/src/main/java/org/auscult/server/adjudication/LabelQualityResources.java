package org.auscult.server.adjudication;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.auscult.monitoring.adjudication.LabelQuality;
import org.auscult.server.adjudication.AdjudicationRows.ChosenWindow;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportUrls;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;

/** A window's quality of labels as a MeasureReport. The same verdicts give the same resource. */
final class LabelQualityResources {
  private LabelQualityResources() {}

  /** The id of a plan's report of a window. */
  static String id(ChosenWindow of) {
    return "label-quality-"
        + UUID.nameUUIDFromBytes((of.plan() + "\n" + of.window()).getBytes(StandardCharsets.UTF_8));
  }

  /** One report. */
  static MeasureReport of(ChosenWindow of, LabelQuality quality) {
    MeasureReport report = new MeasureReport();
    report.getMeta().addProfile(AdjudicationUrls.REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(AdjudicationUrls.MEASURE + "|1.0.0");
    report.setPeriod(Figures.period(of.window().start(), of.window().end()));
    report.addExtension(PerformanceUrls.OUTCOME, new CanonicalType(of.outcome()));
    report.addExtension(AdjudicationUrls.BY_PLAN, new CanonicalType(of.plan()));
    report.addExtension(AdjudicationResources.guideline(of.guideline()));
    report.addExtension(ReportUrls.WINDOW, new CodeType(of.window().kind().code()));
    MeasureReportGroupComponent counts =
        report.addGroup().setCode(Figures.code("adjudicated-cases"));
    quality
        .counts()
        .forEach((code, n) -> Figures.count(counts, AdjudicationUrls.COUNT_SYSTEM, code, n));
    quality.figures().forEach(figure -> Figures.add(report, figure));
    return report;
  }
}
