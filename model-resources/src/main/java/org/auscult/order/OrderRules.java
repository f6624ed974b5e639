package org.auscult.order;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One version of a table of rules that drug orders are held against, immutable.
 *
 * @param featureSet {@code url|version} of what is read of the patient
 * @param egfrModel {@code url|version} of the model that computes the eGFR where none is recorded
 * @param otherDrugs {@code url|version} of the codes of drugs that are known to hold none of these
 *     ingredients; an order that is in no set at all was not checked, and that is said aloud
 * @param rules one for each ingredient
 */
public record OrderRules(
    String url,
    String version,
    String name,
    String title,
    String featureSet,
    String egfrModel,
    String otherDrugs,
    List<DrugRule> rules) {
  public OrderRules {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(featureSet);
    Objects.requireNonNull(egfrModel);
    Objects.requireNonNull(otherDrugs);
    rules = List.copyOf(rules);
    Set<Object> seen = new HashSet<>();
    for (DrugRule rule : rules) {
      if (!seen.add(rule.ingredient())) {
        throw new IllegalArgumentException(rule.title() + " has two rules in " + url);
      }
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("A table has rules: " + url);
    }
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }
}
