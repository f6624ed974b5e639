package org.auscult.statistics.multivariate;

import java.util.List;
import org.auscult.statistics.estimate.Estimate;

/** All figures of many variables taken together. */
public final class JointDrift {
  private JointDrift() {}

  /**
   * Domain classifier, maximum mean discrepancy, reconstruction error and change of correlations.
   *
   * @param permutations of each test
   * @throws IllegalArgumentException if the variables are not as many
   */
  public static List<Estimate> of(Rows reference, Rows current, int permutations, long seed) {
    return List.of(
        DomainClassifier.of(reference, current, permutations, seed),
        MeanDiscrepancy.of(reference, current, permutations, seed),
        ReconstructionError.of(reference, current, permutations, seed),
        CorrelationChange.of(reference, current, permutations, seed));
  }
}
