package org.auscult.cds.hook;

import java.util.List;
import org.auscult.cds.Card;

/**
 * Of which orders a card speaks, and what it offers to be taken over.
 *
 * @param orders references of drafts, the caller's; empty if it is of no order check
 */
public record CardOffer(List<String> orders, List<Card.Suggestion> suggestions) {
  /** Nothing. */
  public static final CardOffer NONE = new CardOffer(List.of(), List.of());

  public CardOffer {
    orders = List.copyOf(orders);
    suggestions = List.copyOf(suggestions);
  }
}
