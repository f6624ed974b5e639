package org.auscult.statistics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of the calendar, and the rows in them. */
class WindowTest {
  @ParameterizedTest
  @CsvSource({
    "PT6H, 2026-03-01T11:59:59Z, 2026-03-01T06:00:00Z, 2026-03-01T12:00:00Z",
    "PT1H, 1969-12-31T23:30:00Z, 1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z",
    "P1D, 2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, 2026-03-02T00:00:00Z",
    "P1W, 2026-03-01T23:59:59Z, 2026-02-23T00:00:00Z, 2026-03-02T00:00:00Z",
    "P1W, 2026-03-02T00:00:00Z, 2026-03-02T00:00:00Z, 2026-03-09T00:00:00Z",
    "P7D, 1969-12-29T00:00:00Z, 1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
    "P1M, 2024-02-29T12:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "P3M, 2026-12-31T00:00:00Z, 2026-10-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "P1Y, 2026-06-15T00:00:00Z, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    "P1M, 1969-12-15T00:00:00Z, 1969-12-01T00:00:00Z, 1970-01-01T00:00:00Z",
  })
  void spansBeginWithTheCalendar(String every, Instant of, Instant start, Instant next) {
    Every span = Every.parse(every).orElseThrow();
    assertThat(span.start(of)).isEqualTo(start);
    assertThat(span.after(of, 1)).isEqualTo(next);
    assertThat(span.start(next.minusMillis(1))).isEqualTo(start);
    assertThat(span.start(next)).isEqualTo(next);
    assertThat(span.after(of, 0)).isEqualTo(start);
    assertThat(span.starts(of, next, 10)).containsExactly(start, next);
    assertThat(span.starts(of, next.minusMillis(1), 10)).containsExactly(start);
    assertThat(span.starts(of, next, 1)).containsExactly(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "PT0H", "1M", "P1M2D", "PT5M", "P", "-P1D", "P12345D", "p1m", ""})
  void whatIsNoSpanIsNone(String text) {
    assertThat(Every.parse(text)).isEmpty();
  }

  @Test
  void aSpanLastsAUnitAtLeast() {
    assertThat(Every.parse("P9999Y")).contains(new Every(119_988, Every.Unit.MONTHS));
    assertThatThrownBy(() -> new Every(0, Every.Unit.DAYS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Every(119_989, Every.Unit.MONTHS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TimedScores rows(int seed) {
    SplitMix64 chance = new SplitMix64(seed);
    TimedScores.Builder builder = TimedScores.builder();
    Instant begin = Instant.parse("2025-11-07T05:00:00Z");
    for (int i = 0; i < 300; i++) {
      builder.add(
          begin.plusSeconds(chance.below(200 * 86_400)), chance.uniform(), chance.below(3) == 0);
    }
    return builder.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void tumblingWindowsPartTheRows(int seed) {
    TimedScores rows = rows(seed);
    List<Window> windows = Window.tumbling(rows, Every.parse("P1W").orElseThrow());
    int n = 0;
    int events = 0;
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      n += window.scores().n();
      events += window.scores().positives();
      assertThat(i == 0 || windows.get(i - 1).until().equals(window.from())).isTrue();
      int within = 0;
      for (int row = 0; row < rows.n(); row++) {
        Instant at = rows.time(row);
        within += !at.isBefore(window.from()) && at.isBefore(window.until()) ? 1 : 0;
      }
      assertThat(window.scores().n()).isEqualTo(within);
    }
    assertThat(n).isEqualTo(300);
    int expected = 0;
    for (int row = 0; row < rows.n(); row++) {
      assertThat(row == 0 || !rows.time(row).isBefore(rows.time(row - 1))).isTrue();
      expected += rows.event(row) ? 1 : 0;
    }
    assertThat(events).isEqualTo(expected);
    assertThat(windows.get(0).scores().n()).isPositive();
    assertThat(windows.get(windows.size() - 1).scores().n()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aSlidingWindowIsItsTumblingOnesTogether(int seed) {
    TimedScores rows = rows(seed);
    Every month = Every.parse("P1M").orElseThrow();
    List<Window> tumbling = Window.tumbling(rows, month);
    List<Window> sliding = Window.sliding(rows, month, 3);
    assertThat(sliding).hasSize(tumbling.size() - 2);
    for (int i = 0; i < sliding.size(); i++) {
      assertThat(sliding.get(i).from()).isEqualTo(tumbling.get(i).from());
      assertThat(sliding.get(i).until()).isEqualTo(tumbling.get(i + 2).until());
      int n = 0;
      for (Window one : tumbling.subList(i, i + 3)) {
        n += one.scores().n();
      }
      assertThat(sliding.get(i).scores().n()).isEqualTo(n);
    }
    List<Window> one = Window.sliding(rows, month, 50);
    assertThat(one).hasSize(1);
    assertThat(one.get(0).scores().n()).isEqualTo(300);
  }

  @Test
  void rowsOfOneTimeKeepTheirOrder() {
    TimedScores.Builder builder = TimedScores.builder();
    Instant later = Instant.parse("2026-01-02T00:00:00Z");
    Instant sooner = Instant.parse("2026-01-01T00:00:00Z");
    builder.add(later, 0.1, false);
    builder.add(sooner, 0.2, true);
    builder.add(later, 0.3, true);
    TimedScores rows = builder.build();
    assertThat(List.of(rows.score(0), rows.score(1), rows.score(2))).containsExactly(0.2, 0.1, 0.3);
    assertThat(List.of(rows.event(0), rows.event(1), rows.event(2)))
        .containsExactly(true, false, true);
    assertThatThrownBy(() -> builder.add(later, Double.NaN, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void emptyWindowsAreThereAndTooManyAreRefused() {
    TimedScores.Builder builder = TimedScores.builder();
    builder.add(Instant.parse("2026-01-01T00:00:00Z"), 0.1, false);
    builder.add(Instant.parse("2026-01-05T00:00:00Z"), 0.1, false);
    builder.add(Instant.parse("2028-09-26T23:00:00Z"), 0.1, false);
    TimedScores rows = builder.build();
    Every day = Every.parse("P1D").orElseThrow();
    assertThat(Window.areTooMany(rows, day)).isFalse();
    List<Window> windows = Window.tumbling(rows, day);
    assertThat(windows).hasSize(1_000);
    assertThat(windows.get(1).scores().n()).isZero();
    builder.add(Instant.parse("2028-09-27T00:00:00Z"), 0.1, false);
    TimedScores more = builder.build();
    assertThat(Window.areTooMany(more, day)).isTrue();
    assertThatThrownBy(() -> Window.tumbling(more, day))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Window.sliding(rows, day, 0))
        .isInstanceOf(IllegalArgumentException.class);
    TimedScores none = TimedScores.builder().build();
    assertThat(Window.tumbling(none, day)).isEmpty();
    assertThat(Window.areTooMany(none, day)).isFalse();
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    LabelledScores empty = LabelledScores.builder().build();
    assertThatThrownBy(() -> new Window(at, at, empty))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
