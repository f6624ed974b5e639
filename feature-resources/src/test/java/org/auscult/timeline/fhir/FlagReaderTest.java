package org.auscult.timeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Locale;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ReferenceFlag;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a measurement stands to what is usual: what is believed where the record says two things. */
class FlagReaderTest {
  private static final String V3 =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
  private static final String MEANING =
      "http://terminology.hl7.org/CodeSystem/referencerange-meaning";

  private static Observation glucose(String value, String unit) {
    Observation observation = new Observation();
    observation.setId("o");
    observation.setSubject(new Reference("Patient/p"));
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.setEffective(new DateTimeType("2024-05-01T10:00:00Z"));
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("2345-7");
    observation.setValue(quantity(value, unit));
    return observation;
  }

  private static Quantity quantity(String value, String unit) {
    Quantity quantity = new Quantity().setValue(new BigDecimal(value));
    return unit.isEmpty() ? quantity : quantity.setCode(unit).setUnit(unit);
  }

  private static CodeableConcept said(String system, String code) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem(system.isEmpty() ? null : system).setCode(code);
    return concept;
  }

  /** The flag's code, or "none". */
  private static String flag(Observation observation, int slot) {
    ReferenceFlag flag =
        new FactProjector(ZoneOffset.UTC, CodeUnits.standard())
            .project(observation, Projection.RECORD).stream()
                .filter(f -> f.source().slot() == slot)
                .map(Fact::context)
                .findFirst()
                .orElseThrow()
                .flag();
    return flag == null ? "none" : flag.code();
  }

  /** Each range is low..high, either of which may be left out. */
  private static void ranges(Observation observation, @Nullable String ranges, String unit) {
    for (String range : ranges == null ? new String[0] : ranges.split(" ")) {
      var component = observation.addReferenceRange();
      String[] ends = range.split("\\.\\.", -1);
      if (!ends[0].isEmpty()) {
        component.setLow(quantity(ends[0], unit));
      }
      if (!ends[1].isEmpty()) {
        component.setHigh(quantity(ends[1], unit));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "N, normal",
    "L, low",
    "LU, low",
    "H, high",
    "HU, high",
    "LL, critical-low",
    "HH, critical-high",
    "A, abnormal",
    "AA, critical",
    "<, none",
    "POS, none",
    "L LL, critical-low",
    "H AA, critical-high",
    "A L, low",
    "N U, normal",
    "L H, none",
    "N H, none",
    "N A, none"
  })
  void interpretationsSayWhatTheySay(String codes, String expected) {
    Observation observation = glucose("100", "mg/dL");
    for (String code : codes.split(" ")) {
      observation.addInterpretation(said(V3, code));
    }
    assertThat(flag(observation, 0)).isEqualTo(expected);
  }

  @Test
  void localCodesSayNothingAndNoSystemIsTaken() {
    Observation local = glucose("100", "mg/dL").addInterpretation(said("urn:local", "H"));
    assertThat(flag(local, 0)).isEqualTo("none");
    Observation plain = glucose("100", "mg/dL").addInterpretation(said("", "H"));
    assertThat(flag(plain, 0)).isEqualTo("high");
    Observation old =
        glucose("100", "mg/dL").addInterpretation(said("http://hl7.org/fhir/v2/0078", "LL"));
    assertThat(flag(old, 0)).isEqualTo("critical-low");
  }

  @ParameterizedTest
  @CsvSource({
    "69.9, 70..100, low",
    "70, 70..100, normal",
    "100, 70..100, normal",
    "100.1, 70..100, high",
    "69, 70.., low",
    "300, 70.., normal",
    "300, ..100, high",
    "1, ..100, normal",
    // Of men and women, say: they agree of some values, and of others nobody knows.
    "60, 70..100 65..99, low",
    "67, 70..100 65..99, none",
    "80, 70..100 65..99, normal",
    "100, 70..100 65..99, none",
    "80, .., none",
    "80, 70..100 .., none",
    "80, , none"
  })
  void rangesSayWhereTheyAgree(String value, @Nullable String ranges, String expected) {
    Observation observation = glucose(value, "mg/dL");
    ranges(observation, ranges, "mg/dL");
    assertThat(flag(observation, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "5.6, mmol/L, mg/dL, high", "5.5, mmol/L, mg/dL, normal", "0.65, g/L, mg/dL, low",
    "65, mg/dL, '', low", "65, mg/dL, kg, none", "65, furlongs, mg/dL, none"
  })
  void unitsAreConvertedOrNothingIsSaid(
      String value, String unit, String ofRange, String expected) {
    Observation observation = glucose(value, unit);
    ranges(observation, "70..100", ofRange);
    assertThat(flag(observation, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "<, 70, low",
    "<, 71, none",
    "<=, 69, low",
    "<=, 70, none",
    ">, 100, high",
    ">, 99, none",
    ">=, 101, high",
    ">=, 100, none"
  })
  void aBoundIsFlaggedOnlyIfAllBeyondItIs(String comparator, String value, String expected) {
    Observation observation = glucose(value, "mg/dL");
    observation.getValueQuantity().setComparator(QuantityComparator.fromCode(comparator));
    ranges(observation, "70..100", "mg/dL");
    assertThat(flag(observation, 0)).isEqualTo(expected);
    // Of one end only, nothing lies beyond the other.
    Observation open = glucose(value, "mg/dL");
    open.getValueQuantity().setComparator(QuantityComparator.fromCode(comparator));
    ranges(open, comparator.startsWith("<") ? "..1000" : "1..", "mg/dL");
    assertThat(flag(open, 0)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "N, 130, normal",
    "H, 80, high",
    "A, 130, high",
    "A, 60, low",
    "A, 80, abnormal",
    "AA, 130, critical-high",
    "AA, 80, critical",
    "LL, 130, critical-low",
    "L H, 130, none",
    "POS, 130, high"
  })
  void theInterpretationIsBelievedAndTheRangeAddsADirection(
      String codes, String value, String expected) {
    Observation observation = glucose(value, "mg/dL");
    for (String code : codes.split(" ")) {
      observation.addInterpretation(said(V3, code));
    }
    ranges(observation, "70..100", "mg/dL");
    assertThat(flag(observation, 0)).isEqualTo(expected);
  }

  @Test
  void onlyRangesOfTheUsualCount() {
    Observation treated = glucose("130", "mg/dL");
    ranges(treated, "70..100", "mg/dL");
    treated.getReferenceRange().get(0).setType(said(MEANING, "treatment"));
    assertThat(flag(treated, 0)).isEqualTo("none");
    ranges(treated, "70..140", "mg/dL");
    treated.getReferenceRange().get(1).setType(said(MEANING, "normal"));
    assertThat(flag(treated, 0)).isEqualTo("normal");
  }

  @Test
  void aComponentHasItsOwnRange() {
    Observation panel = glucose("130", "mg/dL");
    ObservationComponentComponent component = panel.addComponent();
    component.setCode(panel.getCode().copy()).setValue(quantity("130", "mg/dL"));
    ranges(panel, "70..100", "mg/dL");
    assertThat(flag(panel, 0)).isEqualTo("high");
    assertThat(flag(panel, 1)).isEqualTo("none");
    component.addReferenceRange().setHigh(quantity("140", "mg/dL"));
    assertThat(flag(panel, 1)).isEqualTo("normal");
  }

  @Test
  void whatIsNoNumberHasNoRange() {
    Observation words = glucose("130", "mg/dL");
    ranges(words, "70..100", "mg/dL");
    words.setValue(new StringType("high".toUpperCase(Locale.ROOT)));
    assertThat(flag(words, 0)).isEqualTo("none");
  }
}
