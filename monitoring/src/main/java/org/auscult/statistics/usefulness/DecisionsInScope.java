package org.auscult.statistics.usefulness;

import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * Decisions that a model has a say in, and what became of them.
 *
 * @param all in scope, whether a card was shown or not
 * @param asProposed taken as the model proposed, without change
 * @param changedAndRight changed after the card, and right by the outcome
 */
public record DecisionsInScope(long all, long asProposed, long changedAndRight) {
  private static final Definition REPLACEMENT =
      Definition.of("replacement-rate", "decisions taken as proposed / decisions in scope");
  private static final Definition ENHANCEMENT =
      Definition.of(
          "enhancement-rate",
          "decisions changed after the card and right by outcome / decisions in scope");

  public DecisionsInScope {
    if (asProposed < 0 || changedAndRight < 0 || asProposed > all || changedAndRight > all) {
      throw new IllegalArgumentException("Parts of the decisions are no more than all of them");
    }
  }

  /** Replacement and enhancement rate. */
  public List<Estimate> rates() {
    return List.of(
        new Proportion(asProposed, all).estimate(REPLACEMENT, "decisions"),
        new Proportion(changedAndRight, all).estimate(ENHANCEMENT, "decisions"));
  }
}
