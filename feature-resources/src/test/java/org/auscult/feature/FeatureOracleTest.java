package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories with corrections, late arrivals and errors: fast equals slow, everywhere.
 *
 * <p>Safety: 4, 5, 8.
 */
class FeatureOracleTest {
  private static final Instant START = RandomHistory.START;
  private static final int DAYS = RandomHistory.DAYS;

  private final ResolvedFeatureSet set = OracleFeatures.set();
  private final Set<Operator> numbers = EnumSet.noneOf(Operator.class);
  private final FeatureEvaluator evaluator =
      new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void equalsTheNaiveEvaluatorOnRandomHistories(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> outcomes = new HashMap<>();
    for (int history = 0; history < 30; history++) {
      List<Fact> rows = RandomHistory.of(random);
      long epochs = rows.stream().mapToLong(f -> f.epochs().from()).max().orElse(0);
      for (int question = 0; question < 8; question++) {
        compare(rows, asOf(random, epochs), random.nextInt(4) > 0, outcomes);
      }
    }
    assertThat(outcomes)
        .as("histories that never bring a case about test nothing")
        .containsKeys(
            "value",
            "?not-recorded",
            "?search-incomplete",
            "?outside-window",
            "?unit",
            "?implausible",
            "?comparator",
            "?status",
            "?unrecognised-value",
            "?data-absent",
            "?ambiguous",
            "?dependency",
            "?too-few",
            "?undefined");
    assertThat(numbers).as("each operator gave a number").isEqualTo(EnumSet.allOf(Operator.class));
  }

  @Test
  void theSetHasEveryOperatorAndEveryKindOfWindow() {
    assertThat(set.features())
        .extracting(f -> f.definition().operator())
        .contains(Operator.values());
    Set<Class<?>> starts = new HashSet<>();
    set.features().forEach(f -> starts.add(f.definition().window().start().getClass()));
    assertThat(starts).isEqualTo(Set.of(Window.Start.class.getPermittedSubclasses()));
  }

  @Test
  void theHistoriesHaveFactsThatPassEachFilter() {
    Random random = new Random(7);
    Set<String> passed = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      for (FeatureVector.Entry entry :
          vector(RandomHistory.of(random), AsOf.current(START.plus(DAYS, ChronoUnit.DAYS)))) {
        if (entry.value() instanceof Present present && present.value() > 0) {
          passed.add(entry.name());
        }
      }
    }
    for (String filter : OracleFeatures.HOW.keySet()) {
      assertThat(passed).contains("count_" + filter, "latest_" + filter);
    }
  }

  @Test
  void nothingKnownOrEffectiveLaterChangesTheVector() {
    Random random = new Random(99);
    for (int i = 0; i < 200; i++) {
      List<Fact> rows = RandomHistory.of(random);
      Instant at = START.plus(random.nextInt(DAYS), ChronoUnit.DAYS);
      List<Fact> pastOnly = new ArrayList<>();
      for (Fact row : rows) {
        Instant until = row.known().until();
        if (!row.known().from().isAfter(at) && !row.effective().visibleFrom().isAfter(at)) {
          boolean closedLater = until != null && until.isAfter(at);
          pastOnly.add(
              closedLater
                  ? row.withKnown(
                      new KnownTime(row.known().from(), null, row.known().basis()),
                      new Epochs(row.epochs().from(), null))
                  : row);
        }
      }
      assertThat(vector(rows, AsOf.instant(at))).isEqualTo(vector(pastOnly, AsOf.instant(at)));
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      List<Fact> rows = RandomHistory.of(random);
      List<Fact> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      AsOf asOf = AsOf.instant(START.plus(random.nextInt(DAYS), ChronoUnit.DAYS));
      assertThat(vector(shuffled, asOf)).isEqualTo(vector(rows, asOf));
    }
  }

  private List<FeatureVector.Entry> vector(List<Fact> rows, AsOf asOf) {
    return evaluator.evaluate(set, timeline(rows, true).asOf(asOf)).entries();
  }

  private void compare(
      List<Fact> rows, AsOf asOf, boolean complete, Map<String, Integer> outcomes) {
    FeatureVector vector = evaluator.evaluate(set, timeline(rows, complete).asOf(asOf));
    Map<String, FeatureDefinition> definitions = new HashMap<>();
    set.features().forEach(f -> definitions.put(f.definition().name(), f.definition()));
    NaiveEvaluator naive = new NaiveEvaluator(definitions, rows, asOf, complete);
    Map<String, FeatureValue> values = new HashMap<>();
    vector.entries().forEach(entry -> values.put(entry.name(), entry.value()));
    for (FeatureDefinition definition : definitions.values()) {
      String expected = naive.evaluate(definition);
      FeatureValue value = Objects.requireNonNull(values.get(definition.name()));
      Supplier<String> as = () -> definition.name() + " " + asOf + " of " + rows;
      outcomes.merge(expected.startsWith("?") ? expected : "value", 1, Integer::sum);
      if (value instanceof Missing missing) {
        assertThat("?" + missing.reason().code()).as(as).isEqualTo(expected);
      } else {
        assertThat(expected).as(as).doesNotStartWith("?");
        double number = Double.parseDouble(expected);
        assertThat(((Present) value).value())
            .as(as)
            .isCloseTo(number, within(1e-9 * Math.max(1, Math.abs(number))));
        numbers.add(definition.operator());
      }
    }
  }

  private static PatientTimeline timeline(List<Fact> rows, boolean complete) {
    return new PatientTimeline(
        "p", 1, rows, complete ? Set.of(ResourceKind.values()) : Set.<ResourceKind>of());
  }

  private static AsOf asOf(Random random, long epochs) {
    Instant at = START.plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS);
    return switch (random.nextInt(4)) {
      case 0 -> AsOf.current(at);
      case 1 -> AsOf.epoch(at, random.nextInt((int) epochs + 2));
      case 2 ->
          new AsOf(
              at, new AsOf.Known.ByClock(START.plus(random.nextInt(DAYS * 24), ChronoUnit.HOURS)));
      default -> AsOf.instant(at);
    };
  }
}
