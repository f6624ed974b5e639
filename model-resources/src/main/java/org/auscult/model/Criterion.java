package org.auscult.model;

import java.util.Objects;
import org.auscult.feature.Range;
import org.jspecify.annotations.Nullable;

/**
 * A condition for a model to speak of a patient at all, apart from the ranges of its inputs (safety
 * rule 10).
 *
 * @param feature the feature of the model's set that is looked at
 * @param code machine-readable reason when it is not met: {@code known-cvd}
 * @param text the same for people
 */
public record Criterion(String feature, Rule rule, String code, String text) {
  public Criterion {
    Objects.requireNonNull(feature);
    Objects.requireNonNull(rule);
    Objects.requireNonNull(code);
    Objects.requireNonNull(text);
  }

  /** What the feature's value must be. */
  public sealed interface Rule {
    boolean admits(double value);

    /** The truth must be false: no known cardiovascular disease. */
    record MustBeFalse() implements Rule {
      @Override
      public boolean admits(double value) {
        return value == 0;
      }
    }

    /**
     * The number must lie in a range, ends included.
     *
     * @param unit the UCUM unit of the range, which must be the feature's; null if not stated
     */
    record Within(Range range, @Nullable String unit) implements Rule {
      public Within {
        Objects.requireNonNull(range);
      }

      @Override
      public boolean admits(double value) {
        return range.contains(value);
      }
    }
  }
}
