package org.auscult.server.operation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.auscult.server.timeline.TimelinePages;
import org.auscult.server.timeline.TimelineRebuild;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ReferenceFlag;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Renders facts, and what a rebuild found, as Parameters. */
final class FactParameters {
  private FactParameters() {}

  static Parameters render(String patient, TimelinePages.Page page, int offset) {
    Parameters parameters = new Parameters();
    parameters.addParameter("patient", new Reference("Patient/" + patient));
    parameters.addParameter("epoch", new DecimalType(page.epoch()));
    parameters.addParameter("total", new IntegerType(page.total()));
    parameters.addParameter("offset", new IntegerType(offset));
    page.facts().forEach(fact -> add(parameters.addParameter().setName("fact"), fact));
    return parameters;
  }

  static Parameters render(TimelineRebuild.Outcome outcome) {
    Parameters parameters = new Parameters();
    outcome
        .patients()
        .forEach(p -> parameters.addParameter("patient", new Reference("Patient/" + p)));
    parameters.addParameter("liveRows", new IntegerType(outcome.liveRows()));
    parameters.addParameter("rebuiltRows", new IntegerType(outcome.rebuiltRows()));
    parameters.addParameter("differingRows", new IntegerType(outcome.differingRows()));
    outcome.examples().forEach(e -> parameters.addParameter("example", new StringType(e)));
    return parameters;
  }

  /**
   * @param next where the page after this begins; empty after the last one
   */
  static Parameters render(
      int patients, List<TimelineRebuild.Outcome> outcomes, String next, int remaining) {
    Parameters parameters = new Parameters();
    parameters.addParameter("patients", new IntegerType(patients));
    parameters.addParameter(
        "liveRows",
        new IntegerType(outcomes.stream().mapToInt(TimelineRebuild.Outcome::liveRows).sum()));
    parameters.addParameter(
        "rebuiltRows",
        new IntegerType(outcomes.stream().mapToInt(TimelineRebuild.Outcome::rebuiltRows).sum()));
    parameters.addParameter(
        "differingRows",
        new IntegerType(outcomes.stream().mapToInt(TimelineRebuild.Outcome::differingRows).sum()));
    outcomes.stream()
        .filter(outcome -> outcome.differingRows() > 0)
        .forEach(outcome -> different(parameters.addParameter().setName("different"), outcome));
    parameters.addParameter("remaining", new IntegerType(remaining));
    if (!next.isEmpty()) {
      parameters.addParameter("next", new StringType(next));
    }
    return parameters;
  }

  private static void different(ParametersParameterComponent to, TimelineRebuild.Outcome outcome) {
    outcome.patients().forEach(p -> part(to, "patient", new Reference("Patient/" + p)));
    part(to, "differingRows", new IntegerType(outcome.differingRows()));
    outcome.examples().forEach(e -> part(to, "example", new StringType(e)));
  }

  private static void add(ParametersParameterComponent to, Fact fact) {
    part(to, "source", new Reference(fact.source().reference()));
    if (fact.source().slot() > 0) {
      part(to, "slot", new IntegerType(fact.source().slot()));
    }
    fact.codes().forEach(code -> part(to, "code", coding(code)));
    part(to, "display", text(fact.display()));
    addValue(to, fact.value());
    part(to, "effective", instant(fact.effective().from()));
    part(to, "effectiveUntil", instant(fact.effective().until()));
    part(to, "precision", code(fact.effective().precision()));
    part(to, "knownFrom", instant(fact.known().from()));
    part(to, "knownUntil", instant(fact.known().until()));
    part(to, "knownBasis", code(fact.known().basis()));
    part(to, "epochFrom", new DecimalType(fact.epochs().from()));
    Long until = fact.epochs().until();
    part(to, "epochUntil", until == null ? null : new DecimalType(until));
    part(to, "status", text(fact.context().status()));
    part(to, "category", text(fact.context().category()));
    part(to, "interpretation", text(fact.context().interpretation()));
    ReferenceFlag flag = fact.context().flag();
    part(to, "flag", flag == null ? null : new CodeType(flag.code()));
    Circumstances circumstances = fact.context().circumstances();
    circumstances.performers().forEach(c -> part(to, "performer", coding(c)));
    circumstances.bodySites().forEach(c -> part(to, "bodySite", coding(c)));
    circumstances.methods().forEach(c -> part(to, "method", coding(c)));
    circumstances.devices().forEach(c -> part(to, "device", coding(c)));
    String encounter = fact.context().encounter();
    part(to, "encounter", encounter == null ? null : new Reference("Encounter/" + encounter));
    String site = fact.context().site();
    part(to, "site", site == null ? null : new Reference("Organization/" + site));
    part(to, "author", code(fact.context().author()));
  }

  private static void addValue(ParametersParameterComponent to, FactValue value) {
    if (value instanceof FactValue.Measured measured) {
      part(to, "value", quantity(measured.original(), measured.comparator().symbol()));
      org.auscult.timeline.Quantity preferred = measured.preferred();
      part(
          to,
          "preferredValue",
          preferred == null ? null : quantity(preferred, measured.comparator().symbol()));
    } else if (value instanceof FactValue.Coded coded) {
      coded.codes().forEach(c -> part(to, "value", coding(c)));
      part(to, "valueText", text(coded.text()));
    } else if (value instanceof FactValue.Text text) {
      part(to, "value", text(text.text()));
    } else if (value instanceof FactValue.Truth truth) {
      part(to, "value", new BooleanType(truth.value()));
    } else if (value instanceof FactValue.Dated dated) {
      part(to, "value", new DateType(dated.date()));
    } else if (value instanceof FactValue.Absent absent) {
      part(to, "absent", text(absent.reason()));
    }
  }

  private static Quantity quantity(org.auscult.timeline.Quantity given, String comparator) {
    BigDecimal value = given.value();
    Quantity quantity = new Quantity().setValue(value);
    if (!given.unit().isEmpty()) {
      quantity.setUnit(given.unit()).setSystem("http://unitsofmeasure.org").setCode(given.unit());
    }
    if (List.of("<", "<=", ">", ">=").contains(comparator)) {
      quantity.setComparator(QuantityComparator.fromCode(comparator));
    }
    return quantity;
  }

  private static Coding coding(Code code) {
    return new Coding()
        .setSystem(code.system().isEmpty() ? null : code.system())
        .setCode(code.code());
  }

  private static CodeType code(Enum<?> constant) {
    return new CodeType(constant.name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable StringType text(@Nullable String text) {
    return text == null || text.isEmpty() ? null : new StringType(text);
  }

  private static @Nullable InstantType instant(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    InstantType type = new InstantType(Date.from(instant));
    type.setTimeZoneZulu(true);
    return type;
  }

  private static void part(ParametersParameterComponent to, String name, @Nullable Type value) {
    if (value != null) {
      to.addPart().setName(name).setValue(value);
    }
  }
}
