package org.auscult.timeline;

/**
 * The codes under which an order stands whose medication the record names only by reference or by
 * words, so that nobody takes "no such drug found" for "no such drug ordered" (safety rule 4).
 */
public final class Medications {
  /** System of references as codes: {@code Medication/12}. */
  public static final String REFERENCE = "https://auscult.org/fhir/medication-reference";

  /** Borne by every fact about a medication of which no code is known. */
  public static final Code UNRESOLVED = new Code(REFERENCE, "unresolved");

  private Medications() {}

  /** Whether facts of this kind are about a medication. */
  public static boolean isKind(ResourceKind kind) {
    return switch (kind) {
      case MEDICATION_REQUEST, MEDICATION_ADMINISTRATION, MEDICATION_STATEMENT -> true;
      case OBSERVATION,
          CONDITION,
          PROCEDURE,
          ENCOUNTER,
          ALLERGY_INTOLERANCE,
          IMMUNIZATION,
          CLAIM,
          EXPLANATION_OF_BENEFIT,
          DIAGNOSTIC_REPORT,
          PATIENT ->
          false;
    };
  }
}
