package org.auscult.order;

import java.util.List;
import java.util.Objects;
import org.auscult.feature.FeatureVector;
import org.jspecify.annotations.Nullable;

/**
 * What one table of rules says of the orders of one call; enough to show it again as it was shown.
 *
 * @param rules {@code url|version}
 * @param vector the features as they were read
 * @param stability whether a number of the kidneys can be trusted
 * @param estimates each number of the kidneys that a rule was held against, once
 * @param findings in the order of the orders
 * @param repeat that the creatinine should be measured again; null if nothing calls for it
 */
public record OrderCheck(
    String rules,
    FeatureVector vector,
    Stability stability,
    List<RenalEstimate> estimates,
    List<OrderFinding> findings,
    @Nullable RepeatCreatinine repeat) {
  public OrderCheck {
    Objects.requireNonNull(rules);
    Objects.requireNonNull(vector);
    Objects.requireNonNull(stability);
    estimates = List.copyOf(estimates);
    findings = List.copyOf(findings);
  }
}
