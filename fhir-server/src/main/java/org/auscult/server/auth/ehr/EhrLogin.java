package org.auscult.server.auth.ehr;

/**
 * A sign-in at an EHR that has begun.
 *
 * @param application id of the application that is launched
 * @param fhirServer canonical base URL that the launch named
 * @param launch the SHA-256 of server and launch
 */
record EhrLogin(
    String application, String fhirServer, String launch, String nonce, String verifier) {
  /** Nothing of it. */
  @Override
  public String toString() {
    return "EhrLogin[]";
  }
}
