package org.auscult.monitoring.use;

import java.util.Objects;
import org.auscult.order.OrderFate;

/**
 * An order of which a card speaks: a draft of the call, or one that the card proposes.
 *
 * @param number of the order within its call: cards that speak of the same one name the same number
 * @param fate what became of it
 */
public record CardOrder(int number, Proposal proposal, OrderFate fate) {
  /** What the card proposes. */
  public enum Proposal {
    /** Nothing that could be taken over. */
    NONE,
    /** That the draft is taken back. */
    REMOVAL,
    /** That it is ordered. */
    ADDITION
  }

  public CardOrder {
    Objects.requireNonNull(proposal);
    Objects.requireNonNull(fate);
  }

  /** Whether it is known if what the card proposes was done. */
  boolean tells() {
    return proposal != Proposal.NONE && fate.isTold();
  }

  /** Whether what the card proposes was done, without change. */
  boolean isDone() {
    return (proposal == Proposal.REMOVAL && fate == OrderFate.NOT_ORDERED)
        || (proposal == Proposal.ADDITION && fate == OrderFate.ORDERED);
  }

  /**
   * Whether something else was done than was drafted; what was not drafted is no draft's change.
   */
  boolean isChange() {
    return proposal == Proposal.ADDITION
        ? fate == OrderFate.ORDERED
        : fate == OrderFate.CHANGED || fate == OrderFate.NOT_ORDERED;
  }
}
