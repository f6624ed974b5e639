package org.auscult.prediction;

import java.util.Objects;

/**
 * Of whom a prediction speaks.
 *
 * @param origin FHIR base URL of the server whose id this is; empty for our own record
 * @param id the patient's logical id there
 */
public record Subject(String origin, String id) {
  public Subject {
    Objects.requireNonNull(origin);
    Objects.requireNonNull(id);
  }

  public boolean isOurs() {
    return origin.isEmpty();
  }
}
