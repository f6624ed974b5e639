package org.auscult.server.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.feature.fhir.Problems;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.statistics.estimate.Interval;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a report, as {@link Figures} wrote them. */
public final class FigureReader {
  private FigureReader() {}

  /** All figures, overall and by group, known and unknown. */
  public static List<ReportedFigure> figures(MeasureReport report) {
    Map<@Nullable String, List<String>> causes = causes(report);
    List<ReportedFigure> figures = new ArrayList<>();
    for (MeasureReportGroupComponent group : report.getGroup()) {
      String name = group.getCode().getCodingFirstRep().getCode();
      List<String> parameters = parameters(group);
      String by = Problems.text(group.getExtensionByUrl(ReportUrls.BY));
      String output = Problems.text(group.getExtensionByUrl(ReportUrls.OUTPUT));
      List<String> why =
          causes.getOrDefault(
              Problems.text(group.getExtensionByUrl(ReportUrls.FEATURE)), List.of());
      figures.add(
          new ReportedFigure(
              name,
              parameters,
              by,
              null,
              null,
              value(group.getMeasureScore()),
              interval(group.getMeasureScore()),
              group.getPopulationFirstRep().getCount(),
              output,
              why,
              unknown(group)));
      for (MeasureReportGroupStratifierComponent stratifier : group.getStratifier()) {
        for (StratifierGroupComponent stratum : stratifier.getStratum()) {
          figures.add(
              new ReportedFigure(
                  name,
                  parameters,
                  by,
                  stratifier.getCodeFirstRep().getText(),
                  stratum.getValue().getText(),
                  value(stratum.getMeasureScore()),
                  interval(stratum.getMeasureScore()),
                  stratum.getPopulationFirstRep().getCount(),
                  output,
                  why,
                  unknown(stratum)));
        }
      }
    }
    return figures;
  }

  /**
   * What a group of counts counts, by code.
   *
   * @param name of the group
   */
  public static SortedMap<String, Long> counts(MeasureReport report, String name) {
    SortedMap<String, Long> counts = new TreeMap<>();
    report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(name))
        .flatMap(group -> group.getPopulation().stream())
        .forEach(
            of -> counts.put(of.getCode().getCodingFirstRep().getCode(), (long) of.getCount()));
    return counts;
  }

  private static @Nullable String unknown(Element group) {
    Extension unknown = group.getExtensionByUrl(ReportUrls.UNKNOWN);
    return unknown == null ? null : Problems.part(unknown, "text");
  }

  /** Why features drifted, by their names. */
  private static Map<@Nullable String, List<String>> causes(MeasureReport report) {
    Map<@Nullable String, List<String>> causes = new HashMap<>();
    for (Extension cause : report.getExtensionsByUrl(ReportUrls.CAUSE)) {
      causes
          .computeIfAbsent(Problems.part(cause, "feature"), feature -> new ArrayList<>())
          .add(String.valueOf(Problems.part(cause, "text")));
    }
    return causes;
  }

  private static List<String> parameters(Element group) {
    List<String> parameters = new ArrayList<>();
    Extension definition = group.getExtensionByUrl(ReportUrls.DEFINITION);
    if (definition != null) {
      definition
          .getExtensionsByUrl("parameter")
          .forEach(parameter -> parameters.add(parameter.getValue().primitiveValue()));
    }
    String feature = Problems.text(group.getExtensionByUrl(ReportUrls.FEATURE));
    if (feature != null) {
      parameters.add("feature = " + feature);
    }
    return parameters;
  }

  private static @Nullable Double value(Quantity score) {
    return score.hasValue() ? (Double) score.getValue().doubleValue() : null;
  }

  private static @Nullable Interval interval(Quantity score) {
    Extension stated = score.getExtensionByUrl(ReportUrls.INTERVAL);
    if (stated == null) {
      return null;
    }
    return new Interval(
        decimal(stated, "lower"),
        decimal(stated, "upper"),
        decimal(stated, "level"),
        String.valueOf(Problems.part(stated, "method")));
  }

  private static double decimal(Extension stated, String part) {
    Type value = Problems.value(stated, part);
    if (value instanceof DecimalType decimal) {
      return decimal.getValue().doubleValue();
    }
    throw new IllegalStateException("An interval has no " + part);
  }
}
