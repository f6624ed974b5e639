package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.fairness.GroupGaps;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.LabelledScores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody reads of ten people or fewer. */
class SmallCellsTest {
  private static Set<String> hidden(Map<String, long[]> cells) {
    return SmallCells.hidden(cells, Set.of());
  }

  @Test
  void elevenAreShownAndTenAreNot() {
    assertThat(hidden(Map.of("a", new long[] {11}, "b", new long[] {11}))).isEmpty();
    assertThat(hidden(Map.of("a", new long[] {10}, "b", new long[] {50}, "c", new long[] {60})))
        .containsExactly("a", "b");
  }

  @Test
  void oneIsNeverHiddenAlone() {
    assertThat(hidden(Map.of("a", new long[] {3}, "b", new long[] {900})))
        .containsExactly("a", "b");
    assertThat(hidden(Map.of("a", new long[] {3}))).containsExactly("a");
  }

  @Test
  void whatIsHiddenTogetherIsMoreThanTen() {
    Map<String, long[]> cells = new TreeMap<>();
    cells.put("a", new long[] {40, 2});
    cells.put("b", new long[] {50, 3});
    cells.put("c", new long[] {30, 20});
    cells.put("d", new long[] {90, 80});
    assertThat(hidden(cells)).containsExactly("a", "b", "c");
  }

  @Test
  void noTableGivesACellAway() {
    Random random = new Random(1);
    for (int table = 0; table < 500; table++) {
      Map<String, long[]> cells = new HashMap<>();
      for (int group = 0; group < 1 + random.nextInt(6); group++) {
        cells.put("g" + group, new long[] {random.nextInt(60), random.nextInt(60)});
      }
      Set<String> hidden = hidden(cells);
      for (int cell = 0; cell < 2; cell++) {
        long together = 0;
        for (var group : cells.entrySet()) {
          if (hidden.contains(group.getKey())) {
            together += group.getValue()[cell];
          } else {
            assertThat(group.getValue()[cell]).isGreaterThan(10);
          }
        }
        if (!hidden.isEmpty() && hidden.size() < cells.size()) {
          assertThat(together).isGreaterThan(10);
          assertThat(hidden).hasSizeGreaterThan(1);
        }
      }
    }
  }

  private static LabelledScores rows(int... counts) {
    LabelledScores.Builder builder = LabelledScores.builder();
    double[] scores = {0.8, 0.7, 0.3, 0.2};
    boolean[] events = {true, false, true, false};
    for (int cell = 0; cell < 4; cell++) {
      for (int i = 0; i < counts[cell]; i++) {
        builder.add(scores[cell], events[cell]);
      }
    }
    return builder.build();
  }

  @Test
  void aFigureIsHiddenWhereItsCellsAreSmall() {
    // Of b, the confusion matrix has a small cell, but neither its labels nor its flags.
    GroupEvaluation groups =
        GroupEvaluation.of(
            Map.of("a", rows(50, 50, 50, 50), "b", rows(40, 5, 40, 40), "c", rows(30, 30, 30, 30)));
    Map<String, List<Estimate>> all = groups.all(List.of(0.5));
    assertThat(groups.hidden()).isEmpty();
    assertThat(reason(all, "b", "sensitivity")).isEqualTo(Reason.SMALL_CELL);
    assertThat(reason(all, "c", "sensitivity")).isEqualTo(Reason.SMALL_CELL);
    assertThat(reason(all, "a", "sensitivity")).isNull();
    assertThat(reason(all, "b", "auroc")).isNull();
    assertThat(reason(all, "b", "flag-rate")).isNull();
    // With one group left to be shown there is no gap.
    for (Estimate gap : GroupGaps.of(groups, 0.5).all()) {
      if (gap.definition().name().startsWith("equal")) {
        assertThat(gap.optional()).isEmpty();
      }
    }
  }

  @Test
  void ratiosAlarmOutsideOfTheBand() {
    GroupEvaluation groups =
        GroupEvaluation.of(
            Map.of(
                "a", rows(50, 50, 50, 50), "b", rows(30, 30, 60, 60), "c", rows(40, 40, 40, 45)));
    Map<String, Estimate> ratios = GroupGaps.of(groups, 0.5).ratiosToLargest();
    assertThat(ratios.keySet()).containsExactly("b", "c");
    assertThat(GroupGaps.alarms(ratios.getOrDefault("b", unknown()))).isTrue();
    assertThat(GroupGaps.alarms(ratios.getOrDefault("c", unknown()))).isFalse();
    assertThat(GroupGaps.alarms(unknown())).isFalse();
  }

  private static Estimate unknown() {
    return Definition.of("none", "none").unknown(0, Reason.TOO_FEW, "none");
  }

  private static @Nullable Reason reason(
      Map<String, List<Estimate>> all, String group, String figure) {
    for (Estimate estimate : all.getOrDefault(group, List.of())) {
      if (estimate.definition().name().equals(figure)) {
        return estimate instanceof Estimate.Unknown unknown ? unknown.reason() : null;
      }
    }
    throw new AssertionError("no " + figure + " of " + group);
  }
}
