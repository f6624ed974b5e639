package org.auscult.outcome;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * Over which stretch of time an event counts.
 *
 * @param length how long; null exactly for {@link Anchor#STAY}
 * @param encounterClasses of the encounter at the index time; empty exactly for {@link
 *     Anchor#INDEX}
 * @param startInclusive whether an event at the very start counts; by default not
 * @param endInclusive whether an event at the very end counts; by default yes
 * @param blanking what happens so soon after the start is passed over; null if nothing is
 */
public record Horizon(
    Anchor anchor,
    @Nullable Lookback length,
    Set<Code> encounterClasses,
    boolean startInclusive,
    boolean endInclusive,
    @Nullable Lookback blanking) {
  /** From when it counts. */
  public enum Anchor {
    /** From the index time. */
    INDEX,
    /** From the end of the encounter that is open at the index time, or ends with it. */
    DISCHARGE,
    /** From the index time to the end of that encounter. */
    STAY;

    /** The code in FHIR: {@code discharge}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Anchor> parse(String code) {
      return Arrays.stream(values()).filter(a -> a.code().equals(code)).findFirst();
    }
  }

  public Horizon {
    Objects.requireNonNull(anchor);
    encounterClasses = Set.copyOf(encounterClasses);
    if ((anchor == Anchor.STAY) != (length == null)) {
      throw new IllegalArgumentException("A horizon has a length, or ends with the stay");
    }
    if ((anchor == Anchor.INDEX) != encounterClasses.isEmpty()) {
      throw new IllegalArgumentException(
          "Name the classes of the encounter exactly where the horizon hangs on one");
    }
  }

  /** (index time, index time + length]. */
  public static Horizon of(Lookback length) {
    return new Horizon(Anchor.INDEX, length, Set.of(), false, true, null);
  }
}
