package org.auscult.order;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says where the kidneys' measure is low.
 *
 * @param limit in the unit of the rule's measure; a whole number, so that what is compared is the
 *     number as shown, which is rounded down
 * @param bound whether the limit itself belongs to the band
 * @param text for the clinician, in plain words
 * @param dose what the source says of the dose; null if it says nothing
 */
public record DoseBand(
    int limit,
    Bound bound,
    AdvisedAction action,
    Severity severity,
    String text,
    @Nullable String dose) {
  public DoseBand {
    Objects.requireNonNull(bound);
    Objects.requireNonNull(action);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(text);
    if (limit <= 0) {
      throw new IllegalArgumentException("A limit lies above zero: " + limit);
    }
  }

  /** Whether a number, as shown, lies in this band or in a lower one. */
  public boolean holds(int shown) {
    return switch (bound) {
      case BELOW -> shown < limit;
      case UP_TO -> shown <= limit;
    };
  }

  /** Whether a limit belongs to its band. */
  public enum Bound {
    /** Below the limit. */
    BELOW,
    /** Below it, or the limit itself. */
    UP_TO
  }

  /** What to do with the order. */
  public enum AdvisedAction {
    /** Do not give it. */
    AVOID,
    /** Give less, or less often. */
    REDUCE,
    /** Give it and look more closely. */
    MONITOR;

    /** As in the guide's code system: {@code avoid}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AdvisedAction> of(String code) {
      return Arrays.stream(values()).filter(a -> a.code().equals(code)).findFirst();
    }
  }
}
