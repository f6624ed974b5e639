package org.auscult.prediction;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A clinician's answer to a card.
 *
 * @param service id of the CDS service that it came to
 * @param at when the answer was given, by the caller's clock
 * @param acceptedSuggestions uuids; empty unless accepted
 */
public record Feedback(
    UUID card,
    String service,
    Outcome outcome,
    Instant at,
    List<String> acceptedSuggestions,
    @Nullable String reasonSystem,
    @Nullable String reasonCode,
    @Nullable String reasonDisplay,
    @Nullable String userComment) {
  /** What was done with the card. */
  public enum Outcome {
    ACCEPTED,
    OVERRIDDEN
  }

  public Feedback {
    Objects.requireNonNull(card);
    Objects.requireNonNull(service);
    Objects.requireNonNull(outcome);
    Objects.requireNonNull(at);
    acceptedSuggestions = List.copyOf(acceptedSuggestions);
  }
}
