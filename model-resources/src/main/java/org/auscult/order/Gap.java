package org.auscult.order;

import java.util.List;
import java.util.Objects;

/**
 * Why an order could not be held against a rule.
 *
 * @param code machine-readable: a missing reason's, or {@code age-out-of-range}
 * @param input the feature concerned
 * @param text for people
 * @param evidence versioned references that show it; may be empty
 */
public record Gap(String code, String input, String text, List<String> evidence) {
  public Gap {
    Objects.requireNonNull(code);
    Objects.requireNonNull(input);
    Objects.requireNonNull(text);
    evidence = List.copyOf(evidence);
  }
}
