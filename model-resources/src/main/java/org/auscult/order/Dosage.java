package org.auscult.order;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of something an order asks for, as far as two orders can be compared by it. What is
 * compared is written in one form by whoever reads orders: a mass in mg, a volume in mL, how often
 * in times a day.
 *
 * @param amount of one dose or a rate; null if not stated
 * @param timing null if not stated; begins with {@link #CODED} where it is a code that says no
 *     number
 * @param text where nothing is stated in parts; null otherwise
 */
public record Dosage(@Nullable String amount, @Nullable String timing, @Nullable String text) {
  /** Before a timing that is known by a code alone. */
  public static final String CODED = "code ";

  /** Nothing is stated. */
  public static final Dosage NONE = new Dosage(null, null, null);

  /** How an order's dosage stands to a draft's. */
  public enum Comparison {
    /** All that the draft states, the order states too. */
    SAME,
    OTHER,
    /** The order leaves out what the draft states, or says it in another way. */
    UNKNOWN
  }

  /** How the dosage of an order that was placed stands to this one, which was drafted. */
  public Comparison compare(Dosage placed) {
    if (differ(amount, placed.amount) || (differ(timing, placed.timing) && !mixes(placed))) {
      return Comparison.OTHER;
    }
    boolean isAllThere =
        (amount == null || placed.amount != null)
            && (timing == null || (placed.timing != null && !mixes(placed)))
            && (text == null || (placed.text != null && normal(text).equals(normal(placed.text))));
    return isAllThere ? Comparison.SAME : Comparison.UNKNOWN;
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }

  /** Whether one says by a code what the other one says by numbers. */
  private boolean mixes(Dosage other) {
    return timing != null
        && other.timing != null
        && timing.startsWith(CODED) != other.timing.startsWith(CODED);
  }

  private static String normal(String text) {
    return Objects.requireNonNull(text).strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
