package org.auscult.order;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory, for tests of whatever checks orders. */
public final class InMemoryOrderRulesCatalog implements OrderRulesCatalog {
  private final Map<String, RegisteredOrderRules> tables = new HashMap<>();

  /** Registers a table under its {@code url|version}. */
  public InMemoryOrderRulesCatalog add(RegisteredOrderRules rules) {
    tables.put(rules.rules().canonical(), rules);
    return this;
  }

  @Override
  public Optional<RegisteredOrderRules> find(String canonical) {
    return Optional.ofNullable(tables.get(canonical));
  }
}
