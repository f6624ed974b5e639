package org.auscult.feature;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory, for tests of whatever needs one. */
public final class InMemoryFeatureCatalog implements FeatureCatalog {
  private final Map<String, ResolvedFeatureSet> sets = new HashMap<>();

  /** Registers a set and its members. */
  public InMemoryFeatureCatalog add(ResolvedFeatureSet set) {
    sets.put(set.canonical(), set);
    return this;
  }

  @Override
  public Optional<ResolvedFeatureSet> featureSet(String canonical) {
    return Optional.ofNullable(sets.get(canonical));
  }

  @Override
  public Optional<ResolvedFeature> feature(String canonical) {
    return sets.values().stream()
        .flatMap(set -> set.features().stream())
        .filter(feature -> feature.definition().canonical().equals(canonical))
        .findFirst();
  }
}
