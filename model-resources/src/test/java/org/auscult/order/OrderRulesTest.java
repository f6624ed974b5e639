package org.auscult.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.order.DoseBand.AdvisedAction;
import org.auscult.order.DoseBand.Bound;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RenalMeasure.Kind;
import org.auscult.order.fhir.ShippedDefinitions;
import org.auscult.timeline.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table cannot say. Safety: 13. */
class OrderRulesTest {
  private static final RegisteredOrderRules SHIPPED = ShippedDefinitions.orderRules("renal-dosing");
  private static final DrugRule METFORMIN = SHIPPED.rules().rules().get(0);

  @ParameterizedTest
  @CsvSource({"BELOW, 29, true", "BELOW, 30, false", "UP_TO, 30, true", "UP_TO, 31, false"})
  void aLimitBelongsToItsBandOrNot(Bound bound, int shown, boolean holds) {
    assertThat(band(30, bound).holds(shown)).isEqualTo(holds);
  }

  @Test
  void theLowestBandThatHoldsStands() {
    DrugRule rule = rule(List.of(band(15, Bound.BELOW), band(30, Bound.UP_TO)));

    assertThat(rule.band(14)).map(DoseBand::limit).contains(15);
    assertThat(rule.band(15)).map(DoseBand::limit).contains(30);
    assertThat(rule.band(31)).isEmpty();
  }

  /** A number that is shown as 30 never lies below 30. */
  @ParameterizedTest
  @CsvSource({"29.999, 29", "30, 30", "30.999, 30", "0.4, 0"})
  void aNumberIsShownRoundedDown(double value, int shown) {
    assertThat(new RenalEstimate(Kind.EGFR, null, value, List.of(), null, null).shown())
        .isEqualTo(shown);
  }

  @Test
  void refusesWhatMakesNoSense() {
    OrderRules rules = SHIPPED.rules();
    List<ThrowingCallable> mistakes =
        List.of(
            () -> band(0, Bound.BELOW),
            () -> rule(List.of()),
            () -> rule(List.of(band(30, Bound.BELOW), band(15, Bound.BELOW))),
            () -> rule(List.of(band(30, Bound.BELOW), band(30, Bound.UP_TO))),
            () -> new RenalMeasure(Kind.COCKCROFT_GAULT, null, null),
            () -> new RenalMeasure(Kind.EGFR, null, null),
            () -> new RenalMeasure(Kind.EGFR, BodyWeight.ACTUAL, Range.of("18", "40")),
            () -> new RenalMeasure(Kind.EGFR_DE_INDEXED, null, Range.of("18", "40")),
            () -> new RenalEstimate(Kind.EGFR, null, 0, List.of(), null, null),
            () -> new RenalEstimate(Kind.EGFR, null, Double.NaN, List.of(), null, null),
            () ->
                new RenalEstimate(Kind.EGFR, null, Double.POSITIVE_INFINITY, List.of(), null, null),
            () -> new Outcome.NotAssessed(List.of()),
            () -> table(List.of()),
            () -> table(List.of(METFORMIN, METFORMIN)),
            () -> new RegisteredOrderRules(rules, SHIPPED.features(), Map.of(), SHIPPED.others()));

    assertThat(mistakes)
        .allSatisfy(
            mistake -> assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class));
    assertThat(band(1, Bound.BELOW).limit()).isEqualTo(1);
  }

  @Test
  void readsNoFeaturesThatLackOneOrAreInAnotherUnit() {
    ResolvedFeatureSet features = SHIPPED.features();
    List<ResolvedFeature> without =
        features.features().stream().filter(f -> !f.definition().name().equals("weight")).toList();
    ResolvedFeatureSet lacking = new ResolvedFeatureSet("urn:x", "1", "x", without);

    assertThat(RenalInputs.misfits(features)).isEmpty();
    assertThat(RenalInputs.misfits(lacking)).containsExactly("urn:x|1 has no feature weight");
    assertThatThrownBy(
            () ->
                new RegisteredOrderRules(
                    SHIPPED.rules(), lacking, SHIPPED.codes(), SHIPPED.others()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no feature weight");
    ResolvedFeatureSet other =
        ShippedDefinitions.featureSet("https://auscult.org/fhir/Library/kfre-inputs|1.0.0");
    assertThat(RenalInputs.misfits(other))
        .containsExactly(
            other.canonical() + " has no feature creatinine",
            other.canonical() + " has no feature weight",
            other.canonical() + " has no feature height");
  }

  @Test
  void readsAllOfAnOrdersCodes() {
    DraftOrder two = new DraftOrder("x", List.of(Code.rxnorm("313782"), Code.rxnorm("860975")), "");

    assertThat(SHIPPED.of(two)).containsExactly(METFORMIN);
    assertThat(SHIPPED.knowsWithoutRule(two)).isFalse();
    assertThat(SHIPPED.knowsWithoutRule(new DraftOrder("x", List.of(Code.rxnorm("313782")), "")))
        .isTrue();
    assertThat(SHIPPED.knowsWithoutRule(new DraftOrder("x", List.of(), ""))).isFalse();
  }

  @Test
  void codesAreTheGuides() {
    for (Kind kind : Kind.values()) {
      assertThat(Kind.of(kind.code())).contains(kind);
    }
    for (BodyWeight weight : BodyWeight.values()) {
      assertThat(BodyWeight.of(weight.code())).contains(weight);
    }
    for (AdvisedAction action : AdvisedAction.values()) {
      assertThat(AdvisedAction.of(action.code())).contains(action);
    }
    for (Severity severity : Severity.values()) {
      assertThat(Severity.of(severity.code())).contains(severity);
    }
    assertThat(Kind.of("mdrd")).isEmpty();
    assertThat(Set.of(Kind.EGFR.unit(), Kind.EGFR_DE_INDEXED.unit())).hasSize(2);
  }

  private static DoseBand band(int limit, Bound bound) {
    return new DoseBand(limit, bound, AdvisedAction.AVOID, Severity.WARNING, "text", null);
  }

  private static DrugRule rule(List<DoseBand> bands) {
    return new DrugRule(
        METFORMIN.ingredient(),
        METFORMIN.title(),
        METFORMIN.valueSet(),
        METFORMIN.measure(),
        bands,
        METFORMIN.source());
  }

  private static OrderRules table(List<DrugRule> rules) {
    return new OrderRules("urn:x", "1", "x", "X", "urn:s|1", "urn:m|1", "urn:o|1", rules);
  }
}
