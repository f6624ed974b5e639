package org.auscult.timeline;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When this record learnt a fact, and when it learnt otherwise: [from, until).
 *
 * @param until null while this is what the record says
 */
public record KnownTime(Instant from, @Nullable Instant until, Basis basis) {
  /** How we know when it was known. */
  public enum Basis {
    /** A live write: the time stored. */
    RECORDED,
    /** A declared load of history: reconstructed from the resource's own dates (safety rule 9). */
    ASSUMED,
    /** Brought by a caller with its question: the time of the call. */
    CALL
  }

  public KnownTime {
    Objects.requireNonNull(from);
    Objects.requireNonNull(basis);
  }

  public static KnownTime recorded(Instant from) {
    return new KnownTime(from, null, Basis.RECORDED);
  }

  public KnownTime closedAt(Instant end) {
    return new KnownTime(from, end, basis);
  }

  /**
   * Since when a version is known that follows another. A reload of history may replace what was
   * itself loaded as history, but not what was once known live; that it was gone was known live
   * too.
   *
   * @param former of the last version that said anything, with an end if that is gone; null if none
   * @param storedAt when the following version was stored
   */
  public Instant after(@Nullable KnownTime former, Instant storedAt) {
    if (former == null || basis == Basis.RECORDED) {
      return from;
    }
    if (former.wasKnownLive()) {
      return storedAt;
    }
    return from.isBefore(former.from) ? former.from : from;
  }

  /** Whether it was known as it happened, or was known to be gone. */
  public boolean wasKnownLive() {
    return basis == Basis.RECORDED || until != null;
  }
}
