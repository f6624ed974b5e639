package org.auscult.server.feature;

import java.util.List;
import org.auscult.feature.fhir.Problem;
import org.auscult.order.OrderRules;

/** What must hold of a table of order rules beyond its Library. */
public interface OrderRulesCheck {
  /** What it names and is not here, or does not fit; empty if it may be used. */
  List<Problem> problems(OrderRules rules);
}
