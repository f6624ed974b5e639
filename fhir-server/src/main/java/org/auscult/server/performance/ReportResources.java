package org.auscult.server.performance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.model.PredictionModel;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.monitoring.performance.PerformanceReport;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A window's figures as a MeasureReport: a group for each figure, with its interval, its definition
 * and from how many rows it is; a stratifier for each way of grouping. The same figures give the
 * same resource.
 */
final class ReportResources {
  /** As many digits as a double has for sure. */
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private static final String POPULATION =
      "http://terminology.hl7.org/CodeSystem/measure-population";

  private ReportResources() {}

  /** The id of a series' report of a window. */
  static String id(Series series, ReportWindow window) {
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
  static MeasureReport of(
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
      report.addExtension(PerformanceUrls.WINDOW, new CodeType(window.code()));
    }
    counts(report.addGroup(), read);
    if (read.outcome() != null) {
      performance.figures().forEach(figure -> figure(report, figure, performance));
    }
    performance.estimated().forEach(figure -> figure(report, figure));
    performance
        .groups()
        .forEach(
            (way, groups) ->
                groups
                    .gaps()
                    .forEach(
                        gap ->
                            figure(report, gap)
                                .addExtension(PerformanceUrls.BY, new StringType(way))));
    return report;
  }

  /** The end of a period in FHIR is inclusive. */
  static Period period(Instant start, Instant end) {
    Period period = new Period();
    period.setStartElement(PredictionResources.instant(start));
    period.setEndElement(PredictionResources.instant(end.minusMillis(1)));
    return period;
  }

  private static void counts(MeasureReportGroupComponent group, PredictionRows.Read read) {
    group.setCode(figureCode("predictions"));
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
    group
        .addPopulation()
        .setCode(new CodeableConcept(new Coding(PerformanceUrls.STANDING_SYSTEM, code, null)))
        .setCount(Math.toIntExact(count));
  }

  private static CodeableConcept figureCode(String name) {
    return new CodeableConcept(new Coding(PerformanceUrls.FIGURE_SYSTEM, name, null));
  }

  private static void figure(MeasureReport report, Estimate figure, PerformanceReport performance) {
    MeasureReportGroupComponent group = figure(report, figure);
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
        .ifPresent(
            figure -> {
              if (figure instanceof Estimate.Known known) {
                stratum.setMeasureScore(score(known));
                stratum.addPopulation().setCode(population()).setCount(Math.toIntExact(figure.n()));
              } else if (figure instanceof Estimate.Unknown unknown) {
                unknown(stratum, unknown);
              }
            });
  }

  private static MeasureReportGroupComponent figure(MeasureReport report, Estimate figure) {
    MeasureReportGroupComponent group = report.addGroup();
    group.setCode(figureCode(figure.definition().name()));
    Extension definition = group.addExtension().setUrl(PerformanceUrls.DEFINITION);
    definition.addExtension("version", new StringType(figure.definition().version()));
    for (Map.Entry<String, String> parameter : figure.definition().parameters().entrySet()) {
      definition.addExtension(
          "parameter", new StringType(parameter.getKey() + " = " + parameter.getValue()));
    }
    group.addPopulation().setCode(population()).setCount(Math.toIntExact(figure.n()));
    if (figure instanceof Estimate.Known known) {
      group.setMeasureScore(score(known));
    } else if (figure instanceof Estimate.Unknown unknown) {
      unknown(group, unknown);
    }
    return group;
  }

  private static CodeableConcept population() {
    return new CodeableConcept(new Coding(POPULATION, "initial-population", null));
  }

  private static Quantity score(Estimate.Known known) {
    Quantity score = new Quantity();
    score.setValue(decimal(known.value()));
    Certainty certainty = known.certainty();
    Interval interval = certainty.interval();
    if (interval != null) {
      Extension extension = score.addExtension().setUrl(PerformanceUrls.INTERVAL);
      extension.addExtension("lower", new DecimalType(decimal(interval.lower())));
      extension.addExtension("upper", new DecimalType(decimal(interval.upper())));
      extension.addExtension("level", new DecimalType(decimal(interval.level())));
      extension.addExtension("method", new StringType(interval.method()));
    }
    if (certainty.pValue() != null) {
      Extension extension = score.addExtension().setUrl(PerformanceUrls.P_VALUE);
      extension.addExtension("value", new DecimalType(decimal(certainty.pValue().value())));
      extension.addExtension("method", new StringType(certainty.pValue().method()));
    }
    if (certainty.note() != null) {
      score.addExtension(PerformanceUrls.NOTE, new StringType(certainty.note()));
    }
    return score;
  }

  private static void unknown(Element element, Estimate.Unknown unknown) {
    Extension extension = element.addExtension().setUrl(PerformanceUrls.UNKNOWN);
    extension.addExtension("reason", new CodeType(unknown.reason().code()));
    extension.addExtension("text", new StringType(unknown.why()));
  }

  private static BigDecimal decimal(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
  }
}
