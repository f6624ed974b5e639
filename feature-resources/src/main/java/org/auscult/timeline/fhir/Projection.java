package org.auscult.timeline.fhir;

import java.time.Instant;
import java.util.Objects;
import org.auscult.timeline.KnownTime.Basis;
import org.jspecify.annotations.Nullable;

/**
 * How a resource reached us, which decides where its facts stand and since when they are known.
 *
 * @param origin base URL of the server that holds it; empty for our own record
 * @param basis {@code RECORDED} for our own record: known since {@code meta.lastUpdated}, unless
 *     the resource carries the history tag (then reconstructed, safety rule 9); {@code CALL} for
 *     what a caller brings
 * @param calledAt the time of the call; null unless {@code CALL}
 */
public record Projection(String origin, Basis basis, @Nullable Instant calledAt) {
  /** The resource's own version in our record. */
  public static final Projection RECORD = new Projection("", Basis.RECORDED, null);

  public Projection {
    Objects.requireNonNull(origin);
    if ((basis == Basis.CALL) != (calledAt != null)) {
      throw new IllegalArgumentException("A call has a time, and nothing else has one");
    }
  }

  /** Brought by a caller with its question. */
  public static Projection call(String origin, Instant calledAt) {
    return new Projection(origin, Basis.CALL, calledAt);
  }
}
