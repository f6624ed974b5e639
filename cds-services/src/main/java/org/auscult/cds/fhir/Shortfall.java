package org.auscult.cds.fhir;

/** Why an answer of the caller's server is not all that was asked for. */
public enum Shortfall {
  NO_CONTEXT("its query needs a part of context that was not sent"),
  SCOPE("the token's scope does not cover it in full"),
  REFUSED("fhirServer refused it"),
  NOT_FOUND("fhirServer does not know it"),
  FAILED("fhirServer answered with an error"),
  REDIRECTED("fhirServer points elsewhere, and redirects are not followed"),
  NEXT_ELSEWHERE("its next page is not below fhirServer"),
  ADDRESS("fhirServer's name leads to an address that this service does not call"),
  UNREACHABLE("fhirServer could not be reached"),
  TIMEOUT("fhirServer was too slow"),
  BUSY("too much is being read from fhirServer at the moment"),
  TOO_LARGE("the answers are too large"),
  TOO_MANY_PAGES("the answer has too many pages"),
  UNREADABLE("the answer is not FHIR in JSON");

  private final String text;

  Shortfall(String text) {
    this.text = text;
  }

  /** For a developer at the caller's side. */
  public String text() {
    return text;
  }
}
