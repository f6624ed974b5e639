package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactOrder;
import org.auscult.timeline.FactQuestion;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One reading looked at as of many times gives, to the last word, what a reading of its own gives.
 *
 * <p>Safety: 8.
 */
class ManyTimesTest {
  private final ResolvedFeatureSet set = OracleFeatures.set();
  private final FeatureEvaluator evaluator =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aReadingLookedAtBeforeSaysWhatAFreshOneSays(long seed) {
    Random random = new Random(seed);
    for (int history = 0; history < 25; history++) {
      List<Fact> rows = RandomHistory.of(random);
      PatientTimeline kept = timeline(rows);
      for (int question = 0; question < 12; question++) {
        AsOf asOf = asOf(random);
        assertThat(evaluator.evaluate(set, kept.asOf(asOf)))
            .isEqualTo(evaluator.evaluate(set, timeline(rows).asOf(asOf)));
      }
    }
  }

  /** What is kept of one set is not taken for what another set reads of the same facts. */
  @Test
  void setsDoNotShareWhatTheyRead() {
    Random random = new Random(15);
    ResolvedFeatureSet other = OracleFeatures.set();
    for (int history = 0; history < 25; history++) {
      PatientTimeline kept = timeline(RandomHistory.of(random));
      AsOf asOf = asOf(random);
      assertThat(evaluator.evaluate(other, kept.asOf(asOf)))
          .isEqualTo(evaluator.evaluate(set, kept.asOf(asOf)));
    }
  }

  /** The kept answer of all times shows each snapshot what looking at every fact shows. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aSnapshotSeesOfAQuestionWhatWasTrueAndKnown(long seed) {
    Random random = new Random(seed);
    int seen = 0;
    for (int history = 0; history < 60; history++) {
      List<Fact> rows = RandomHistory.of(random);
      PatientTimeline timeline = timeline(rows);
      FactQuestion<Fact> question =
          new FactQuestion<>(ResourceKind.OBSERVATION, Set.of(Asked.SYSTOLIC), false, fact -> fact);
      for (int i = 0; i < 12; i++) {
        AsOf asOf = asOf(random);
        List<Fact> visible = new ArrayList<>();
        for (Fact row : rows) {
          if (row.source().kind() == ResourceKind.OBSERVATION
              && row.codes().contains(Asked.SYSTOLIC)
              && !row.context().author().name().equals("MODEL")
              && !row.context().status().equals("entered-in-error")
              && asOf.known().sees(row)
              && !row.effective().visibleFrom().isAfter(asOf.at())) {
            visible.add(row);
          }
        }
        List<Fact> expected = FactOrder.newest(visible);
        assertThat(timeline.asOf(asOf).facts(question)).isEqualTo(expected);
        assertThat(timeline.asOf(asOf).factsOnce(question)).isEqualTo(expected);
        seen += expected.size();
      }
    }
    assertThat(seen).isGreaterThan(500);
  }

  /** A higher version of earlier date takes the place of the lower, wherever that stands. */
  @Test
  void ofOneResourceTheHighestVersionStands() {
    Fact low = FactBuilder.fact().id("1").version(2).at("2024-01-05T00:00:00Z").build();
    Fact high = FactBuilder.fact().id("1").version(3).at("2024-01-01T00:00:00Z").build();
    Fact other = FactBuilder.fact().id("2").version(1).at("2024-01-03T00:00:00Z").build();
    assertThat(FactOrder.newest(List.of(low, other, high))).containsExactly(high, other);
    assertThat(FactOrder.newest(List.of(high, low))).containsExactly(high);
  }

  private static PatientTimeline timeline(List<Fact> rows) {
    return new PatientTimeline("p", 9, rows, EnumSet.allOf(ResourceKind.class));
  }

  private static AsOf asOf(Random random) {
    Instant at = instant(random);
    return switch (random.nextInt(4)) {
      case 0 -> AsOf.current(at);
      case 1 -> AsOf.epoch(at, random.nextInt(40));
      case 2 -> AsOf.instant(at);
      default -> new AsOf(at, new AsOf.Known.ByClock(instant(random)));
    };
  }

  private static Instant instant(Random random) {
    return RandomHistory.START.plus(random.nextInt(RandomHistory.DAYS * 24), ChronoUnit.HOURS);
  }
}
