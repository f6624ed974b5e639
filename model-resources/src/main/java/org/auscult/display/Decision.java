package org.auscult.display;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of one card.
 *
 * @param card its number within its call, from 1
 * @param says what it says without time and ids
 * @param withheld why it is not shown; null if it is shown
 */
public record Decision(int card, String says, Urgency urgency, @Nullable WithheldReason withheld) {
  public Decision {
    Objects.requireNonNull(says);
    Objects.requireNonNull(urgency);
  }

  static Decision of(Candidate candidate, @Nullable WithheldReason withheld) {
    return new Decision(candidate.number(), candidate.says(), candidate.urgency(), withheld);
  }

  /** The same, withheld because another card says it. */
  public Decision asDuplicate() {
    return new Decision(card, says, urgency, WithheldReason.DUPLICATE);
  }

  /** Whether the card is shown. */
  public boolean shows() {
    return withheld == null;
  }
}
