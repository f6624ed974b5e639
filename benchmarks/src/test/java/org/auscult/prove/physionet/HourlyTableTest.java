package org.auscult.prove.physionet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.auscult.prove.physionet.StayFile.Line;
import org.auscult.prove.physionet.StayFile.Stay;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand; and the comparison can fail. */
class HourlyTableTest {
  private static final Stay STAY =
      new Stay(
          "1",
          List.of(
              new Line(0, "Age", "54"),
              new Line(0, "Gender", "0"),
              new Line(0, "Height", "-1"),
              new Line(0, "HR", "60"),
              new Line(30, "HR", "80"),
              new Line(60, "HR", "100"),
              new Line(60, "SysABP", "125"),
              new Line(90, "HR", "200"),
              new Line(90, "Lactate", "2"),
              new Line(150, "Lactate", "4")));

  private final HourlyTable table = new HourlyTable(STAY);

  @Test
  void anHourEndsWithWhatWasMeasuredOnIt() {
    Map<String, Double> row = table.at(60);

    assertThat(row).containsEntry("hr_latest", 100.0).containsEntry("hr_mean", 80.0);
    assertThat(row).containsEntry("hr_sd", 20.0).containsEntry("hr_arv", 20.0);
    assertThat(row).containsEntry("shock_index", 0.8);
    assertThat(row).containsEntry("age", 54.0).containsEntry("sex", 1.0);
    assertThat(row.get("height_latest")).isNaN();
    assertThat(row.get("lactate_latest")).isNaN();
  }

  @Test
  void aDayLaterTheFirstValueIsOutOfTheWindow() {
    assertThat(table.at(24 * 60)).containsEntry("hr_mean", 380 / 3.0);
  }

  @Test
  void theLineRisesByTheHour() {
    Map<String, Double> row = table.at(180);

    assertThat(row.get("lactate_slope")).isCloseTo(2, within(1e-12));
    assertThat(row.get("lactate_now")).isCloseTo(5, within(1e-12));
    assertThat(row).containsEntry("since_lactate", 0.5);
  }

  @Test
  void everyFeatureIsComputed() {
    assertThat(table.at(60).keySet())
        .containsExactlyElementsOf(
            StayFeatures.definitions().stream().map(d -> d.path("name").asText()).toList());
  }

  @Test
  void anotherNumberIsADifference() {
    assertThat(HourlyComparison.agree(80, 80.0000000001)).isTrue();
    assertThat(HourlyComparison.agree(80, 80.000001)).isFalse();
    assertThat(HourlyComparison.agree(80, Double.NaN)).isFalse();
    assertThat(HourlyComparison.agree(Double.NaN, 80)).isFalse();
    assertThat(HourlyComparison.agree(Double.NaN, Double.NaN)).isTrue();
  }

  @Test
  void aLackingFeatureIsADifference() {
    HourlyComparison comparison = new HourlyComparison("here");
    comparison.add("1", 1, Map.of("a", 1.0, "b", 2.0), Map.of("a", 1.0));

    assertThat(comparison.failures()).hasSize(1);
  }
}
