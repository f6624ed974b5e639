package org.auscult.cds.fhir;

/** Which characters FHIR allows in a string: no control characters but tab and line ends. */
public final class FhirText {
  private FhirText() {}

  /** Whether a text can be stored and shown as a FHIR string. */
  public static boolean isAllowed(String text) {
    return text.chars().allMatch(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r');
  }
}
