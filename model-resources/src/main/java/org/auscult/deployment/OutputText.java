package org.auscult.deployment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one output looks on a card.
 *
 * @param output its name in the model
 * @param title for people, with the horizon: {@code 10-year risk of cardiovascular disease}
 * @param thresholds null for an output that is shown but bands nothing
 */
public record OutputText(String output, String title, @Nullable Thresholds thresholds) {
  public OutputText {
    Objects.requireNonNull(output);
    Objects.requireNonNull(title);
  }
}
