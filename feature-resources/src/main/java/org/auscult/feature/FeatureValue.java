package org.auscult.feature;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A feature's value, or the reason why there is none. */
public sealed interface FeatureValue {
  /**
   * A value.
   *
   * @param value in {@code unit}; truth as 1 and 0
   * @param unit UCUM; {@code 1} for counts and truth
   * @param text for people: the coded answer or the code's display; null if the number says it
   * @param evidence versioned references of the facts it was made of; empty if absence was the
   *     evidence
   * @param effective when the (latest) evidence was true; null if absence was the evidence
   * @param known since when the record knew all of the evidence
   * @param origin whether measured or put in by the missing policy
   */
  record Present(
      double value,
      String unit,
      @Nullable String text,
      List<String> evidence,
      @Nullable Instant effective,
      @Nullable Instant known,
      Origin origin)
      implements FeatureValue {
    public Present {
      Objects.requireNonNull(unit);
      evidence = List.copyOf(evidence);
      Objects.requireNonNull(origin);
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("A value is a number; missing has its own type");
      }
    }
  }

  /** Where a value comes from. */
  enum Origin {
    RECORD,
    DEFAULT,
    /** From the record, but of before the window. */
    CARRIED,
    /** Made of other features' values. */
    DERIVED
  }

  /**
   * No value.
   *
   * @param detail for people: what was found and why it does not count
   */
  record Missing(MissingReason reason, String detail) implements FeatureValue {
    public Missing {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(detail);
    }
  }
}
