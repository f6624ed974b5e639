package org.auscult.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.auscult.statistics.calibration.Brier;
import org.auscult.statistics.discrimination.Auroc;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.RunningScores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingTest {
  private record Row(double score, boolean event) {}

  private static Row draw(Random random, int distinct) {
    double score = random.nextInt(distinct) / (double) distinct;
    return new Row(score, random.nextDouble() < 0.1 + 0.6 * score);
  }

  private static LabelledScores whole(List<Row> rows) {
    LabelledScores.Builder builder = LabelledScores.builder();
    rows.forEach(row -> builder.add(row.score(), row.event()));
    return builder.build();
  }

  /** As rows come and go in any order, each figure is what all rows at once give. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 1_000_000})
  void whatComesAndGoesIsWhatIsThere(int distinct) {
    Random random = new Random(distinct);
    RunningScores running = new RunningScores();
    List<Row> rows = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      boolean goes = !rows.isEmpty() && random.nextInt(5) < (step < 1_500 ? 1 : 3);
      if (goes) {
        Row row = rows.remove(random.nextInt(rows.size()));
        running.remove(row.score(), row.event());
      } else {
        Row row = draw(random, distinct);
        rows.add(row);
        running.add(row.score(), row.event());
      }
      if (step % 11 == 0) {
        same(Auroc.of(running), Auroc.of(whole(rows)));
        same(Brier.score(running), Brier.score(whole(rows)));
      }
    }
  }

  private static void same(Estimate running, Estimate whole) {
    assertThat(running.n()).isEqualTo(whole.n());
    assertThat(running.definition()).isEqualTo(whole.definition());
    assertThat(running.optional().isPresent()).isEqualTo(whole.optional().isPresent());
    if (running instanceof Estimate.Known one && whole instanceof Estimate.Known other) {
      assertThat(one.value()).isCloseTo(other.value(), within(1e-13));
      Interval first = one.certainty().interval();
      Interval second = other.certainty().interval();
      if (second == null || second.upper() - second.lower() < 1e-9) {
        // Where nothing varies rounding alone makes an interval, or none.
        assertThat(first == null || first.upper() - first.lower() < 1e-6).isTrue();
      } else {
        assertThat(Objects.requireNonNull(first).lower()).isCloseTo(second.lower(), within(1e-11));
        assertThat(first.upper()).isCloseTo(second.upper(), within(1e-11));
      }
    }
  }

  /** The same rows give the same digits, whatever came and went before. */
  @Test
  void whatWentLeavesNoTrace() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(draw(random, 1_000_000));
    }
    RunningScores alone = new RunningScores();
    rows.forEach(row -> alone.add(row.score(), row.event()));
    RunningScores among = new RunningScores();
    for (int i = rows.size() - 1; i >= 0; i--) {
      Row passing = draw(random, 300);
      among.add(passing.score(), passing.event());
      among.add(rows.get(i).score(), rows.get(i).event());
      among.remove(passing.score(), passing.event());
    }
    assertThat(Auroc.of(among)).isEqualTo(Auroc.of(alone));
    assertThat(Brier.score(among)).isEqualTo(Brier.score(alone));
  }

  @Test
  void whatIsNotThereCannotGo() {
    RunningScores running = new RunningScores();
    running.add(0.25, true);
    assertThatThrownBy(() -> running.remove(0.25, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> running.remove(0.5, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> running.add(Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class);
    running.add(-0.0, true);
    running.remove(0.0, true);
    assertThat(running.n()).isEqualTo(1);
    running.add(1.5, false);
    assertThat(Brier.score(running).optional()).isEmpty();
  }

  /** A stretch in which scores say nothing is where the area was worst. */
  @Test
  void theWorstStretchIsFound() {
    Random random = new Random(9);
    TimedScores.Builder builder = TimedScores.builder();
    for (int i = 0; i < 3_000; i++) {
      double score = random.nextDouble();
      boolean tells = i < 1_000 || i >= 1_500;
      builder.add(Instant.ofEpochSecond(i), score, random.nextDouble() < (tells ? score : 0.5));
    }
    List<Rolling> rolling = Rolling.of(builder.build(), 400);
    Rolling area = rolling.get(0);
    assertThat(area.worst().orElseThrow().at().getEpochSecond()).isBetween(1_300L, 1_700L);
    assertThat(area.worst().orElseThrow().figure().value()).isLessThan(0.6);
    assertThat(area.last().orElseThrow().at()).isEqualTo(Instant.ofEpochSecond(2_999));
    assertThat(area.last().orElseThrow().figure().value()).isGreaterThan(0.75);
    assertThat(rolling.get(1).worst().orElseThrow().figure().value())
        .isGreaterThan(rolling.get(1).last().orElseThrow().figure().value());
  }

  /** Ten events or fewer are told of nowhere. */
  @Test
  void fewEventsAreNotToldOf() {
    TimedScores.Builder builder = TimedScores.builder();
    for (int i = 0; i < 300; i++) {
      builder.add(Instant.ofEpochSecond(i), i / 300.0, i % 10 == 0);
    }
    List<Rolling> rolling = Rolling.of(builder.build(), 100);
    assertThat(rolling).allSatisfy(one -> assertThat(one.worst()).isEmpty());
    assertThatThrownBy(() -> Rolling.of(builder.build(), Rolling.FEWEST - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
