package org.auscult.order.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.order.Stability;
import org.auscult.order.Stability.State;
import org.auscult.order.fhir.ShippedDefinitions;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The guard for acute kidney injury, by KDIGO's limits to the digit. Safety: 13. */
class CreatinineCourseTest {
  private static final ResolvedFeature CREATININE =
      ShippedDefinitions.featureSet("https://auscult.org/fhir/Library/renal-inputs|1.0.0")
          .feature("creatinine")
          .orElseThrow();
  private static final FeatureEvaluator EVALUATOR =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);

  static Stream<Arguments> courses() {
    return Stream.of(
        row("nothing", patient(), State.NOT_JUDGED),
        row("one value only", patient().creatinine("4.0", "PT1H"), State.NOT_JUDGED),
        row("two alike", two("1.0", "PT24H", "1.0"), State.STABLE),
        // 0.3 mg/dL within 48 hours, both ends included.
        row("exactly 0.3 in exactly 48 h", two("2.0", "PT48H", "2.3"), State.UNSTABLE),
        row("0.3 that binary fractions miss", two("0.9", "PT48H", "1.2"), State.UNSTABLE),
        row("0.29 in 48 h", two("2.0", "PT48H", "2.29"), State.STABLE),
        row("0.3 in 48 h and a second", two("2.0", "PT48H1S", "2.3"), State.STABLE),
        row("a fall by 0.5", two("2.5", "PT24H", "2.0"), State.STABLE),
        // 1.5 times within 7 days, both ends included.
        row("exactly 1.5 times in exactly 7 d", two("0.4", "P7D", "0.6"), State.UNSTABLE),
        row("1.49 times in 7 d", two("1.00", "P7D", "1.49"), State.STABLE),
        row("1.5 times in 7 d and a second", two("0.4", "P7DT1S", "0.6"), State.NOT_JUDGED),
        // KDIGO's own limit by substance is 26.5, which is less than 0.3 mg/dL by the molar mass.
        row("exactly 26.5 umol/L in 48 h", molar("150", "PT48H", "176.5"), State.UNSTABLE),
        row("26.4 umol/L in 48 h", molar("150", "PT48H", "176.4"), State.STABLE),
        row("1.5 times in umol/L", molar("50", "P6D", "75"), State.UNSTABLE),
        row("1.49 times in umol/L", molar("100", "P6D", "149"), State.STABLE),
        row(
            "mg/dL and umol/L are compared in mg/dL",
            patient().creatinine("1.0", "PT24H").creatinine("176.8", "umol/L", "PT0S"),
            State.UNSTABLE),
        row(
            "umol/L and mg/dL are compared in mg/dL",
            patient().creatinine("88.4", "umol/L", "PT24H").creatinine("2.0", "PT0S"),
            State.UNSTABLE),
        row(
            "alike in two units",
            patient().creatinine("88.4", "umol/L", "PT24H").creatinine("1.0", "PT0S"),
            State.STABLE),
        // The baseline is the lowest earlier value of the window, not the one before.
        row(
            "the lowest of the window is the baseline",
            patient().creatinine("1.0", "P6D").creatinine("1.3", "P3D").creatinine("1.5", "PT0S"),
            State.UNSTABLE),
        row(
            "what lies before the window is no baseline",
            patient().creatinine("0.5", "P8D").creatinine("1.0", "P5D").creatinine("1.1", "PT0S"),
            State.STABLE),
        row(
            "a rise from which the kidneys recover",
            patient().creatinine("1.0", "P5D").creatinine("2.0", "P3D").creatinine("1.1", "PT0S"),
            State.UNSTABLE),
        row(
            "the window ends with the newest value, not now",
            patient().creatinine("1.0", "P95D").creatinine("1.6", "P90D"),
            State.UNSTABLE),
        row(
            "a rise before the window of the newest value",
            patient()
                .creatinine("1.0", "P40D")
                .creatinine("2.0", "P39D")
                .creatinine("1.0", "PT1H")
                .creatinine("1.0", "PT0S"),
            State.STABLE),
        // What cannot be read is no point, and keeps the others from being called stable.
        row(
            "above a bound",
            two("1.0", "PT24H", "1.0").creatinineAbove("15", "PT12H"),
            State.NOT_JUDGED),
        row("implausible", two("1.0", "PT24H", "1.0").creatinine("500", "PT12H"), State.NOT_JUDGED),
        row(
            "a rise beside what cannot be read",
            two("1.0", "PT24H", "1.6").creatinineAbove("15", "PT12H"),
            State.UNSTABLE),
        // Dates without a time of day: the shortest time that they allow.
        row(
            "days that may lie 48 hours apart",
            patient().creatinineOfDay("2.0", "2024-06-05").creatinineOfDay("2.3", "2024-06-08"),
            State.UNSTABLE),
        row(
            "days that lie further apart",
            patient().creatinineOfDay("2.0", "2024-06-05").creatinineOfDay("2.3", "2024-06-09"),
            State.STABLE),
        row(
            "one day, whichever came first",
            patient().creatinineOfDay("2.3", "2024-06-08").creatinineOfDay("2.0", "2024-06-08"),
            State.UNSTABLE),
        row(
            "one instant is no course",
            patient().creatinine("2.3", "PT1H").creatinine("2.0", "PT1H"),
            State.STABLE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("courses")
  void judgesTheCourse(String name, RenalPatient patient, State expected) {
    assertThat(judge(patient, true).state()).isEqualTo(expected);
  }

  @Test
  void saysWhatRoseAndShowsBothValues() {
    Stability rise = judge(two("2.0", "PT48H", "2.3"), true);

    assertThat(rise.text())
        .isEqualTo(
            "creatinine rose from 2.0 mg/dL to 2.3 mg/dL, by 0.3 mg/dL (26.5 µmol/L) or more within"
                + " 48 hours");
    assertThat(rise.evidence())
        .containsExactly("Observation/o0/_history/1", "Observation/o1/_history/1");
    assertThat(judge(molar("50", "P6D", "75"), true).text())
        .isEqualTo(
            "creatinine rose from 50 umol/L to 75 umol/L, to 1.5 times or more within seven days");
  }

  @Test
  void saysWhyNothingIsJudged() {
    assertThat(judge(patient(), true).text()).isEqualTo("no creatinine is recorded");
    Stability one = judge(patient().creatinine("4.0", "PT1H"), true);
    assertThat(one.text()).startsWith("one creatinine only in seven days");
    assertThat(one.evidence()).containsExactly("Observation/o0/_history/1");
    assertThat(judge(two("1.0", "PT24H", "1.0").creatinineAbove("15", "PT12H"), true).text())
        .contains("cannot be read");
  }

  @Test
  void callsNothingStableThatMayNotBeAll() {
    RenalPatient two = two("1.0", "PT24H", "1.0");

    assertThat(judge(two, false).state()).isEqualTo(State.NOT_JUDGED);
    assertThat(judge(two, false).text()).isEqualTo("the search for creatinine was not complete");
    assertThat(judge(two("1.0", "PT24H", "1.6"), false).state()).isEqualTo(State.UNSTABLE);
    assertThat(judge(two, true).evidence()).hasSize(2);
  }

  private static Stability judge(RenalPatient patient, boolean complete) {
    PatientSnapshot snapshot = patient.timeline().asOf(AsOf.current(RenalPatient.NOW));
    return CreatinineCourse.judge(EVALUATOR.readings(CREATININE, snapshot), complete);
  }

  private static RenalPatient patient() {
    return new RenalPatient();
  }

  private static RenalPatient two(String first, String before, String last) {
    return patient().creatinine(first, before).creatinine(last, "PT0S");
  }

  private static RenalPatient molar(String first, String before, String last) {
    return patient().creatinine(first, "umol/L", before).creatinine(last, "umol/L", "PT0S");
  }

  private static Arguments row(String name, RenalPatient patient, State expected) {
    return Arguments.of(name, patient, expected);
  }
}
