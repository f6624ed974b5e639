package org.auscult.deployment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one output looks on a card.
 *
 * @param output its name in the model
 * @param title for people, with the horizon: {@code 10-year risk of cardiovascular disease}
 * @param thresholds null for an output that is shown but bands nothing
 * @param showFrom from which number on, in the unit shown, the card is shown; null leaves it to the
 *     hook ({@link #showFrom(Hook)})
 */
public record OutputText(
    String output, String title, @Nullable Thresholds thresholds, @Nullable Double showFrom) {
  public OutputText {
    Objects.requireNonNull(output);
    Objects.requireNonNull(title);
  }

  /** An output that is shown from where its hook says. */
  public OutputText(String output, String title, @Nullable Thresholds thresholds) {
    this(output, title, thresholds, null);
  }

  /**
   * From which number on a card is shown on a hook; null shows it always. Who opens a chart asked
   * for nothing, so there it is the warning unless stated otherwise (safety rule 24).
   */
  public @Nullable Double showFrom(Hook hook) {
    if (showFrom != null || hook != Hook.PATIENT_VIEW) {
      return showFrom;
    }
    return thresholds == null ? null : thresholds.warning();
  }
}
