package org.auscult.prediction;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Feedback as the journal keeps it.
 *
 * @param id follows from what makes an answer the same one, so that nothing is counted twice
 * @param other the user who gave it, if that is not the one to whom the card was shown; null if it
 *     is: only that one's answers bear on what they are shown next
 */
public record Answer(UUID id, Feedback feedback, @Nullable String other) {
  public Answer {
    Objects.requireNonNull(id);
    Objects.requireNonNull(feedback);
  }
}
