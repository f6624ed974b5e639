package org.auscult.server.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Figures as they stand in every MeasureReport of ours: a group with its code, value, interval,
 * definition and from how many rows it is. The same figures give the same resource.
 */
public final class Figures {
  /** As many digits as a double has for sure. */
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private static final String POPULATION =
      "http://terminology.hl7.org/CodeSystem/measure-population";

  private Figures() {}

  /** The code of a figure, or of a group of counts. */
  public static CodeableConcept code(String name) {
    return new CodeableConcept(new Coding(ReportUrls.FIGURE_SYSTEM, name, null));
  }

  /** A count in a group of counts. */
  public static void count(
      MeasureReportGroupComponent group, String system, String code, long count) {
    group
        .addPopulation()
        .setCode(new CodeableConcept(new Coding(system, code, null)))
        .setCount(Math.toIntExact(count));
  }

  /** What a figure is for one group of people. */
  public static void put(StratifierGroupComponent stratum, Estimate figure) {
    if (figure instanceof Estimate.Known known) {
      stratum.setMeasureScore(score(known));
      stratum.addPopulation().setCode(population()).setCount(Math.toIntExact(figure.n()));
    } else if (figure instanceof Estimate.Unknown unknown) {
      unknown(stratum, unknown);
    }
  }

  /**
   * A window of time; the end of a period in FHIR is inclusive.
   *
   * @param end exclusive
   */
  public static Period period(Instant start, Instant end) {
    Period period = new Period();
    period.setStartElement(PredictionResources.instant(start));
    period.setEndElement(PredictionResources.instant(end.minusMillis(1)));
    return period;
  }

  /** Adds a group that is a figure; whoever has groups of people adds stratifiers to it. */
  public static MeasureReportGroupComponent add(MeasureReport report, Estimate figure) {
    MeasureReportGroupComponent group = add(report, figure.definition(), figure.n());
    if (figure instanceof Estimate.Known known) {
      group.setMeasureScore(score(known));
    } else if (figure instanceof Estimate.Unknown unknown) {
      unknown(group, unknown);
    }
    return group;
  }

  /** Adds a group whose strata alone have values. */
  public static MeasureReportGroupComponent add(MeasureReport report, Definition of, long n) {
    MeasureReportGroupComponent group = report.addGroup();
    group.setCode(code(of.name()));
    Extension definition = group.addExtension().setUrl(ReportUrls.DEFINITION);
    definition.addExtension("version", new StringType(of.version()));
    for (Map.Entry<String, String> parameter : of.parameters().entrySet()) {
      definition.addExtension(
          "parameter", new StringType(parameter.getKey() + " = " + parameter.getValue()));
    }
    group.addPopulation().setCode(population()).setCount(Math.toIntExact(n));
    return group;
  }

  private static CodeableConcept population() {
    return new CodeableConcept(new Coding(POPULATION, "initial-population", null));
  }

  /** A value with its interval, if it has one. */
  public static Quantity value(double value, @Nullable Interval interval) {
    Quantity quantity = new Quantity();
    quantity.setValue(decimal(value));
    if (interval != null) {
      Extension extension = quantity.addExtension().setUrl(ReportUrls.INTERVAL);
      extension.addExtension("lower", new DecimalType(decimal(interval.lower())));
      extension.addExtension("upper", new DecimalType(decimal(interval.upper())));
      extension.addExtension("level", new DecimalType(decimal(interval.level())));
      extension.addExtension("method", new StringType(interval.method()));
    }
    return quantity;
  }

  private static Quantity score(Estimate.Known known) {
    Certainty certainty = known.certainty();
    Quantity score = value(known.value(), certainty.interval());
    if (certainty.pValue() != null) {
      Extension extension = score.addExtension().setUrl(ReportUrls.P_VALUE);
      extension.addExtension("value", new DecimalType(decimal(certainty.pValue().value())));
      extension.addExtension("method", new StringType(certainty.pValue().method()));
    }
    if (certainty.note() != null) {
      score.addExtension(ReportUrls.NOTE, new StringType(certainty.note()));
    }
    return score;
  }

  private static void unknown(Element element, Estimate.Unknown unknown) {
    Extension extension = element.addExtension().setUrl(ReportUrls.UNKNOWN);
    extension.addExtension("reason", new CodeType(unknown.reason().code()));
    extension.addExtension("text", new StringType(unknown.why()));
  }

  /** With as many digits as a double has for sure. */
  public static BigDecimal decimal(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
  }
}
