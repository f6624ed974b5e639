package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;

/**
 * A definition with its ValueSets expanded.
 *
 * @param inputs of a derived feature: those that its expression names; otherwise empty
 */
public record ResolvedFeature(
    FeatureDefinition definition,
    Set<Code> codes,
    Set<Code> trueAnswers,
    Set<Code> falseAnswers,
    List<ResolvedFeature> inputs) {
  public ResolvedFeature {
    Objects.requireNonNull(definition);
    codes = Set.copyOf(codes);
    trueAnswers = Set.copyOf(trueAnswers);
    falseAnswers = Set.copyOf(falseAnswers);
    inputs = List.copyOf(inputs);
  }

  /** One that is made of facts. */
  public ResolvedFeature(
      FeatureDefinition definition,
      Set<Code> codes,
      Set<Code> trueAnswers,
      Set<Code> falseAnswers) {
    this(definition, codes, trueAnswers, falseAnswers, List.of());
  }

  /** For a definition without any ValueSet. */
  public static ResolvedFeature of(FeatureDefinition definition) {
    return new ResolvedFeature(definition, Set.copyOf(definition.codes()), Set.of(), Set.of());
  }
}
