package org.auscult.prediction;

import org.jspecify.annotations.Nullable;

/**
 * Who called, in the caller's own ids; null what was not told.
 *
 * @param fhirServer to which the ids belong
 * @param user reference: {@code Practitioner/12}
 * @param patient id
 * @param encounter id
 */
public record Caller(
    @Nullable String fhirServer,
    @Nullable String user,
    @Nullable String patient,
    @Nullable String encounter) {
  /** Nobody from outside. */
  public static final Caller NONE = new Caller(null, null, null, null);
}
