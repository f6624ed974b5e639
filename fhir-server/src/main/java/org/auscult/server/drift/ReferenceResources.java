package org.auscult.server.drift;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.drift.ServedColumn;
import org.auscult.monitoring.drift.ServedSample;
import org.auscult.server.performance.PerformanceUrls;
import org.auscult.server.report.Figures;
import org.auscult.server.report.ReportUrls;
import org.auscult.statistics.drift.NumericDrift;
import org.auscult.statistics.drift.ReferenceBins;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.Numbers;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * A reference window as a MeasureReport: for each feature and each output how the rows spread over
 * the bins by which later windows are compared. Bins of ten rows or fewer are hidden; the server
 * keeps all of them, under the hash that stands here.
 */
final class ReferenceResources {
  private static final Definition DISTRIBUTION =
      Definition.of("distribution", "rows by bin")
          .with(
              "binning",
              "deciles of the rows (type 7), equal ones merged, (a, b], open ends; truths by their"
                  + " values; missing is a bin");

  private static final String SMALL =
      "it, or another bin beside it, has " + SmallCells.MOST_HIDDEN + " rows or fewer";

  private ReferenceResources() {}

  /** The resource of a reference. */
  static MeasureReport of(PredictionModel model, DriftReference reference) {
    MeasureReport report = new MeasureReport();
    report.setId(reference.id());
    report.getMeta().addProfile(DriftUrls.REFERENCE_REPORT);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(DriftUrls.MEASURE + "|1.0.0");
    report.setSubject(
        new Reference("Device/" + PredictionResources.device(model).getIdElement().getIdPart()));
    report.setPeriod(Figures.period(reference.start(), reference.end()));
    report.addExtension(PerformanceUrls.MODEL, new CanonicalType(model.canonical()));
    report
        .addExtension()
        .setUrl(DriftUrls.REFERENCE)
        .addExtension("sha256", new StringType(reference.sha256()));
    ServedSample sample = reference.content().sample();
    DriftResources.counts(report.addGroup(), sample);
    sample
        .features()
        .forEach(
            column ->
                distribution(report, column)
                    .addExtension(ReportUrls.FEATURE, new StringType(column.name())));
    sample
        .outputs()
        .forEach(
            column ->
                distribution(report, column)
                    .addExtension(ReportUrls.OUTPUT, new StringType(column.name())));
    return report;
  }

  private static MeasureReportGroupComponent distribution(
      MeasureReport report, ServedColumn column) {
    Map<String, Long> bins = bins(column);
    Map<String, long[]> held = new TreeMap<>();
    bins.forEach(
        (bin, rows) -> {
          if (rows > 0) {
            held.put(bin, new long[] {rows});
          }
        });
    Set<String> hidden = SmallCells.hidden(held, Set.of());
    MeasureReportGroupComponent group = Figures.add(report, DISTRIBUTION, column.values().size());
    var stratifier = group.addStratifier();
    stratifier.addCode().setText("bin");
    bins.forEach(
        (bin, rows) ->
            Figures.put(
                stratifier.addStratum().setValue(new CodeableConcept().setText(bin)),
                hidden.contains(bin)
                    ? DISTRIBUTION.unknown(0, Reason.SMALL_CELL, SMALL)
                    : DISTRIBUTION.known(rows, rows)));
    return group;
  }

  private static Map<String, Long> bins(ServedColumn column) {
    if (column.isOfTruths()) {
      Map<String, Long> bins = new LinkedHashMap<>();
      bins.put("no", count(column, 0));
      bins.put("yes", count(column, 1));
      bins.put("missing", column.values().stream().filter(value -> value.isNaN()).count());
      return bins;
    }
    Numbers numbers = column.numbers();
    ReferenceBins of = NumericDrift.from(numbers).bins();
    List<String> names = new ArrayList<>();
    String below = "(-∞";
    for (double edge : of.edges()) {
      names.add(below + ", " + plain(edge) + "]");
      below = "(" + plain(edge);
    }
    names.add(below + ", ∞)");
    names.add("missing");
    Map<String, Long> bins = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      bins.put(names.get(i), of.counts().get(i));
    }
    return bins;
  }

  private static long count(ServedColumn column, double value) {
    return column.values().stream().filter(one -> one == value).count();
  }

  private static String plain(double edge) {
    BigDecimal decimal = Figures.decimal(edge);
    return decimal.toPlainString();
  }
}
