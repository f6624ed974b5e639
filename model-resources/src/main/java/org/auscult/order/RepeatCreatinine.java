package org.auscult.order;

import java.util.Objects;

/**
 * That the creatinine should be measured again.
 *
 * @param text for people
 */
public record RepeatCreatinine(Why why, String text) {
  public RepeatCreatinine {
    Objects.requireNonNull(why);
    Objects.requireNonNull(text);
  }

  /** Why. */
  public enum Why {
    /** The kidneys are not in a steady state. */
    UNSTABLE,
    /** None is recorded. */
    MISSING,
    /** The last one lies before the look-back window. */
    TOO_OLD,
    /** The last one cannot be read. */
    UNREADABLE
  }
}
