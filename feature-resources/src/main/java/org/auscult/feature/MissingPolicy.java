package org.auscult.feature;

import java.math.BigDecimal;
import java.util.Objects;

/** What happens when a value is missing. */
public sealed interface MissingPolicy {
  /** The default: say that it is missing, and why. */
  record Report() implements MissingPolicy {}

  /** No vector without this value: who asks for one is told which feature refuses, and why. */
  record Refuse() implements MissingPolicy {}

  /**
   * Put in a stated value when nothing was recorded, or only before the window (never when
   * something implausible or unreadable was).
   *
   * @param provenance where the value comes from, such as a cited population mean
   */
  record Default(BigDecimal value, String provenance) implements MissingPolicy {
    public Default {
      Objects.requireNonNull(value);
      if (provenance.isBlank()) {
        throw new IllegalArgumentException("A default needs a stated provenance");
      }
    }
  }

  /**
   * Carry forward the last value before the window, where the window holds none, if it is no older
   * at the index time than this.
   *
   * @param otherwise what happens where there is none of that age; not another one of these
   */
  record CarryForward(Lookback maximumAge, MissingPolicy otherwise) implements MissingPolicy {
    public CarryForward {
      Objects.requireNonNull(maximumAge);
      if (otherwise instanceof CarryForward) {
        throw new IllegalArgumentException("A value is carried forward once");
      }
    }
  }

  /** Whether it puts in what was not recorded for this time. */
  default boolean fillsIn() {
    return this instanceof Default || this instanceof CarryForward;
  }

  /** Whether it is, or ends in, a refusal. */
  default boolean refuses() {
    return this instanceof Refuse
        || (this instanceof CarryForward carry && carry.otherwise() instanceof Refuse);
  }
}
