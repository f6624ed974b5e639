package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import org.auscult.timeline.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * How coded answers become a truth: those of one ValueSet are 1, those of the other 0, any other is
 * missing. A measured answer is 1 above the bound that is in its unit, and 0 up to it.
 *
 * @param trueValueSet canonical with version ({@code url|version})
 * @param falseValueSet canonical with version; null if there is no answer that means 0
 * @param trueAbove bounds for measured answers, such as an oxygen flow above 0 L/min
 */
public record CodedAnswers(
    String trueValueSet, @Nullable String falseValueSet, List<Quantity> trueAbove) {
  public CodedAnswers {
    Objects.requireNonNull(trueValueSet);
    trueAbove = List.copyOf(trueAbove);
  }

  /** For answers that are codes only. */
  public CodedAnswers(String trueValueSet, @Nullable String falseValueSet) {
    this(trueValueSet, falseValueSet, List.of());
  }
}
