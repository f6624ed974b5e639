package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.training.IndexRule.Found;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexRuleTest {
  private static final Instant CUT = Instant.parse("2024-06-01T00:00:00Z");
  private static final Stay LONG =
      stay("long", "IMP", "2024-01-01T10:00:00Z", "2024-01-04T10:00:00Z");
  private static final Stay SHORT =
      stay("short", "IMP", "2024-02-01T10:00:00Z", "2024-02-01T20:00:00Z");
  private static final Stay OPEN = stay("open", "ACUTE", "2024-05-31T20:00:00Z", null);
  private static final Stay VISIT =
      stay("visit", "AMB", "2024-03-01T10:00:00Z", "2024-03-01T10:20:00Z");
  private static final Stay UNDATED = new Stay("undated", "IMP", null, null, null);
  private static final List<Stay> ALL = List.of(LONG, SHORT, VISIT, OPEN, UNDATED);

  private static Stay stay(String id, String code, String from, @Nullable String until) {
    return new Stay(
        id, code, Instant.parse(from), until == null ? null : Instant.parse(until), null);
  }

  private static Found of(IndexRule rule) {
    return rule.of("p", ALL, CUT);
  }

  private static List<String> encounters(Found found) {
    return found.times().stream().map(t -> String.valueOf(t.encounter())).toList();
  }

  @Test
  void takesADayAfterEachAdmissionThatLastedSoLong() {
    Found found = of(new IndexRule.Begin(Stay.INPATIENT, Duration.ofHours(24)));

    assertThat(found.times())
        .containsExactly(new IndexTime(Instant.parse("2024-01-02T10:00:00Z"), "long"));
    assertThat(found.excluded())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(Exclusion.STAY_OVER, 1L, Exclusion.AFTER_CUT, 1L, Exclusion.STAY_UNDATED, 1L));
  }

  @Test
  void takesEveryVisitWithItsBegin() {
    Found found = of(new IndexRule.Begin(Set.of(), Duration.ZERO));

    assertThat(encounters(found)).containsExactly("long", "short", "visit", "open");
  }

  @Test
  void takesDischargesOfWhatHasEnded() {
    Found found = of(new IndexRule.End(Stay.INPATIENT, Duration.ofHours(1)));

    assertThat(found.times())
        .containsExactly(
            new IndexTime(Instant.parse("2024-01-04T11:00:00Z"), "long"),
            new IndexTime(Instant.parse("2024-02-01T21:00:00Z"), "short"));
    assertThat(found.excluded()).containsEntry(Exclusion.STAY_OPEN, 2L);
  }

  @Test
  void goesThroughStaysInSteps() {
    Found found =
        of(new IndexRule.During(Stay.INPATIENT, Duration.ofHours(6), Duration.ofHours(24)));

    assertThat(encounters(found)).containsExactly("long", "long", "long", "short");
    assertThat(found.times().get(1).at()).isEqualTo(Instant.parse("2024-01-02T16:00:00Z"));
  }

  /** A stay that nobody closed would otherwise give times without end. */
  @Test
  void boundsTheTimesOfOneStay() {
    Stay forgotten = stay("forgotten", "IMP", "1990-01-01T00:00:00Z", null);
    Found found =
        new IndexRule.During(Set.of(), Duration.ZERO, Duration.ofMinutes(1))
            .of("p", List.of(forgotten), CUT);

    long all = Duration.between(Instant.parse("1990-01-01T00:00:00Z"), CUT).toMinutes() + 1;
    assertThat(found.times()).hasSize(IndexRule.MOST_OF_A_STAY);
    assertThat(found.excluded()).containsEntry(Exclusion.TOO_MANY, all - IndexRule.MOST_OF_A_STAY);
  }

  @Test
  void takesAGridOfBothEnds() {
    Found found =
        of(
            new IndexRule.Grid(
                Instant.parse("2024-05-30T00:00:00Z"),
                Instant.parse("2024-06-02T00:00:00Z"),
                Duration.ofDays(1)));

    assertThat(found.times()).hasSize(3);
    assertThat(found.excluded()).containsEntry(Exclusion.AFTER_CUT, 1L);
    assertThatThrownBy(() -> new IndexRule.Grid(CUT, CUT.minusSeconds(1), Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IndexRule.Grid(CUT, CUT, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new IndexRule.Grid(CUT, CUT.plusSeconds(100_000), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTimesOfEverybodyAndOfOne() {
    Instant early = Instant.parse("2024-01-01T00:00:00Z");
    Instant own = Instant.parse("2023-01-01T00:00:00Z");
    IndexRule rule = new IndexRule.Listed(Set.of(early), Map.of("p", Set.of(own, early)));

    assertThat(rule.of("p", List.of(), CUT).times())
        .containsExactly(new IndexTime(own, null), new IndexTime(early, null));
    assertThat(rule.of("q", List.of(), CUT).times()).containsExactly(new IndexTime(early, null));
  }
}
