package org.auscult.prediction;

import org.jspecify.annotations.Nullable;

/**
 * Who called, in the caller's own ids; null what was not told.
 *
 * @param fhirServer to which the ids belong
 * @param user reference: {@code Practitioner/12}
 * @param patient id
 * @param encounter id
 * @param identity what was proven of the caller; null if nobody had to prove anything
 */
public record Caller(
    @Nullable String fhirServer,
    @Nullable String user,
    @Nullable String patient,
    @Nullable String encounter,
    @Nullable CallerIdentity identity) {
  /** Nobody from outside. */
  public static final Caller NONE = new Caller(null, null, null, null);

  /** A caller of whom nothing was proven. */
  public Caller(
      @Nullable String fhirServer,
      @Nullable String user,
      @Nullable String patient,
      @Nullable String encounter) {
    this(fhirServer, user, patient, encounter, null);
  }
}
