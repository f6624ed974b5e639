package org.auscult.prediction;

import java.util.List;
import java.util.Objects;

/**
 * Why there is no number.
 *
 * @param code machine-readable: a criterion's code, or a missing reason's
 * @param input the input or feature concerned
 * @param text for people
 * @param evidence versioned references that show it; may be empty
 */
public record Reason(String code, String input, String text, List<String> evidence) {
  public Reason {
    Objects.requireNonNull(code);
    Objects.requireNonNull(input);
    Objects.requireNonNull(text);
    evidence = List.copyOf(evidence);
  }
}
