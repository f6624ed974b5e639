package org.auscult.deployment;

import java.util.Objects;

/**
 * What a deployment's cards are about, for callers that sort or filter them: system, code, text.
 */
public record Topic(String system, String code, String display) {
  public Topic {
    Objects.requireNonNull(system);
    Objects.requireNonNull(code);
    Objects.requireNonNull(display);
    if (system.isBlank() || code.isBlank() || display.isBlank()) {
      throw new IllegalArgumentException("A topic has system, code and display");
    }
  }
}
