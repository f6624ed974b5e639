package org.auscult.cds.caller;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The FHIR server that a call names, and the token for it.
 *
 * @param fhirServer canonical base URL
 * @param token null if the call brought none: then nothing is sent for one
 */
public record CallerAccess(String fhirServer, @Nullable CallerToken token) {
  public CallerAccess {
    Objects.requireNonNull(fhirServer);
  }
}
