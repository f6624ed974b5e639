package org.auscult.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.UUID;
import org.auscult.timeline.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 6. */
class UnitsTest {
  /** Expected values follow from the units' definitions (inch 2.54 cm, pound 0.45359237 kg, …). */
  @ParameterizedTest
  @CsvSource({
    "68, [in_i], cm, 172.72",
    "5, [ft_i], [in_i], 60",
    "7, [in_i], [ft_i], 0.5833333333333333333333333333333333",
    "154, [lb_av], kg, 69.85322498",
    "69.85322498, kg, [lb_av], 154",
    "1.10, mg/dL, mg/L, 11",
    "0.1, g/dL, mg/dL, 100",
    "140, mmol/L, umol/L, 140000",
    "7.2, 10*3/uL, 10*9/L, 7.2",
    "1.23456789012345678901234567890, g, mg, 1234.5678901234567890123456789",
    "10, s, min, 0.1666666666666666666666666666666667",
    "90, min, h, 1.5",
    "60, /min, /h, 3600",
    "1, L/min, mL/min, 1000",
    "1.5, mL/s, mL/min, 90",
    "1, a, d, 365.25",
    "36.6, Cel, K, 309.75",
    "100.4, [degF], Cel, 38",
    "98.6, degF, Cel, 37",
    "37, Cel, [degF], 98.6",
    "1, g/g, mg/g, 1000",
    "120, mmHg, mm[Hg], 120",
    "24.9, kg/m², kg/m2, 24.9",
    "72, {beats}/min, /min, 72",
    "16, {breaths}/min, /min, 16",
    "59, ml/min/1.73m2, mL/min/{1.73_m2}, 59",
    "59, mL/min/1.73 m2, mL/min/{1.73_m2}, 59",
    "0.059, L/min/{1.73_m2}, mL/min/{1.73_m2}, 59",
    "97, %{HemoglobinSaturation}, %, 97",
    "30, mg/g{creat}, mg/g, 30",
    "2, U/mL, U/L, 2000",
    "2, k[iU]/L, [iU]/mL, 2",
  })
  void convertsExactly(String value, String from, String to, String expected) {
    assertThat(Units.convert(Quantity.of(value, from), to))
        .hasValueSatisfying(q -> assertThat(q.value()).isEqualByComparingTo(expected))
        .hasValueSatisfying(q -> assertThat(q.unit()).isEqualTo(to));
  }

  @ParameterizedTest
  @CsvSource({
    "mL/min, mL/min/{1.73_m2}",
    "mL/min/{1.73_m2}, mL/min",
    "mmol/mol, %",
    "%, 1",
    "1, %",
    "mg/dL, mmol/L",
    "mmol/L, 10*9/L",
    "meq/L, mmol/L",
    "mosm/kg, mmol/kg",
    "[iU]/L, /L",
    "[iU]/L, U/L",
    "[pH], mol/L",
    "dB, 1",
    "B[SPL], Pa",
    "{copies}/mL, /mL",
    "{score}, 1",
    "kg, cm",
    "furlong, m",
    "mg/dL, nonsense",
  })
  void neverEquatesWhatMeansSomethingElse(String from, String to) {
    assertThat(Units.convert(Quantity.of("1", from), to)).isEmpty();
  }

  @Test
  void comparesWhatMeasuresTheSame() {
    assertThat(Units.comparable("s", "d")).isTrue();
    assertThat(Units.comparable("mg/dL", "g/L")).isTrue();
    assertThat(Units.comparable("s", "kg")).isFalse();
    assertThat(Units.comparable("mg/dL", "mmol/L")).isFalse();
  }

  @Test
  void convertsADegreeFahrenheitThatHasNoFiniteCelsius() {
    BigDecimal celsius = Units.convert(Quantity.of("100.5", "degF"), "Cel").orElseThrow().value();
    assertThat(celsius.doubleValue()).isEqualTo(685.0 / 18);
  }

