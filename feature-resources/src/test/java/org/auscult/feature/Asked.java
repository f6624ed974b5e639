package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.expression.Expression;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;

/** Features as tests ask for them: of a few facts, at noon on a Saturday, 1 June 2024. */
final class Asked {
  static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");
  static final Set<ResourceKind> ALL = Set.of(ResourceKind.values());
  static final Code SYSTOLIC = Code.loinc("8480-6");

  private Asked() {}

  /** A feature of systolic pressures. */
  static FeatureDefinition pressures(String name, Operator operator, String unit) {
    return of(name, operator, unit, ResourceKind.OBSERVATION, Arguments.NONE, SYSTOLIC);
  }

  static FeatureDefinition of(
      String name,
      Operator operator,
      String unit,
      ResourceKind kind,
      Arguments arguments,
      Code... codes) {
    return with(name, operator, unit, Selection.of(kind, List.of(codes)), arguments);
  }

  static FeatureDefinition with(
      String name, Operator operator, String unit, Selection selection, Arguments arguments) {
    return new FeatureDefinition(
        "https://example.org/" + name,
        "1.0.0",
        name,
        name,
        operator,
        selection,
        Window.WHOLE_RECORD,
        unit,
        null,
        new MissingPolicy.Report(),
        null,
        arguments);
  }

  static ResolvedFeature derived(
      String name, String unit, String expression, FeatureDefinition... inputs) {
    return derived(name, unit, expression, Arrays.stream(inputs).map(ResolvedFeature::of).toList());
  }

  static ResolvedFeature derived(
      String name, String unit, String expression, List<ResolvedFeature> inputs) {
    Derivation derivation =
        new Derivation(
            Expression.parse(expression),
            inputs.stream().map(i -> i.definition().canonical()).toList());
    return new ResolvedFeature(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1.0.0",
            name,
            name,
            Operator.DERIVED,
            null,
            Window.WHOLE_RECORD,
            unit,
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE.withDerivation(derivation)),
        Set.of(),
        Set.of(),
        Set.of(),
        inputs);
  }

  static Present present(FeatureDefinition definition, Fact... facts) {
    FeatureValue value = value(definition, facts);
    assertThat(value).isInstanceOf(Present.class);
    return (Present) value;
  }

  static MissingReason missing(FeatureDefinition definition, Fact... facts) {
    FeatureValue value = value(definition, facts);
    assertThat(value).isInstanceOf(Missing.class);
    return ((Missing) value).reason();
  }

  static FeatureValue value(FeatureDefinition definition, Fact... facts) {
    return vector(List.of(ResolvedFeature.of(definition)), ALL, facts)
        .value(definition.name())
        .orElseThrow();
  }

  /** Of the first, with the others in its set. */
  static FeatureValue value(
      FeatureDefinition definition, List<FeatureDefinition> others, Fact... facts) {
    List<ResolvedFeature> features =
        new ArrayList<>(
            Stream.concat(Stream.of(definition), others.stream())
                .map(ResolvedFeature::of)
                .toList());
    return vector(features, ALL, facts).value(definition.name()).orElseThrow();
  }

  static FeatureValue value(ResolvedFeature feature, Fact... facts) {
    return vector(List.of(feature), ALL, facts).value(feature.definition().name()).orElseThrow();
  }

  static FeatureVector vector(
      List<ResolvedFeature> features, Set<ResourceKind> complete, Fact... facts) {
    return new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)
        .evaluate(
            new ResolvedFeatureSet("https://example.org/set", "1", "set", features),
            new PatientTimeline("p", 1, Arrays.asList(facts), complete).asOf(AsOf.current(NOON)));
  }
}
