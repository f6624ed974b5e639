package org.auscult.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.auscult.cohort.Wanted.Compared;
import org.auscult.cohort.Wanted.Comparison;
import org.auscult.feature.Range;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {
  @ParameterizedTest
  @CsvSource({
    "LESS, true, false, false, < 5",
    "AT_MOST, true, true, false, <= 5",
    "EQUAL, false, true, false, = 5",
    "AT_LEAST, false, true, true, >= 5",
    "MORE, false, false, true, > 5",
  })
  void numbersAreCompared(
      Comparison comparison, boolean below, boolean same, boolean above, String text) {
    Compared wanted = new Compared(comparison, new BigDecimal("5"));
    assertThat(wanted.admits(Math.nextDown(5.0))).isEqualTo(below);
    assertThat(wanted.admits(5)).isEqualTo(same);
    assertThat(wanted.admits(Math.nextUp(5.0))).isEqualTo(above);
    assertThat(wanted).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"true, false, true", "false, true, false"})
  void truthsAreAsked(boolean truth, boolean ofZero, boolean ofOne) {
    Wanted wanted = new Wanted.Truth(truth);
    assertThat(wanted.admits(0)).isEqualTo(ofZero);
    assertThat(wanted.admits(1)).isEqualTo(ofOne);
    assertThat(wanted).hasToString(String.valueOf(truth));
  }

  @ParameterizedTest
  @CsvSource({"1.9, false", "2, true", "3, true", "3.1, false"})
  void rangesIncludeTheirEnds(double value, boolean isIn) {
    Wanted wanted = new Wanted.Within(Range.of("2", "3"));
    assertThat(wanted.admits(value)).isEqualTo(isIn);
    assertThat(wanted).hasToString("2 to 3");
  }
}
