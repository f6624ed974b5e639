package org.auscult.golden.fhir;

import java.util.List;
import java.util.Objects;
import org.auscult.feature.FeatureValue;
import org.jspecify.annotations.Nullable;

/**
 * What came of one case.
 *
 * @param features one for each that it expects something of; empty if it failed as a whole
 * @param failure why no vector could be made; null if one was
 */
public record CaseResult(GoldenCase golden, List<Compared> features, @Nullable String failure) {
  public CaseResult {
    Objects.requireNonNull(golden);
    features = List.copyOf(features);
  }

  /** Whether everything was as expected. */
  public boolean isEqual() {
    return failure == null && features.stream().allMatch(Compared::isEqual);
  }

  /**
   * One feature.
   *
   * @param refuses whether it refuses the vector
   * @param differences what is not as expected, such as {@code unit}; empty if all is
   */
  public record Compared(
      String feature,
      Expectation expected,
      FeatureValue actual,
      boolean refuses,
      List<String> differences) {
    public Compared {
      Objects.requireNonNull(feature);
      Objects.requireNonNull(expected);
      Objects.requireNonNull(actual);
      differences = List.copyOf(differences);
    }

    public boolean isEqual() {
      return differences.isEmpty();
    }
  }
}
