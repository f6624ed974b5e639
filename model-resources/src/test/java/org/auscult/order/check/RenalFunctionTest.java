package org.auscult.order.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.auscult.order.check.RenalFunction.Sex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safety: 13. */
class RenalFunctionTest {
  /**
   * Published worked examples, as printed, to 0.05 mL/min: superglobalcalculator.com, "Creatinine
   * Clearance (Cockcroft-Gault)" and "Creatinine Clearance Formula". The last two rows follow from
   * the formula: 72 and 72 cancel, and 0.85 is the factor for women.
   */
  @ParameterizedTest
  @CsvSource({
    "60, MALE, 1.2, 80, 74.1",
    "65, MALE, 1.4, 70, 52.1",
    "45, FEMALE, 0.9, 60, 74.8",
    "68, MALE, 1.0, 72, 72.0",
    "68, FEMALE, 1.0, 72, 61.2"
  })
  void givesTheClearanceOfPublishedExamples(
      int age, Sex sex, double creatinine, double weight, double expected) {
    assertThat(RenalFunction.cockcroftGault(age, sex, creatinine, weight))
        .isCloseTo(expected, within(0.05));
  }

  /**
   * By Devine as GlobalRPH prints it ("Multiple CrCl"): 50 kg or 45.5 kg, and 2.3 kg for each inch
   * over five feet. 177.8 cm are five feet and ten inches, so 23 kg more.
   */
  @ParameterizedTest
  @CsvSource({
    "MALE, 177.8, 73.0",
    "FEMALE, 177.8, 68.5",
    "MALE, 152.4, 50.0",
    "FEMALE, 152.4, 45.5",
    "FEMALE, 165.1, 57.0"
  })
  void givesTheIdealWeight(Sex sex, double height, double expected) {
    assertThat(RenalFunction.idealWeight(sex, height)).isCloseTo(expected, within(1e-9));
  }

  /** GlobalRPH: ideal + 0.4 × (actual − ideal); who weighs less than ideal keeps the actual one. */
  @ParameterizedTest
  @CsvSource({"70, 100, 82", "70, 70, 70", "70, 60, 60", "73, 120, 91.8"})
  void givesTheAdjustedWeight(double ideal, double actual, double expected) {
    assertThat(RenalFunction.adjustedWeight(ideal, actual)).isCloseTo(expected, within(1e-9));
  }

  /** Du Bois, computed from the printed formula with logarithms: 170 cm and 70 kg are 1.81 m2. */
  @ParameterizedTest
  @CsvSource({"170, 70, 1.810", "160, 50, 1.501", "180, 120, 2.372"})
  void givesTheBodySurface(double height, double weight, double expected) {
    double byLogarithms =
        Math.exp(Math.log(0.007184) + 0.425 * Math.log(weight) + 0.725 * Math.log(height));

    assertThat(RenalFunction.bodySurface(height, weight))
        .isCloseTo(expected, within(5e-4))
        .isCloseTo(byLogarithms, within(1e-9));
  }

  @Test
  void givesTheBodyMassIndex() {
    assertThat(RenalFunction.bodyMassIndex(200, 80)).isCloseTo(20, within(1e-9));
  }

  @Test
  void deIndexesInProportionToTheSurface() {
    assertThat(RenalFunction.deIndexed(40, 1.73)).isCloseTo(40, within(1e-9));
    assertThat(RenalFunction.deIndexed(40, 3.46)).isCloseTo(80, within(1e-9));
    assertThat(RenalFunction.deIndexed(40, 0.865)).isCloseTo(20, within(1e-9));
  }

  @Test
  void refusesWhatNobodyCanHave() {
    List<ThrowingCallable> mistakes =
        List.of(
            () -> RenalFunction.cockcroftGault(140, Sex.MALE, 1, 70),
            () -> RenalFunction.cockcroftGault(50, Sex.MALE, 0, 70),
            () -> RenalFunction.cockcroftGault(50, Sex.MALE, 1, 0),
            () -> RenalFunction.cockcroftGault(50, Sex.MALE, Double.NaN, 70),
            () -> RenalFunction.idealWeight(Sex.MALE, 152.3),
            () -> RenalFunction.idealWeight(Sex.MALE, Double.NaN),
            () -> RenalFunction.adjustedWeight(0, 70),
            () -> RenalFunction.adjustedWeight(70, -1),
            () -> RenalFunction.bodySurface(0, 70),
            () -> RenalFunction.bodySurface(170, 0),
            () -> RenalFunction.bodyMassIndex(0, 70),
            () -> RenalFunction.bodyMassIndex(170, 0),
            () -> RenalFunction.deIndexed(0, 1.73),
            () -> RenalFunction.deIndexed(40, 0));

    assertThat(mistakes)
        .allSatisfy(
            mistake -> assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class));
    assertThat(RenalFunction.cockcroftGault(139, Sex.MALE, 1, 72)).isCloseTo(1, within(1e-9));
  }
}
