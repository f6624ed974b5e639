package org.auscult.model;

import java.util.Objects;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * One output of a model.
 *
 * @param title for people: {@code cardiovascular disease}
 * @param unit UCUM; {@code 1} for a probability
 * @param horizon how far ahead a probability looks; null for a value of now
 * @param code what a value is, such as a LOINC code; null if it has none
 */
public record ModelOutput(
    String name, String title, String unit, @Nullable Lookback horizon, @Nullable Code code) {
  public ModelOutput {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(unit);
  }
}
