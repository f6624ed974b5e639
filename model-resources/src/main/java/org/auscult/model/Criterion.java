package org.auscult.model;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
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

    /** Whether a patient of whom the feature is missing may still be one whom the model is for. */
    default boolean admitsUnknown() {
      return true;
    }

    /** The UCUM unit in which the rule is written, if it states one. */
    default Optional<String> statedUnit() {
      return Optional.empty();
    }

    /** The truth must be false: no known cardiovascular disease. */
    record MustBeFalse() implements Rule {
      @Override
      public boolean admits(double value) {
        return value == 0;
      }
    }

    /**
     * The truth must be known to be true. Unknown is not true: the model keeps silent (rule 14).
     */
    record MustBeTrue() implements Rule {
      @Override
      public boolean admits(double value) {
        return value != 0;
      }

      @Override
      public boolean admitsUnknown() {
        return false;
      }
    }

    /**
     * The number must lie below a bound, which itself is excluded: an eGFR below 60.
     *
     * @param unit the UCUM unit of the bound, which must be the feature's
     */
    record Below(BigDecimal bound, String unit) implements Rule {
      public Below {
        Objects.requireNonNull(bound);
        Objects.requireNonNull(unit);
      }

      @Override
      public boolean admits(double value) {
        return value < bound.doubleValue();
      }

      @Override
      public Optional<String> statedUnit() {
        return Optional.of(unit);
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

      @Override
      public Optional<String> statedUnit() {
        return Optional.ofNullable(unit);
      }
    }
  }
}
