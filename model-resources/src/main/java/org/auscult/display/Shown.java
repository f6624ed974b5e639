package org.auscult.display;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A card that was shown to one user, of one patient.
 *
 * @param at when it was shown
 * @param says what it said without time and ids
 * @param overriddenAt when the user overrode it; null if that is not known
 */
public record Shown(Instant at, String says, Urgency urgency, @Nullable Instant overriddenAt) {
  public Shown {
    Objects.requireNonNull(at);
    Objects.requireNonNull(says);
    Objects.requireNonNull(urgency);
  }
}
