package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

/** Features of features: their values, their evidence, their order, and what cannot be one. */
class DerivedFeatureTest {
  private static final FeatureDefinition WEIGHT =
      Asked.of(
          "weight",
          Operator.LATEST,
          "kg",
          ResourceKind.OBSERVATION,
          Arguments.NONE,
          Code.loinc("29463-7"));
  private static final FeatureDefinition HEIGHT =
      Asked.of(
          "height",
          Operator.LATEST,
          "cm",
          ResourceKind.OBSERVATION,
          Arguments.NONE,
          Code.loinc("8302-2"));
  private static final Fact WEIGHED =
      fact()
          .id("w")
          .codes(Code.loinc("29463-7"))
          .at("2024-05-01T00:00:00Z")
          .known("2024-05-03T00:00:00Z")
          .number("80", "kg")
          .build();
  private static final Fact MEASURED =
      fact()
          .id("h")
          .codes(Code.loinc("8302-2"))
          .at("2024-05-02T00:00:00Z")
          .number("2", "m")
          .build();

  private static ResolvedFeature bmi() {
    return Asked.derived("bmi", "kg/m2", "weight / height ^ 2", WEIGHT, HEIGHT);
  }

  @Test
  void restsOnAllThatItsInputsRestOn() {
    Present value = (Present) Asked.value(bmi(), WEIGHED, MEASURED);
    assertThat(value.value()).isCloseTo(20, within(1e-9));
    assertThat(value.unit()).isEqualTo("kg/m2");
    assertThat(value.origin()).isEqualTo(Origin.DERIVED);
    assertThat(value.text()).isNull();
    assertThat(value.evidence())
        .containsExactlyInAnyOrder("Observation/w/_history/1", "Observation/h/_history/1");
    assertThat(value.effective()).isEqualTo(Instant.parse("2024-05-02T00:00:00Z"));
    assertThat(value.known()).isEqualTo(Instant.parse("2024-05-03T00:00:00Z"));
  }

  @Test
  void isMissingWhereAnInputIsAndUndefinedWhereArithmeticIs() {
    Missing missing = (Missing) Asked.value(bmi(), WEIGHED);
    assertThat(missing.reason()).isEqualTo(MissingReason.DEPENDENCY);
    assertThat(missing.detail()).isEqualTo("height is missing");
    Fact none = fact().id("h").codes(Code.loinc("8302-2")).number("0", "cm").build();
    assertThat(((Missing) Asked.value(bmi(), WEIGHED, none)).reason())
        .isEqualTo(MissingReason.UNDEFINED);
  }

  @Test
  void isHeldToItsOwnPlausibleRange() {
    ResolvedFeature plain = bmi();
    ResolvedFeature held =
        new ResolvedFeature(
            plain.definition().withPlausible(Range.of("8", "15")),
            Set.of(),
            Set.of(),
            Set.of(),
            plain.inputs());
    assertThat(((Missing) Asked.value(held, WEIGHED, MEASURED)).reason())
        .isEqualTo(MissingReason.IMPLAUSIBLE);
  }

  @Test
  void comesAfterItsInputsWhicheverOrderTheSetHas() {
    ResolvedFeature obese = Asked.derived("obese", "1", "bmi >= 30 'kg/m2'", List.of(bmi()));
    List<ResolvedFeature> members =
        List.of(obese, ResolvedFeature.of(HEIGHT), bmi(), ResolvedFeature.of(WEIGHT));
    FeatureVector vector = Asked.vector(members, Asked.ALL, WEIGHED, MEASURED);
    assertThat(vector.entries())
        .extracting(FeatureVector.Entry::name)
        .containsExactly("obese", "height", "bmi", "weight");
    assertThat(((Present) vector.value("obese").orElseThrow()).value()).isZero();
  }

  @Test
  void whatDoesNotGoTogetherIsNoSet() {
    ResolvedFeature ofLength = Asked.derived("wrong", "kg", "weight + height", WEIGHT, HEIGHT);
    assertThatThrownBy(() -> Asked.value(ofLength))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not measure the same");
    FeatureDefinition since = WEIGHT.withWindow(Window.since(new Window.SinceFeature("height")));
    FeatureDefinition back = HEIGHT.withWindow(Window.since(new Window.SinceFeature("weight")));
    assertThatThrownBy(() -> Asked.value(since, List.of(back)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight -> height -> weight");
    assertThatThrownBy(() -> Asked.value(WEIGHT, List.of(WEIGHT.withPlausible(Range.of("1", "2")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two definitions of https://example.org/weight|1.0.0");
    FeatureDefinition other =
        Asked.of(
            "weight", Operator.MAX, "kg", ResourceKind.OBSERVATION, Arguments.NONE, Asked.SYSTOLIC);
    FeatureDefinition elsewhere =
        new FeatureDefinition(
            "https://example.com/weight",
            other.version(),
            other.name(),
            other.title(),
            other.operator(),
            other.selection(),
            other.window(),
            other.unit(),
            null,
            other.missing(),
            null,
            other.arguments());
    assertThatThrownBy(
            () ->
                Asked.vector(
                    List.of(ResolvedFeature.of(WEIGHT), ResolvedFeature.of(elsewhere)), Asked.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void knowsAllOnWhichAMemberHangs() {
    FeatureDefinition since =
        Asked.pressures("since", Operator.COUNT, "1")
            .withWindow(Window.since(new Window.SinceFeature("weight")));
    ResolvedFeature sum = Asked.derived("sum", "1", "since + 1", since);
    ResolvedFeatureSet set =
        new ResolvedFeatureSet(
            "https://example.org/set",
            "1",
            "set",
            List.of(sum, ResolvedFeature.of(WEIGHT), ResolvedFeature.of(HEIGHT)));
    assertThat(set.sources("sum"))
        .extracting(f -> f.definition().name())
        .containsExactly("sum", "since", "weight");
    assertThat(set.sources("height")).hasSize(1);
    assertThat(set.sources("nobody")).isEmpty();
    assertThat(set.strangers()).isEmpty();
    assertThat(
            new ResolvedFeatureSet("https://example.org/set", "1", "set", List.of(sum)).strangers())
        .containsExactly("weight");
  }
}
