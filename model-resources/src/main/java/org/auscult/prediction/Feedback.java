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
 * @param by who answered; null for what was stored before that was kept
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
    @Nullable String userComment,
    @Nullable Answerer by) {
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

  /** The same, as given by somebody at a time. */
  Feedback given(Answerer answerer, Instant when) {
    return new Feedback(
        card,
        service,
        outcome,
        when,
        acceptedSuggestions,
        reasonSystem,
        reasonCode,
        reasonDisplay,
        userComment,
        answerer);
  }

  /** Whether it says the same of the same card, whenever and by whom. */
  boolean saysTheSameAs(Feedback other) {
    return content().equals(other.content());
  }

  /** What it says, without who and when. */
  List<Object> content() {
    return List.of(
        card,
        outcome,
        acceptedSuggestions,
        Objects.requireNonNullElse(reasonSystem, ""),
        Objects.requireNonNullElse(reasonCode, ""),
        Objects.requireNonNullElse(userComment, ""));
  }
}
