package org.auscult.feature;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How coded answers become a truth: those of one ValueSet are 1, those of the other 0, any other is
 * missing.
 *
 * @param trueValueSet canonical with version ({@code url|version})
 * @param falseValueSet canonical with version; null if there is no answer that means 0
 */
public record CodedAnswers(String trueValueSet, @Nullable String falseValueSet) {
  public CodedAnswers {
    Objects.requireNonNull(trueValueSet);
  }
}
