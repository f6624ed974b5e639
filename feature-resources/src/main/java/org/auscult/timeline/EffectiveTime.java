package org.auscult.timeline;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a fact was true of the patient.
 *
 * @param from the earliest instant that the record allows (start of a partial date's interval)
 * @param visibleFrom from when it counts as of a time: the (exclusive) end of a partial date's
 *     interval, the end of a measured period; equal to {@code from} for a full instant
 * @param until the (exclusive) end of a state such as a condition or an encounter; null while open
 *     and for what happens at one instant
 * @param precision how finely the record dates it
 */
public record EffectiveTime(
    Instant from, Instant visibleFrom, @Nullable Instant until, Precision precision) {
  /** How finely a FHIR date is given. */
  public enum Precision {
    YEAR,
    MONTH,
    DAY,
    INSTANT,
    /** Not dated at all: a state that the record holds, true at the latest when it was known. */
    UNDATED
  }

  public EffectiveTime {
    Objects.requireNonNull(precision);
    if (visibleFrom.isBefore(from)) {
      throw new IllegalArgumentException("visibleFrom lies before from");
    }
  }

  public static EffectiveTime at(Instant instant) {
    return new EffectiveTime(instant, instant, null, Precision.INSTANT);
  }
}
