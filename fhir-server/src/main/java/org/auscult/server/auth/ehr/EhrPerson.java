package org.auscult.server.auth.ehr;

import org.jspecify.annotations.Nullable;

/**
 * Who signed in at an EHR, as its verified id token says.
 *
 * @param fhirUser as it stands in the token; null if it says none
 * @param name for people; null if it says none
 */
record EhrPerson(String issuer, String subject, @Nullable String fhirUser, @Nullable String name) {
  /** Never shown: it names a person. */
  @Override
  public String toString() {
    return "EhrPerson[]";
  }
}
