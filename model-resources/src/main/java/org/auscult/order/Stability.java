package org.auscult.order;

import java.util.List;
import java.util.Objects;

/**
 * Whether the last creatinine was measured while the kidneys were in a steady state; only then does
 * a number made of it say how they filter.
 *
 * @param text for people
 * @param evidence versioned references that show it; may be empty
 */
public record Stability(State state, String text, List<String> evidence) {
  public Stability {
    Objects.requireNonNull(state);
    Objects.requireNonNull(text);
    evidence = List.copyOf(evidence);
  }

  /** What can be said. */
  public enum State {
    /** Two or more values within seven days, and no rise. */
    STABLE,
    /** A rise, or a diagnosis of acute kidney injury: no number is trusted. */
    UNSTABLE,
    /** Too little to tell: said, and blocks nothing. */
    NOT_JUDGED
  }
}