  @Test
  void writesConvertedNumbersWithoutExponent() {
    assertThat(Units.convert(Quantity.of("14", "g/L"), "mg/L").orElseThrow().value().toString())
        .isEqualTo("14000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mm[Hg]", "mg/dL", "mL/min/{1.73_m2}", "%", "Cel", "/min", "1", "a", "kg/m2"})
  void knowsUcum(String unit) {
    assertThat(Units.isKnown(unit)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mmHg", "mg/", "((", "}", "{x", "%%", "furlong", "µg", "", " "})
  void refusesWhatIsNotUcum(String unit) {
    assertThat(Units.isKnown(unit)).isFalse();
  }

  @Test
  void neverThrowsForWhateverSomebodyTyped() {
    String alphabet = "mgLdkc/.*^10%[]{}()'_-+ µ²°HgiU";
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder unit = new StringBuilder();
      for (int n = random.nextInt(9); n >= 0; n--) {
        unit.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Units.convert(Quantity.of("1", unit.toString()), "mg/dL")).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dyn.s/cm5",
        "10*12/L",
        "10*-6/L",
        "10^3/uL",
        "/100{WBC}",
        "m[H2O]",
        "mm3",
        "kg/m2"
      })
  void knowsPowersThatMedicineUses(String unit) {
    assertThat(Units.isKnown(unit)).isTrue();
  }

  /** The library would multiply for minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mm[Hg]2024",
        "mm[Hg]60",
        "m+99",
        "m-2147483648",
        "m99999999999999999999",
        "10*999/L",
        "10^99999999/L",
        "1234567890123.m",
        "m6.m6.m6.m6"
      })
  @Timeout(5)
  void doesNotTryPowersThatNothingHas(String unit) {
    assertThat(Units.isKnown(unit)).isFalse();
    assertThat(Units.convert(Quantity.of("1", unit), "kg")).isEmpty();
  }

  @Test
  @Timeout(5)
  void doesNotTryTextThatIsNoUnit() {
    assertThat(Units.isKnown("m.".repeat(60) + "m")).isFalse();
  }

  /** A code that nobody has asked for yet: what is said of one is remembered. */
  private static String fresh(String code) {
    return code + "{" + UUID.randomUUID() + "}";
  }

  @ParameterizedTest
  @CsvSource({
    "m6, true",
    "m7, false",
    "m-6, true",
    "10*30/L, true",
    "10*31/L, false",
    "10^30/L, true",
    "10*007/L, false",
    "1234567890.m, true",
    "1234567890123.m, false",
    "m6.s6.g6, true",
    "m6.s6.g6.K1, false",
    "10*9.m6.s6.g5, true",
    "10*9.m6.s6.g6, false"
  })
  @Timeout(20)
  void asksForNoMoreThanTheLibraryMultipliesQuickly(String code, boolean isKnown) {
    assertThat(Units.isKnown(fresh(code))).isEqualTo(isKnown);
  }

  @Test
  void asksForNoCodeBeyondAHundredSigns() {
    String random = (UUID.randomUUID() + "-" + UUID.randomUUID() + "a".repeat(40)).substring(0, 97);
    assertThat(Units.isKnown("m{" + random + "}")).isTrue();
    assertThat(Units.isKnown("mm{" + random + "}")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"dB, B", "B[V], B[mV]", "Np, B", "[iU], 1", "%, 1", "mol, 1", "Cel, K", "[pH], 1"})
  void meaningsAreToldApartTheFirstTimeToo(String from, String to) {
    String word = fresh("");
    assertThat(Units.isKnown(from + word)).isTrue();
    assertThat(Units.convert(Quantity.of("1", from + word), to + word)).isEmpty();
  }

  @Test
  void whatMeansTheSameConvertsTheFirstTimeToo() {
    String word = fresh("");
    assertThat(Units.convert(Quantity.of("2", "k[iU]" + word), "[iU]" + word))
        .hasValueSatisfying(q -> assertThat(q.value()).isEqualByComparingTo("2000"));
  }
}
