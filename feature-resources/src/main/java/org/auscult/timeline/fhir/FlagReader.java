package org.auscult.timeline.fhir;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.jspecify.annotations.Nullable;

/**
 * How a measurement stands to what is usual, by what its own Observation says.
 *
 * <p>Interpretation: whoever measured knows of whom and how, so it is believed, whatever the ranges
 * say. Only where it says "abnormal" or "critical" without a direction do the ranges add one. What
 * contradicts itself (low and high) says nothing, and no range speaks in its place.
 *
 * <p>Ranges: those without a type, and of the type normal. Whom they are for is not looked at, for
 * the Patient may be corrected without the Observation's being: of several, all must say the same.
 * One that cannot be read (words, a unit that does not convert) leaves it open. Bounds belong to
 * the range. No range says "critical".
 */
final class FlagReader {
  private static final Map<String, ReferenceFlag> SAID =
      Map.ofEntries(
          Map.entry("N", ReferenceFlag.NORMAL),
          Map.entry("L", ReferenceFlag.LOW),
          Map.entry("LU", ReferenceFlag.LOW),
          Map.entry("H", ReferenceFlag.HIGH),
          Map.entry("HU", ReferenceFlag.HIGH),
          Map.entry("LL", ReferenceFlag.CRITICAL_LOW),
          Map.entry("HH", ReferenceFlag.CRITICAL_HIGH),
          Map.entry("A", ReferenceFlag.ABNORMAL),
          Map.entry("AA", ReferenceFlag.CRITICAL));

  /** Of FHIR R4, of its drafts, and of HL7 version 2; or none. */
  private static final Set<String> SYSTEMS =
      Set.of(
          "",
          "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
          "http://hl7.org/fhir/v3/ObservationInterpretation",
          "http://terminology.hl7.org/CodeSystem/v2-0078",
          "http://hl7.org/fhir/v2/0078");

  private final CodeUnits units;

  FlagReader(CodeUnits units) {
    this.units = units;
  }

  /** Null if the record does not tell. */
  @Nullable ReferenceFlag read(
      List<CodeableConcept> interpretations,
      List<ObservationReferenceRangeComponent> ranges,
      List<Code> codes,
      FactValue value) {
    Set<ReferenceFlag> said = said(interpretations);
    if (said.isEmpty()) {
      return byRanges(ranges, codes, value);
    }
    ReferenceFlag flag = together(said);
    if (flag == ReferenceFlag.ABNORMAL || flag == ReferenceFlag.CRITICAL) {
      ReferenceFlag direction = byRanges(ranges, codes, value);
      if (direction == ReferenceFlag.LOW || direction == ReferenceFlag.HIGH) {
        return together(EnumSet.of(flag, direction));
      }
    }
    return flag;
  }

  private static Set<ReferenceFlag> said(List<CodeableConcept> interpretations) {
    Set<ReferenceFlag> said = EnumSet.noneOf(ReferenceFlag.class);
    for (CodeableConcept interpretation : interpretations) {
      for (Coding coding : interpretation.getCoding()) {
        String system = Objects.requireNonNullElse(coding.getSystem(), "");
        String code = Objects.requireNonNullElse(coding.getCode(), "");
        if (SYSTEMS.contains(system)) {
          Optional.ofNullable(SAID.get(code)).ifPresent(said::add);
        }
      }
    }
    return said;
  }

  /** Null if they contradict each other. */
  private static @Nullable ReferenceFlag together(Set<ReferenceFlag> said) {
    boolean isLow = said.stream().anyMatch(f -> f.is(ReferenceFlag.LOW));
    boolean isHigh = said.stream().anyMatch(f -> f.is(ReferenceFlag.HIGH));
    boolean isCritical = said.stream().anyMatch(f -> f.is(ReferenceFlag.CRITICAL));
    boolean isNormal = said.contains(ReferenceFlag.NORMAL);
    if ((isLow && isHigh) || (isNormal && said.size() > 1)) {
      return null;
    }
    if (isLow) {
      return isCritical ? ReferenceFlag.CRITICAL_LOW : ReferenceFlag.LOW;
    }
    if (isHigh) {
      return isCritical ? ReferenceFlag.CRITICAL_HIGH : ReferenceFlag.HIGH;
    }
    return isCritical
        ? ReferenceFlag.CRITICAL
        : isNormal ? ReferenceFlag.NORMAL : ReferenceFlag.ABNORMAL;
  }

  private @Nullable ReferenceFlag byRanges(
      List<ObservationReferenceRangeComponent> ranges, List<Code> codes, FactValue value) {
    if (!(value instanceof FactValue.Measured measured)) {
      return null;
    }
    Set<@Nullable ReferenceFlag> flags = new HashSet<>();
    for (ObservationReferenceRangeComponent range : ranges) {
      if (isOfTheUsual(range)) {
        flags.add(byRange(range, codes, measured));
      }
    }
    return flags.size() == 1 ? flags.iterator().next() : null;
  }

  private static boolean isOfTheUsual(ObservationReferenceRangeComponent range) {
    return range.getType().isEmpty()
        || range.getType().getCoding().stream().anyMatch(c -> "normal".equals(c.getCode()));
  }

  private @Nullable ReferenceFlag byRange(
      ObservationReferenceRangeComponent range, List<Code> codes, FactValue.Measured value) {
    Integer toLow = range.hasLow() ? compared(value.original(), range.getLow(), codes) : null;
    Integer toHigh = range.hasHigh() ? compared(value.original(), range.getHigh(), codes) : null;
    boolean isUnread =
        (range.hasLow() && toLow == null)
            || (range.hasHigh() && toHigh == null)
            || (toLow == null && toHigh == null);
    if (isUnread) {
      return null;
    }
    int low = toLow == null ? 1 : toLow;
    int high = toHigh == null ? -1 : toHigh;
    Comparator comparator = value.comparator();
    return switch (comparator) {
      case NONE ->
          low < 0 ? ReferenceFlag.LOW : high > 0 ? ReferenceFlag.HIGH : ReferenceFlag.NORMAL;
      // What is below the lower bound is low, however far below; of anything else nobody knows.
      case LESS -> toLow != null && low <= 0 ? ReferenceFlag.LOW : null;
      case LESS_OR_EQUAL -> low < 0 ? ReferenceFlag.LOW : null;
      case GREATER -> toHigh != null && high >= 0 ? ReferenceFlag.HIGH : null;
      case GREATER_OR_EQUAL -> high > 0 ? ReferenceFlag.HIGH : null;
    };
  }

  /** How the value compares with a bound; null if they cannot be compared. */
  private @Nullable Integer compared(
      Quantity value, org.hl7.fhir.r4.model.Quantity bound, List<Code> codes) {
    BigDecimal number = bound.getValue();
    String unit = bound.hasCode() ? bound.getCode() : bound.getUnit();
    if (number == null) {
      return null;
    }
    if (unit == null || unit.isBlank() || unit.equals(value.unit())) {
      // Without a unit it is in the value's.
      return value.value().compareTo(number);
    }
    return units.convert(codes, value, unit).map(v -> v.value().compareTo(number)).orElse(null);
  }
}
