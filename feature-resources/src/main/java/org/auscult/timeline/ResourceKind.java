package org.auscult.timeline;

/** The FHIR resource types whose facts stand in the timeline. */
public enum ResourceKind {
  OBSERVATION("Observation"),
  CONDITION("Condition"),
  MEDICATION_REQUEST("MedicationRequest"),
  MEDICATION_ADMINISTRATION("MedicationAdministration"),
  MEDICATION_STATEMENT("MedicationStatement"),
  PROCEDURE("Procedure"),
  ENCOUNTER("Encounter"),
  ALLERGY_INTOLERANCE("AllergyIntolerance"),
  IMMUNIZATION("Immunization"),
  CLAIM("Claim"),
  EXPLANATION_OF_BENEFIT("ExplanationOfBenefit"),
  DIAGNOSTIC_REPORT("DiagnosticReport"),
  PATIENT("Patient");

  private final String fhirType;

  ResourceKind(String fhirType) {
    this.fhirType = fhirType;
  }

  /** Whether its facts say what holds for a time, rather than what happened. */
  public boolean isState() {
    return switch (this) {
      case CONDITION, ENCOUNTER, ALLERGY_INTOLERANCE, MEDICATION_STATEMENT -> true;
      case OBSERVATION,
          MEDICATION_REQUEST,
          MEDICATION_ADMINISTRATION,
          PROCEDURE,
          IMMUNIZATION,
          CLAIM,
          EXPLANATION_OF_BENEFIT,
          DIAGNOSTIC_REPORT,
          PATIENT ->
          false;
    };
  }

  /** The FHIR type's name, such as {@code MedicationRequest}. */
  public String fhirType() {
    return fhirType;
  }
}
