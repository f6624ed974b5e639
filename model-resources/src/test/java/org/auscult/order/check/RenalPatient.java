package org.auscult.order.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** A patient for order checks: at first a man of 60 years of whom nothing else is known. */
final class RenalPatient {
  static final Instant NOW = Instant.parse("2024-06-10T08:00:00Z");

  private final List<Fact> facts = new ArrayList<>();
  private final Set<ResourceKind> complete = EnumSet.allOf(ResourceKind.class);
  private @Nullable String birthDate = "1964-01-01";
  private @Nullable String gender = "male";

  RenalPatient born(@Nullable String date) {
    birthDate = date;
    return this;
  }

  RenalPatient gender(@Nullable String code) {
    gender = code;
    return this;
  }

  /** A creatinine in mg/dL, so long before now: {@code PT48H}, {@code P7D}. */
  RenalPatient creatinine(String value, String before) {
    return creatinine(value, "mg/dL", before);
  }

  RenalPatient creatinine(String value, String unit, String before) {
    return observed("2160-0", value, unit, Comparator.NONE, ago(before));
  }

  RenalPatient creatinineAbove(String value, String before) {
    return observed("2160-0", value, "mg/dL", Comparator.GREATER, ago(before));
  }

  /** A creatinine that is dated to the day alone. */
  RenalPatient creatinineOfDay(String value, String date) {
    Instant start = Instant.parse(date + "T00:00:00Z");
    Instant end = start.plus(Duration.ofDays(1));
    return observed(
        "2160-0",
        value,
        "mg/dL",
        Comparator.NONE,
        new EffectiveTime(start, end, null, Precision.DAY));
  }

  RenalPatient egfr(String value, String before) {
    return observed("98979-8", value, "mL/min/{1.73_m2}", Comparator.NONE, ago(before));
  }

  RenalPatient egfrAbove(String value, String before) {
    return observed("98979-8", value, "mL/min/{1.73_m2}", Comparator.GREATER, ago(before));
  }

  /** By MDRD, which is never read. */
  RenalPatient mdrd(String value, String before) {
    return observed("33914-3", value, "mL/min/{1.73_m2}", Comparator.NONE, ago(before));
  }

  RenalPatient weight(String kilograms) {
    return observed("29463-7", kilograms, "kg", Comparator.NONE, ago("P30D"));
  }

  RenalPatient height(String centimetres) {
    return observed("8302-2", centimetres, "cm", Comparator.NONE, ago("P30D"));
  }

  RenalPatient acuteKidneyInjury(String status) {
    return event(ResourceKind.CONDITION, "14669001", status, "P2D");
  }

  RenalPatient dependentOnDialysis() {
    return event(ResourceKind.CONDITION, "105502003", "active", "P900D");
  }

  RenalPatient dialysed(String before) {
    return event(ResourceKind.PROCEDURE, "265764009", "completed", before);
  }

  RenalPatient withTransplant() {
    return event(ResourceKind.CONDITION, "737295003", "active", "P900D");
  }

  RenalPatient transplanted(String before) {
    return event(ResourceKind.PROCEDURE, "70536003", "completed", before);
  }

  /** Of this kind the search was cut short. */
  RenalPatient incomplete(ResourceKind kind) {
    complete.remove(kind);
    return this;
  }

  PatientTimeline timeline() {
    List<Fact> all = new ArrayList<>(facts);
    if (birthDate != null) {
      all.add(person(1000, Demographics.BIRTH_DATE, new FactValue.Dated(birthDate)));
    }
    if (gender != null) {
      Code code = new Code("http://hl7.org/fhir/administrative-gender", gender);
      all.add(person(1001, Demographics.GENDER, new FactValue.Coded(List.of(code), null)));
    }
    return new PatientTimeline("p1", 0, all, complete);
  }

  private static Fact person(int slot, Code code, FactValue value) {
    return FactBuilder.fact()
        .kind(ResourceKind.PATIENT)
        .id("p1")
        .slot(slot)
        .codes(code)
        .at("1990-01-01T00:00:00Z")
        .value(value)
        .status("")
        .build();
  }

  private static EffectiveTime ago(String duration) {
    return EffectiveTime.at(NOW.minus(Duration.parse(duration)));
  }

  private RenalPatient observed(
      String loinc, String value, String unit, Comparator comparator, EffectiveTime when) {
    Quantity quantity = new Quantity(new BigDecimal(value), unit);
    facts.add(
        FactBuilder.fact()
            .id("o" + facts.size())
            .codes(Code.loinc(loinc))
            .effective(when)
            .known("2024-06-01T00:00:00Z")
            .value(new FactValue.Measured(null, quantity, comparator))
            .status("final")
            .build());
    return this;
  }

  private RenalPatient event(ResourceKind kind, String snomed, String status, String before) {
    facts.add(
        FactBuilder.fact()
            .kind(kind)
            .id("e" + facts.size())
            .codes(Code.snomed(snomed))
            .effective(ago(before))
            .value(new FactValue.None())
            .status(status)
            .build());
    return this;
  }
}
