package org.auscult.order;

import java.util.Optional;

/** Port: the tables of order rules that are registered. */
public interface OrderRulesCatalog {
  /**
   * One version of a table, ready to check.
   *
   * @param canonical {@code url|version}
   */
  Optional<RegisteredOrderRules> find(String canonical);
}
