package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.auscult.feature.ContextRule.AtTime;
import org.auscult.feature.ContextRule.Lent;
import org.auscult.feature.ContextRule.Recorded;
import org.auscult.feature.ContextRule.Side;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactBuilder;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

/** What the golden cases of contexts cannot say. Safety: 4, 5, 6. */
class ContextsTest {
  private static final Code GLUCOSE = Code.loinc("2345-7");
  private static final Code MEAL = Code.loinc("9059-7");
  private static final Code LOCAL_MEAL = new Code("urn:ward", "lunch");
  private static final Code STATUS = Code.loinc("49541-6");
  private static final Code POST = Code.snomed("24863003");
  private static final Code NIGHT = new Code("urn:context", "night");
  private static final Set<ResourceKind> ALL = Set.of(ResourceKind.values());
  private static final Lookback HOUR = new Lookback(1, Lookback.Unit.HOUR);
  private static final Lookback TWO = new Lookback(2, Lookback.Unit.HOUR);

  private static ContextRule rule(ResourceKind lender, Code... lending) {
    return new ContextRule(
        "urn:rule",
        "1.0.0",
        Selection.of(ResourceKind.OBSERVATION, List.of(GLUCOSE)),
        List.of(new Recorded(POST, Set.of(), Set.of(STATUS), Set.of(Code.loinc("LA33-6")))),
        List.of(new Lent(POST, Selection.of(lender, List.of(lending)), Side.BEFORE, HOUR, TWO)),
        List.of(new AtTime(NIGHT, LocalTime.of(22, 0), LocalTime.of(6, 0))),
        null);
  }

  private static ResolvedFeature asking(ContextRule rule, Operator operator, Code context) {
    Selection selection =
        Selection.of(ResourceKind.OBSERVATION, List.of(GLUCOSE))
            .withFilter(Filter.ALL.withContext(new Filter.InContext(context, rule.canonical())));
    return ResolvedFeature.of(
            Asked.with(
                "glucose",
                operator,
                operator == Operator.COUNT ? "1" : "mg/dL",
                selection,
                Arguments.NONE))
        .withContext(
            ResolvedContextRule.of(
                rule, Set.of(GLUCOSE), List.of(Set.copyOf(rule.lent().get(0).by().codes()))));
  }

  private static ResolvedFeature latest() {
    return asking(rule(ResourceKind.OBSERVATION, MEAL), Operator.LATEST, POST);
  }

  private static FactBuilder glucose(String at) {
    return fact().id("g").codes(GLUCOSE).display(null).at(at).number("150", "mg/dL");
  }

  private static Fact meal(String at) {
    return fact().id("m").codes(MEAL).at(at).number("60", "g").build();
  }

  private static FeatureValue value(
      ResolvedFeature feature, Set<ResourceKind> complete, Fact... facts) {
    return Asked.vector(List.of(feature), complete, facts).value("glucose").orElseThrow();
  }

  @Test
  void saysWhatLentTheContextAndSinceWhenThatIsKnown() {
    Fact late =
        fact()
            .id("m")
            .codes(MEAL)
            .at("2024-06-01T08:30:00Z")
            .known("2024-06-01T11:00:00Z")
            .number("60", "g")
            .build();

    Present present = (Present) value(latest(), ALL, glucose("2024-06-01T10:00:00Z").build(), late);

    assertThat(present.evidence()).hasSize(2).anyMatch(e -> e.startsWith("Observation/m"));
    assertThat(present.known()).isEqualTo(Instant.parse("2024-06-01T11:00:00Z"));
    assertThat(present.effective()).isEqualTo(Instant.parse("2024-06-01T10:00:00Z"));
    assertThat(present.text()).isEqualTo("context inferred for 1 of 1 by urn:rule|1.0.0");
  }

  @Test
  void aDayHasNoDistanceAndNoTimeOfDay() {
    Instant start = Instant.parse("2024-05-31T00:00:00Z");
    EffectiveTime day =
        new EffectiveTime(start, Instant.parse("2024-06-01T00:00:00Z"), null, Precision.DAY);
    Fact ofADay = glucose("2024-05-31T00:00:00Z").effective(day).build();
    Fact mealOfADay = fact().id("m").codes(MEAL).effective(day).build();

    assertThat(value(latest(), ALL, ofADay, meal("2024-05-30T22:30:00Z")))
        .isInstanceOf(Missing.class);
    assertThat(value(latest(), ALL, glucose("2024-05-31T01:30:00Z").build(), mealOfADay))
        .isInstanceOf(Missing.class);
    assertThat(
            value(
                asking(rule(ResourceKind.OBSERVATION, MEAL), Operator.LATEST, NIGHT), ALL, ofADay))
        .isInstanceOf(Missing.class);
  }

  @Test
  void whatHasNoIdMayHaveSpokenAndNobodyCanTell() {
    Fact[] facts = {glucose("2024-06-01T10:00:00Z").id("").build(), meal("2024-06-01T08:30:00Z")};
    assertThat(value(latest(), ALL, facts)).isInstanceOf(Missing.class);
  }

