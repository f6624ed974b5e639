package org.auscult.order;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.Code;

/**
 * A table of rules with its ValueSets and features expanded.
 *
 * @param codes by the canonical of each rule's ValueSet
 * @param others the codes of drugs that none of the rules speaks of
 */
public record RegisteredOrderRules(
    OrderRules rules, ResolvedFeatureSet features, Map<String, Set<Code>> codes, Set<Code> others) {
  public RegisteredOrderRules {
    Objects.requireNonNull(rules);
    Objects.requireNonNull(features);
    codes = Map.copyOf(codes);
    others = Set.copyOf(others);
    for (DrugRule rule : rules.rules()) {
      if (codes.getOrDefault(rule.valueSet(), Set.of()).isEmpty()) {
        throw new IllegalArgumentException(rule.valueSet() + " is not expanded");
      }
    }
    List<String> misfits = RenalInputs.misfits(features);
    if (!misfits.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", misfits));
    }
  }

  /** The rules of all ingredients that an order's codes name, in the table's order. */
  public List<DrugRule> of(DraftOrder order) {
    Set<Code> ordered = new HashSet<>(order.codes());
    return rules.rules().stream()
        .filter(
            rule ->
                ordered.contains(rule.ingredient())
                    || Objects.requireNonNull(codes.get(rule.valueSet())).stream()
                        .anyMatch(ordered::contains))
        .toList();
  }

  /** Whether an order is known to be of a drug that no rule speaks of. */
  public boolean knowsWithoutRule(DraftOrder order) {
    return of(order).isEmpty() && order.codes().stream().anyMatch(others::contains);
  }
}
