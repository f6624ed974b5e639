package org.auscult.training;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A time as of which a patient has a row.
 *
 * @param encounter id of the encounter that gave it; null if none did
 */
public record IndexTime(Instant at, @Nullable String encounter) {
  /** Earlier first; ties by encounter. */
  static final Comparator<IndexTime> ORDER =
      Comparator.comparing(IndexTime::at)
          .thenComparing(IndexTime::encounter, Comparator.nullsFirst(Comparator.naturalOrder()));

  public IndexTime {
    Objects.requireNonNull(at);
  }
}
