package org.auscult.monitoring.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.auscult.monitoring.freshness.SilenceRule.Silence;
import org.junit.jupiter.api.Test;

class SilenceRuleTest {
  private static final SilenceRule RULE = SilenceRule.STANDARD;

  /** A Wednesday. */
  private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

  @Test
  void aSourceOfEveryHourIsSilentAfterTwo() {
    NavigableSet<Long> hours = every(1, 24 * 20);
    Instant lastEnd = START.plus(Duration.ofHours(24 * 20));

    assertThat(RULE.judge(hours, lastEnd.plus(Duration.ofHours(2)))).isEmpty();
    assertThat(RULE.judge(hours, lastEnd.plus(Duration.ofHours(2)).plusSeconds(1)))
        .contains(new Silence(lastEnd, Duration.ofHours(1)));
  }

  @Test
  void nightsAreUsual() {
    NavigableSet<Long> hours = new TreeSet<>();
    for (int day = 0; day < 20; day++) {
      for (int hour = 8; hour < 18; hour++) {
        hours.add(hour(0) + day * 24L + hour);
      }
    }
    // From 17 h to 8 h are 15; one and a half of it end at 16:30 of the next day.
    Instant evening = START.plus(Duration.ofHours(19 * 24 + 18));
    assertThat(RULE.judge(hours, evening.plus(Duration.ofMinutes(22 * 60 + 30)))).isEmpty();
    assertThat(RULE.judge(hours, evening.plus(Duration.ofMinutes(22 * 60 + 31))))
        .contains(new Silence(evening, Duration.ofHours(15)));
  }

  /** By now the alarm has nothing left to judge by; it was silent all the same. */
  @Test
  void whatWasSilentForAFortnightStaysSo() {
    NavigableSet<Long> hours = every(1, 24 * 20);
    Instant lastEnd = START.plus(Duration.ofHours(24 * 20));
    Instant nextYear = lastEnd.plus(Duration.ofDays(365));

    assertThat(RULE.judge(hours, nextYear)).isEmpty();
    assertThat(RULE.judgeLong(hours, nextYear)).contains(new Silence(lastEnd, Duration.ofHours(1)));
    assertThat(RULE.judgeLong(hours, lastEnd.plus(Duration.ofHours(2)))).isEmpty();
    assertThat(RULE.judgeLong(every(1, 4), nextYear)).as("too little to judge by").isEmpty();
  }

  /** Two outages of two days do not make a third one usual. */
  @Test
  void outagesAreNotUsual() {
    NavigableSet<Long> hours = every(1, 24 * 25);
    hours.removeIf(h -> h - hour(0) >= 100 && h - hour(0) < 148);
    hours.removeIf(h -> h - hour(0) >= 300 && h - hour(0) < 348);
    assertThat(RULE.judge(hours, START.plus(Duration.ofHours(24 * 25 + 3)))).isPresent();
  }

  /** What was heard long ago is out of the baseline: the rhythm of now counts. */
  @Test
  void onlyTheBaselineCounts() {
    NavigableSet<Long> hours = every(48, 20);
    NavigableSet<Long> later = every(1, 24 * 29);
    later.forEach(h -> hours.add(h + 24 * 60));
    Instant end = START.plus(Duration.ofHours(24 * (60 + 29)));
    assertThat(RULE.judge(hours, end.plus(Duration.ofHours(3)))).isPresent();
  }

  @Test
  void tooLittleIsNotJudged() {
    Instant later = START.plus(Duration.ofDays(20));
    assertThat(RULE.canJudge(new TreeSet<>(), later)).isFalse();
    assertThat(RULE.judge(every(24, 4), later)).isEmpty();
    assertThat(RULE.canJudge(every(24, 5), later)).isTrue();
    assertThat(RULE.judge(every(24, 5), later)).isPresent();
    assertThat(RULE.canJudge(every(1, 100), START.plus(Duration.ofDays(14)))).isTrue();
    assertThat(RULE.canJudge(every(1, 100), START.plus(Duration.ofDays(14)).minusSeconds(1)))
        .isFalse();
  }

  @Test
  void whatWasHeardAfterwardsIsNotKnownYet() {
    NavigableSet<Long> hours = every(1, 24 * 20);
    Instant inBetween = START.plus(Duration.ofDays(15));
    assertThat(RULE.judge(hours, inBetween)).isEmpty();
  }

  @Test
  void aRuleHasLimits() {
    assertThatThrownBy(() -> new SilenceRule(Duration.ofMinutes(59), 1.5, Duration.ofDays(28)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SilenceRule(Duration.ofHours(1), 0.9, Duration.ofDays(28)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SilenceRule(Duration.ofHours(1), 1, Duration.ofDays(13)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new SilenceRule(Duration.ofHours(1), 1, Duration.ofDays(14)).factor()).isEqualTo(1);
  }

  private static NavigableSet<Long> every(int hours, int times) {
    NavigableSet<Long> heard = new TreeSet<>();
    for (int i = 0; i < times; i++) {
      heard.add(hour(0) + (long) i * hours);
    }
    return heard;
  }

  private static long hour(int after) {
    return START.getEpochSecond() / 3600 + after;
  }
}
