package org.auscult.server.auth.ehr;

import org.auscult.cds.caller.CallerToken;
import org.jspecify.annotations.Nullable;

/**
 * What an EHR's token endpoint answered.
 *
 * @param access for the EHR's FHIR server alone, opaque
 * @param appContext what the card that opened the application said; null if none did
 */
record EhrAnswer(
    String idToken,
    CallerToken access,
    String patient,
    @Nullable String encounter,
    @Nullable String appContext,
    boolean needPatientBanner) {
  /** No token, and no patient. */
  @Override
  public String toString() {
    return "EhrAnswer[]";
  }
}
