package org.auscult.display;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A card that could be shown.
 *
 * @param number of the card within its call, from 1
 * @param topic what the card speaks of: two of a call with the same topic are duplicates
 * @param says what it says without time and ids: the same text again is nothing new
 * @param shown the number on the card, rounded as there, in the unit there; null if it has none
 * @param threshold from where on it is shown; null shows it always
 */
public record Candidate(
    int number,
    String topic,
    String says,
    Urgency urgency,
    @Nullable Double shown,
    @Nullable Double threshold) {
  public Candidate {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(says);
    Objects.requireNonNull(urgency);
  }

  boolean isBelowThreshold() {
    return shown != null && threshold != null && shown < threshold;
  }
}
