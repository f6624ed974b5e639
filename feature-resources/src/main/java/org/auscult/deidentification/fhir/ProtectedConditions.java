package org.auscult.deidentification.fhir;

import org.auscult.deidentification.ProtectedCodes;

/** The list of codes under special protection that ships. */
public final class ProtectedConditions {
  private ProtectedConditions() {}

  /** Categories of ICD-10-CM for mental health, substance use and HIV; a start, no more. */
  public static ProtectedCodes icd10cm() {
    return ProtectedCodes.parse(Elements.lines("protected-codes.txt"));
  }
}
