package org.auscult.feature;

import java.math.BigDecimal;
import java.util.Objects;

/** What happens when a value is missing. */
public sealed interface MissingPolicy {
  /** The default: say that it is missing, and why. */
  record Report() implements MissingPolicy {}

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
}
