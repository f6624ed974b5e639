package org.auscult.feature;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * Which stretch of time before the index time a feature reads.
 *
 * @param start where it begins
 * @param startInclusive whether a fact at the very start counts; by default not for a look-back,
 *     and so (index time − lookback, index time]
 * @param gap how long before the index time it ends; null ends it at the index time
 * @param endInclusive whether a fact at the very end counts; by default yes
 */
public record Window(
    Start start, boolean startInclusive, @Nullable Lookback gap, boolean endInclusive) {
  /** All that is known. */
  public static final Window WHOLE_RECORD = new Window(new Beginning(), true, null, true);

  /** Where a window begins. */
  public sealed interface Start {}

  /** With the first fact. */
  public record Beginning() implements Start {}

  /** So long before the index time. */
  public record Before(Lookback lookback) implements Start {
    public Before {
      Objects.requireNonNull(lookback);
    }
  }

  /**
   * With the encounter that is open at the index time; of several with the last begun. Without one
   * the feature is missing.
   *
   * @param classes which encounters; codes of {@code Encounter.class}
   */
  public record EncounterStart(Set<Code> classes) implements Start {
    public EncounterStart {
      classes = Set.copyOf(classes);
      if (classes.isEmpty()) {
        throw new IllegalArgumentException("Name the classes of encounter");
      }
    }
  }

  /** At the time of another feature of the set; missing where that one is. */
  public record SinceFeature(String name) implements Start {
    public SinceFeature {
      Objects.requireNonNull(name);
    }
  }

  /**
   * With the day, week (Monday), month or year in which the index time lies, in the site's zone.
   */
  public record CalendarStart(Calendar calendar) implements Start {
    public CalendarStart {
      Objects.requireNonNull(calendar);
    }
  }

  /** A calendar's units, with their UCUM codes. */
  public enum Calendar {
    DAY("d", ChronoUnit.DAYS),
    WEEK("wk", ChronoUnit.WEEKS),
    MONTH("mo", ChronoUnit.MONTHS),
    YEAR("a", ChronoUnit.YEARS);

    private final String ucum;
    private final ChronoUnit unit;

    Calendar(String ucum, ChronoUnit unit) {
      this.ucum = ucum;
      this.unit = unit;
    }

    public String ucum() {
      return ucum;
    }

    ChronoUnit unit() {
      return unit;
    }

    public static Optional<Calendar> parse(String ucum) {
      return Arrays.stream(values()).filter(c -> c.ucum.equals(ucum)).findFirst();
    }
  }

  public Window {
    Objects.requireNonNull(start);
  }

  /** The same from another start. */
  Window withStart(Start newStart) {
    return new Window(newStart, startInclusive, gap, endInclusive);
  }

  /** (index time − lookback, index time]. */
  public static Window of(Lookback lookback) {
    return new Window(new Before(lookback), false, null, true);
  }

  /** From a start that counts itself, to the index time. */
  public static Window since(Start start) {
    return new Window(start, true, null, true);
  }
}
