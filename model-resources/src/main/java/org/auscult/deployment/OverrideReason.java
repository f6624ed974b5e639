package org.auscult.deployment;

import java.util.Objects;

/** A reason that a clinician may give for not following a card: system, code and text. */
public record OverrideReason(String system, String code, String display) {
  public OverrideReason {
    Objects.requireNonNull(system);
    Objects.requireNonNull(code);
    Objects.requireNonNull(display);
    if (system.isBlank() || code.isBlank() || display.isBlank()) {
      throw new IllegalArgumentException("A reason has system, code and display");
    }
  }
}
