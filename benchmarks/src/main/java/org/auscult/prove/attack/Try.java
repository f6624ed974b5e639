package org.auscult.prove.attack;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try of an attack.
 *
 * @param attack its row in the table
 * @param what this one was
 * @param request id that the request bore
 * @param problem why it was no refusal; null if it was one
 */
record Try(
    String attack,
    String what,
    Trace trace,
    String request,
    Instant from,
    Instant to,
    @Nullable String problem) {
  /** How a try is found in the audit log. */
  enum Trace {
    /** By the request's id. */
    REQUEST,
    /** As a failure, by its time: requests come one after the other. */
    TIME,
    /** Not at all: the container turned it away, or nothing happened that could be recorded. */
    NONE
  }
}
