package org.auscult.cds;

import java.util.Objects;

/**
 * A Coding in a card: system, code and a text that people choose by.
 *
 * <p>Source: CDS Hooks 2.0, "Coding" and "OverrideReasons".
 */
public record CdsCoding(String system, String code, String display) {
  public CdsCoding {
    Objects.requireNonNull(system);
    Objects.requireNonNull(code);
    Objects.requireNonNull(display);
    if (system.isBlank() || code.isBlank() || display.isBlank()) {
      throw new IllegalArgumentException("A coding in a card has system, code and display");
    }
  }
}
