package org.auscult.feature;

import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;

/** A definition with its ValueSets expanded. */
public record ResolvedFeature(
    FeatureDefinition definition, Set<Code> codes, Set<Code> trueAnswers, Set<Code> falseAnswers) {
  public ResolvedFeature {
    Objects.requireNonNull(definition);
    codes = Set.copyOf(codes);
    trueAnswers = Set.copyOf(trueAnswers);
    falseAnswers = Set.copyOf(falseAnswers);
  }

  /** For a definition without any ValueSet. */
  public static ResolvedFeature of(FeatureDefinition definition) {
    return new ResolvedFeature(definition, Set.copyOf(definition.codes()), Set.of(), Set.of());
  }
}
