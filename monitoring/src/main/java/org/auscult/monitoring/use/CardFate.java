package org.auscult.monitoring.use;

import java.util.List;
import java.util.Objects;
import org.auscult.monitoring.performance.Standing;
import org.jspecify.annotations.Nullable;

/**
 * What became of a card that could be shown.
 *
 * @param withheld the code of why it was not shown; null if it was
 * @param suggests whether it offered something to be taken over
 * @param warns whether it is more than information: the prediction lies at or above the
 *     deployment's limit to warn
 * @param reply the last one
 * @param reason of an override, {@code system|code}; null if none was told
 * @param standing what became of the patient; {@link Standing#NOT_OBSERVED} if it is of no
 *     prediction
 * @param orders of which it speaks
 */
public record CardFate(
    @Nullable String withheld,
    boolean suggests,
    boolean warns,
    Reply reply,
    @Nullable String reason,
    Standing standing,
    List<CardOrder> orders) {
  public CardFate {
    Objects.requireNonNull(reply);
    Objects.requireNonNull(standing);
    orders = List.copyOf(orders);
  }

  /** One that speaks of no order. */
  public CardFate(
      @Nullable String withheld,
      boolean suggests,
      boolean warns,
      Reply reply,
      @Nullable String reason,
      Standing standing) {
    this(withheld, suggests, warns, reply, reason, standing, List.of());
  }

  /** Whether it was shown. */
  public boolean isShown() {
    return withheld == null;
  }

  /** Whether the patient is known to have had the event, or not to have had it. */
  boolean hasOutcome() {
    return standing == Standing.EVENT || standing == Standing.NO_EVENT;
  }

  /** Whether what it says came true: a warning and an event, or neither. */
  boolean isRight() {
    return warns == (standing == Standing.EVENT);
  }
}
