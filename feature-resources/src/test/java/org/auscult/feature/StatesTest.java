package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.feature.Asked.missing;
import static org.auscult.feature.Asked.present;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds at the index time, since when, and for how long things held. */
class StatesTest {
  private static final Code CODE = Code.snomed("195967001");

  private static Fact state(
      ResourceKind kind, String id, String status, String from, @Nullable String until) {
    Instant start = Instant.parse(from);
    Instant end = until == null ? null : Instant.parse(until);
    return fact()
        .kind(kind)
        .id(id)
        .codes(CODE)
        .status(status)
        .effective(new EffectiveTime(start, start, end, Precision.INSTANT))
        .build();
  }

  private static FeatureDefinition feature(Operator operator, ResourceKind kind) {
    return Asked.of(
        "feature", operator, operator == Operator.ACTIVE ? "1" : "d", kind, Arguments.NONE, CODE);
  }

  @ParameterizedTest
  @CsvSource({
    "CONDITION, active, , 1",
    "CONDITION, '', , 1",
    "CONDITION, resolved, , 0",
    "CONDITION, resolved, 2024-06-01T12:00:01Z, 1",
    "CONDITION, resolved, 2024-06-01T12:00:00Z, 0",
    "CONDITION, active, 2024-06-01T12:00:00Z, 0",
    "CONDITION, refuted, , 0",
    "ENCOUNTER, in-progress, , 1",
    "ENCOUNTER, finished, , 0",
    "ENCOUNTER, finished, 2024-06-02T00:00:00Z, 1",
    "ENCOUNTER, planned, , 0",
    "ENCOUNTER, cancelled, 2024-06-02T00:00:00Z, 0",
    "MEDICATION_STATEMENT, active, , 1",
    "MEDICATION_STATEMENT, on-hold, , 0",
    "MEDICATION_STATEMENT, completed, , 0",
    "MEDICATION_STATEMENT, completed, 2024-06-02T00:00:00Z, 1",
    "MEDICATION_STATEMENT, not-taken, 2024-06-02T00:00:00Z, 0",
    "MEDICATION_REQUEST, active, , 1",
    "MEDICATION_REQUEST, completed, , 0",
    "MEDICATION_REQUEST, not-an-order, , 0",
    "ALLERGY_INTOLERANCE, active, , 1"
  })
  void aStateHoldsAsItsStatusAndItsEndSay(
      ResourceKind kind, String status, @Nullable String until, double expected) {
    Fact fact = state(kind, "a", status, "2024-05-01T00:00:00Z", until);
    assertThat(present(feature(Operator.ACTIVE, kind), fact).value()).isEqualTo(expected);
  }

  /** Safety: 4. */
  @ParameterizedTest
  @EnumSource(names = {"ACTIVE", "DURATION", "TOTAL_DURATION"})
  void thatNothingHoldsNeedsACompleteSearch(Operator operator) {
    FeatureDefinition feature = feature(operator, ResourceKind.CONDITION);
    FeatureValue none =
        Asked.vector(List.of(ResolvedFeature.of(feature)), Set.of()).value("feature").orElseThrow();
    assertThat(((Missing) none).reason()).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    if (operator == Operator.DURATION) {
      assertThat(missing(feature)).isEqualTo(MissingReason.NOT_RECORDED);
    } else {
      assertThat(present(feature).value()).isZero();
    }
  }

  /** Safety: 4. An order of which nobody knows the medication might be the one. */
  @Test
  void anUnknownMedicationKeepsANoFromBeingSaid() {
    FeatureDefinition active = feature(Operator.ACTIVE, ResourceKind.MEDICATION_REQUEST);
    Fact unknown =
        fact()
            .kind(ResourceKind.MEDICATION_REQUEST)
            .codes(Medications.UNRESOLVED)
            .status("active")
            .build();
    assertThat(missing(active, unknown)).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  @Test
  void aDurationIsOfTheStateThatBeganLast() {
    FeatureDefinition duration = feature(Operator.DURATION, ResourceKind.CONDITION);
    Fact older = state(ResourceKind.CONDITION, "b", "active", "2024-05-02T12:00:00Z", null);
    Fact newer = state(ResourceKind.CONDITION, "a", "active", "2024-05-31T12:00:00Z", null);
    assertThat(present(duration, older).value()).isEqualTo(30);
    assertThat(present(duration, older, newer).value()).isEqualTo(1);
    Instant known = Instant.parse("2024-05-31T13:00:00Z");
    Fact undated =
        fact()
            .kind(ResourceKind.CONDITION)
            .id("c")
            .codes(CODE)
            .status("active")
            .effective(new EffectiveTime(known, known, null, Precision.UNDATED))
            .build();
    assertThat(missing(duration, undated)).isEqualTo(MissingReason.AMBIGUOUS);
    assertThat(missing(feature(Operator.TOTAL_DURATION, ResourceKind.CONDITION), undated))
        .isEqualTo(MissingReason.AMBIGUOUS);
  }

  /** 1 to 5 May, 3 to 7 May and since 31 May noon: 6 days and 1. */
  @Test
  void overlappingStatesCountOnce() {
    FeatureDefinition total = feature(Operator.TOTAL_DURATION, ResourceKind.CONDITION);
    Fact[] states = {
      state(
          ResourceKind.CONDITION, "b", "resolved", "2024-05-03T00:00:00Z", "2024-05-07T00:00:00Z"),
      state(
          ResourceKind.CONDITION, "a", "resolved", "2024-05-01T00:00:00Z", "2024-05-05T00:00:00Z"),
      state(ResourceKind.CONDITION, "d", "active", "2024-05-31T12:00:00Z", null),
      state(ResourceKind.CONDITION, "e", "refuted", "2024-01-01T00:00:00Z", null)
    };
    assertThat(present(total, states).value()).isEqualTo(7);
    Window days30 = Window.of(new Lookback(29, Lookback.Unit.DAY));
    assertThat(present(total.withWindow(days30), states).value())
        .as("from 3 May, noon")
        .isEqualTo(4.5);
    Window gap = new Window(new Window.Beginning(), true, new Lookback(1, Lookback.Unit.DAY), true);
    assertThat(present(total.withWindow(gap), states).value()).isEqualTo(6);
  }

  @Test
  void howLongItHeldIsUnknownIfNobodyKnowsItsEnd() {
    Fact over = state(ResourceKind.CONDITION, "a", "resolved", "2024-05-01T00:00:00Z", null);
    assertThat(missing(feature(Operator.TOTAL_DURATION, ResourceKind.CONDITION), over))
        .isEqualTo(MissingReason.AMBIGUOUS);
    Fact stay = state(ResourceKind.ENCOUNTER, "a", "finished", "2024-05-01T00:00:00Z", null);
    assertThat(missing(feature(Operator.TOTAL_DURATION, ResourceKind.ENCOUNTER), stay))
        .isEqualTo(MissingReason.AMBIGUOUS);
  }

  @Test
  void staysThatAreOverWereStays() {
    FeatureDefinition total = feature(Operator.TOTAL_DURATION, ResourceKind.ENCOUNTER);
    Fact stay =
        state(
            ResourceKind.ENCOUNTER,
            "a",
            "finished",
            "2024-05-01T00:00:00Z",
            "2024-05-03T12:00:00Z");
    assertThat(present(total, stay).value()).isEqualTo(2.5);
  }
}