  @Test
  void aComponentOfAnotherResourceIsNotHeard() {
    Fact component =
        fact()
            .id("other")
            .slot(1)
            .codes(STATUS)
            .at("2024-06-01T10:00:00Z")
            .value(new FactValue.Coded(List.of(Code.loinc("LA32-8")), "No"))
            .build();
    Fact[] facts = {
      glucose("2024-06-01T10:00:00Z").build(), meal("2024-06-01T08:30:00Z"), component
    };
    assertThat(value(latest(), ALL, facts)).isInstanceOf(Present.class);
  }

  @Test
  void aMealThatIsAnsweredWithNoLendsNothing() {
    Fact refused =
        fact()
            .id("m")
            .codes(MEAL)
            .at("2024-06-01T08:30:00Z")
            .value(new FactValue.Truth(false))
            .build();
    assertThat(value(latest(), ALL, glucose("2024-06-01T10:00:00Z").build(), refused))
        .isInstanceOf(Missing.class);
  }

  @Test
  void absenceNeedsACompleteSearchForWhatLends() {
    ContextRule byProcedure = rule(ResourceKind.PROCEDURE, LOCAL_MEAL);
    ResolvedFeature count = asking(byProcedure, Operator.COUNT, POST);
    Fact glucose = glucose("2024-06-01T10:00:00Z").build();

    assertThat(((Present) value(count, ALL, glucose)).value()).isZero();
    assertThat(((Missing) value(count, Set.of(ResourceKind.OBSERVATION), glucose)).reason())
        .isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  @Test
  void aDrugThatNobodyCanTellMayBeTheOneThatLends() {
    ContextRule byDrug = rule(ResourceKind.MEDICATION_ADMINISTRATION, Code.rxnorm("1"));
    ResolvedFeature night = asking(byDrug, Operator.LATEST, NIGHT);
    Fact glucose = glucose("2024-06-01T01:00:00Z").build();
    Fact unknown =
        fact()
            .kind(ResourceKind.MEDICATION_ADMINISTRATION)
            .id("a")
            .codes(Medications.UNRESOLVED)
            .at("2024-05-31T23:30:00Z")
            .status("completed")
            .build();

    assertThat(value(night, ALL, glucose)).isInstanceOf(Present.class);
    assertThat(value(night, ALL, glucose, unknown)).isInstanceOf(Missing.class);
    assertThat(night.needs())
        .anyMatch(
            need ->
                need.kind() == ResourceKind.MEDICATION_ADMINISTRATION
                    && need.codes().contains(Medications.UNRESOLVED));
  }

  @Test
  void mappedCodesLendToo() {
    Translation ward = Translation.of(List.of(new Translation.Pair(LOCAL_MEAL, MEAL)), List.of());
    Fact lunch = fact().id("m").codes(LOCAL_MEAL).at("2024-06-01T08:30:00Z").build();
    Fact glucose = glucose("2024-06-01T10:00:00Z").build();

    assertThat(value(latest(), ALL, glucose, lunch)).isInstanceOf(Missing.class);
    ResolvedFeature mapped = latest().mapped(ward);
    assertThat(value(mapped, ALL, glucose, lunch)).isInstanceOf(Present.class);
    assertThat(mapped.terms().mapping()).isNotNull();
    assertThat(mapped.terms().expansion())
        .isEqualTo(latest().mapped(Translation.NONE).terms().expansion());
  }

  @Test
  void whatARuleExpandsToIsPartOfTheFeature() {
    ContextRule rule = rule(ResourceKind.OBSERVATION, MEAL);
    ResolvedFeature one = latest().mapped(Translation.NONE);
    ResolvedFeature other =
        latest()
            .withContext(
                ResolvedContextRule.of(
                    rule, Set.of(GLUCOSE), List.of(Set.of(MEAL, Code.loinc("9052-2")))))
            .mapped(Translation.NONE);
    ResolvedFeature night = asking(rule, Operator.LATEST, NIGHT).mapped(Translation.NONE);

    assertThat(other.terms().expansion()).isNotEqualTo(one.terms().expansion());
    assertThat(night.terms().expansion()).isNotEqualTo(one.terms().expansion());
  }

  @Test
  void readsWhatItsRuleNeeds() {
    ResolvedFeature feature = latest();

    assertThat(feature.needs().stream().flatMap(need -> need.codes().stream()))
        .contains(GLUCOSE, MEAL, STATUS);
    assertThat(feature.mayRead(meal("2024-06-01T08:30:00Z"))).isTrue();
    assertThat(feature.mayRead(fact().codes(LOCAL_MEAL).build())).isFalse();
  }

  @Test
  void refusesDistancesThatAreNone() {
    Selection meals = Selection.of(ResourceKind.OBSERVATION, List.of(MEAL));
    assertThatThrownBy(() -> new Lent(POST, meals, Side.BEFORE, TWO, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Lent(POST, meals, Side.BEFORE, null, new Lookback(1, Lookback.Unit.MONTH)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AtTime(POST, LocalTime.NOON, LocalTime.NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
