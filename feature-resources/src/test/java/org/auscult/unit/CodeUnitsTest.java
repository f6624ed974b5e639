package org.auscult.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.RoundingMode;
import java.util.List;
import org.auscult.timeline.Code;
import org.auscult.timeline.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safety: 6. */
class CodeUnitsTest {
  private final CodeUnits units = CodeUnits.standard();

  /**
   * Factors of use to their printed digits: cholesterol 38.67, triglycerides 88.57, creatinine
   * 88.4, glucose 18.02, bilirubin 17.1, urea nitrogen 2.801 (AMA Manual of Style, 11th ed., SI
   * conversion tables).
   */
  @ParameterizedTest
  @CsvSource({
    "2093-3, 5.17, mmol/L, 199.9",
    "2085-9, 1.3, mmol/L, 50.3",
    "2571-8, 1.7, mmol/L, 150.5",
    "17861-6, 2.5, mmol/L, 10.0",
    "2000-8, 2.0, mmol/L, 8.0",
    "49765-1, 9.1, mg/dL, 9.1",
    "1963-8, 24, meq/L, 24.0",
    "2947-0, 140, meq/L, 140.0",
    "2069-3, 104, meq/L, 104.0",
    "2160-0, 88.4, umol/L, 1.0",
    "2160-0, 88.4, µmol/L, 1.0",
    "2345-7, 5.55, mmol/L, 100.0",
    "1975-2, 17.1, umol/L, 1.0",
    "3094-0, 10, mmol/L, 28.0",
    "2160-0, 10.0, mg/L, 1.0",
    "8480-6, 120, mmHg, 120.0",
    "8302-2, 68, [in_i], 172.7",
    "2951-2, 140, meq/L, 140.0",
    "2951-2, 140, mEq/L, 140.0",
    "8310-5, 100.5, [degF], 38.1",
  })
  void keepsEachCodeInItsPreferredUnit(String code, String value, String unit, String expected) {
    Quantity kept = units.prefer(List.of(Code.loinc(code)), Quantity.of(value, unit)).orElseThrow();
    assertThat(kept.value().setScale(1, RoundingMode.HALF_UP)).isEqualTo(expected);
    assertThat(units.preferredUnit(List.of(Code.loinc(code)))).contains(kept.unit());
  }

  @ParameterizedTest
  @CsvSource({
    "98979-8, mL/min",
    "33914-3, mL/min",
    "4548-4, mmol/mol",
    "8480-6, mg/dL",
    "2823-3, mg/dL",
    "718-7, mmol/L",
    "29463-7, nonsense",
  })
  void withholdsWhatCannotBeReadInThePreferredUnit(String code, String unit) {
    assertThat(units.prefer(List.of(Code.loinc(code)), Quantity.of("60", unit))).isEmpty();
  }

  /** 1 mg per mmol of creatinine is 1 g per 113.12 g. */
  @ParameterizedTest
  @CsvSource({
    "9318-7, 3.39, mg/mmol, 29.97",
    "14959-1, 30, mg/mmol{creat}, 265.21",
    "9318-7, 0.03, g/mmol, 265.21",
    "9318-7, 30, mg/g{creat}, 30.00",
    "9318-7, 0.03, g/g, 30.00"
  })
  void readsAnAlbuminRatioPerMoleOfCreatinine(
      String code, String value, String unit, String expected) {
    Quantity kept = units.prefer(List.of(Code.loinc(code)), Quantity.of(value, unit)).orElseThrow();
    assertThat(kept.unit()).isEqualTo("mg/g");
    assertThat(kept.value().setScale(2, RoundingMode.HALF_UP)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"9318-7, mg/dL", "9318-7, mg/L", "9318-7, mmol/mol", "9318-7, %", "2160-0, mg/mmol"})
  void takesNoOtherRatioForOneToCreatinine(String code, String unit) {
    assertThat(units.prefer(List.of(Code.loinc(code)), Quantity.of("30", unit))).isEmpty();
  }

  @Test
  void convertsThereAndBackThroughAMolarMass() {
    List<Code> creatinine = List.of(Code.loinc("2160-0"));
    Quantity molar = units.convert(creatinine, Quantity.of("1.7", "mg/dL"), "umol/L").orElseThrow();
    Quantity back = units.convert(creatinine, molar, "mg/dL").orElseThrow();
    assertThat(back.value().setScale(20, RoundingMode.HALF_UP)).isEqualByComparingTo("1.7");
  }

  @Test
  void leavesACodeWithoutPreferenceInItsOwnUnit() {
    assertThat(units.prefer(List.of(Code.loinc("0-0")), Quantity.of("3", "mmHg")))
        .contains(Quantity.of("3", "mm[Hg]"));
    assertThat(units.convert(List.of(Code.loinc("0-0")), Quantity.of("5", "mmol/L"), "mg/dL"))
        .isEmpty();
  }

  @Test
  void everyPreferredUnitIsUcum() {
    assertThat(units.preferredUnits()).isNotEmpty().allMatch(Units::isKnown);
  }
}
