package org.auscult.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.junit.jupiter.api.Test;

/** What changes from window to window, and from row to row. */
class ChangeOverTimeTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static Window window(int month, LabelledScores scores) {
    Instant from = Instant.parse("2026-%02d-01T00:00:00Z".formatted(month));
    return new Window(from, from.plusSeconds(1), scores);
  }

  private static LabelledScores scores(int seed, double sharpness) {
    SplitMix64 chance = new SplitMix64(seed);
    LabelledScores.Builder builder = LabelledScores.builder();
    for (int i = 0; i < 400; i++) {
      double x = chance.normal();
      builder.add(1 / (1 + Math.exp(-sharpness * x)), chance.uniform() < 1 / (1 + Math.exp(-x)));
    }
    return builder.build();
  }

  @Test
  void equalWindowsDoNotChangeAndAnUnfitOneIsLeftOut() {
    LabelledScores one = scores(1, 1);
    LabelledScores parted =
        LabelledScores.of(
            new double[] {0.1, 0.2, 0.8, 0.9}, new boolean[] {false, false, true, true});
    for (Estimate estimate :
        CalibrationChange.of(
            List.of(window(1, one), window(2, one), window(3, LabelledScores.builder().build())))) {
      Estimate.Known same = (Estimate.Known) estimate;
      assertThat(same.value()).isLessThan(1e-20);
      assertThat(same.n()).isEqualTo(800);
      assertThat(same.definition().parameters()).containsEntry("windows", "2");
    }
    assertThat(CalibrationChange.slope(parted).optional()).isEmpty();
    List<Estimate> alone = CalibrationChange.of(List.of(window(1, one)));
    assertThat(alone).allMatch(figure -> figure.optional().isEmpty());
  }

  @Test
  void theSpreadIsTheSameInWhateverOrder() {
    List<Window> windows =
        List.of(window(1, scores(1, 1)), window(2, scores(2, 2)), window(3, scores(3, 1)));
    List<Window> other = List.of(windows.get(2), windows.get(0), windows.get(1));
    for (int i = 0; i < 2; i++) {
      double as = CalibrationChange.of(windows).get(i).get();
      assertThat(CalibrationChange.of(other).get(i).get() / as).isBetween(1 - 1e-12, 1 + 1e-12);
    }
    assertThat(CalibrationChange.of(windows).get(1).get()).isGreaterThan(10);
  }

  /** Right at first, then wrong: rows a minute apart, in no order. */
  private static TimedScores stream(int rows, int rightUntil) {
    TimedScores.Builder builder = TimedScores.builder();
    for (int i = rows - 1; i >= 0; i--) {
      boolean event = i % 2 == 0;
      boolean right = i < rightUntil ? i % 10 != 0 : i % 3 == 0;
      builder.add(BEGIN.plus(Duration.ofMinutes(i)), event == right ? 0.9 : 0.1, event);
    }
    return builder.build();
  }

  @Test
  void errorsAlarmAfterTheyRose() {
    ErrorStream stream = ErrorStream.of(stream(1_000, 600), 0.5);
    Instant change = BEGIN.plus(Duration.ofMinutes(600));
    assertThat(stream.warning().orElseThrow()).isAfter(change);
    assertThat(stream.drift().orElseThrow()).isAfter(stream.warning().orElseThrow());
    assertThat(stream.drift().orElseThrow()).isBefore(change.plus(Duration.ofMinutes(60)));
    // Squared errors rise from 0.09 to about 0.54, and 50 of them must come together.
    assertThat(stream.rise().orElseThrow())
        .isBetween(change.plus(Duration.ofMinutes(100)), change.plus(Duration.ofMinutes(160)));
    ErrorStream calm = ErrorStream.of(stream(1_000, 1_000), 0.5);
    assertThat(calm.drift()).isEmpty();
    assertThat(calm.rise()).isEmpty();
  }

  @Test
  void theThresholdDecides() {
    TimedScores.Builder builder = TimedScores.builder();
    for (int i = 0; i < 200; i++) {
      builder.add(BEGIN.plusSeconds(i), 0.5, i < 100 ? i % 10 != 0 : i % 10 == 0);
    }
    TimedScores rows = builder.build();
    assertThat(ErrorStream.of(rows, 0.5).drift()).isPresent();
    assertThat(ErrorStream.of(rows, 0.500001).drift()).isEmpty();
  }
}
