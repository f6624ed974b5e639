package org.auscult.cds.fhir;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call is about, and when.
 *
 * @param id the patient's logical id at the caller
 * @param fhirServer the caller's base URL without a trailing slash; null if not told
 * @param origin where the facts of the call stand: empty if the caller's ids are our own
 */
public record CallerPatient(
    String id, @Nullable String fhirServer, String origin, Instant calledAt) {
  public CallerPatient {
    Objects.requireNonNull(id);
    Objects.requireNonNull(origin);
    Objects.requireNonNull(calledAt);
  }
}
