package org.auscult.feature;

import java.util.List;
import java.util.Optional;

/** Port: the feature definitions and sets that are registered. */
public interface FeatureCatalog {
  /**
   * A feature set with its definitions expanded.
   *
   * @param canonical {@code url|version}
   * @return empty if there is none, or one of its members is not registered
   */
  Optional<ResolvedFeatureSet> featureSet(String canonical);

  /**
   * Why a set that is here cannot be used, for people; empty if it can be, or is not here.
   *
   * @param canonical {@code url|version}
   */
  default List<String> obstacles(String canonical) {
    return List.of();
  }

  /** One definition, expanded; by {@code url|version}. */
  Optional<ResolvedFeature> feature(String canonical);
}
