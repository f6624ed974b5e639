package org.auscult.cds.fhir;

import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;

/** Tells whose a resource is, by its reference to a patient (safety rule 1). */
final class Subjects {
  /** What a reference says. */
  enum Whose {
    OURS,
    ANOTHERS,
    UNKNOWN
  }

  private Subjects() {}

  /**
   * @param reference as it stands; null if there is none
   * @param patient logical id of the call's patient
   * @param fhirServer the caller's base URL; null if not told
   */
  static Whose whose(@Nullable String reference, String patient, @Nullable String fhirServer) {
    if (reference == null || reference.isBlank()) {
      return Whose.UNKNOWN;
    }
    IdType id = new IdType(reference);
    if (!"Patient".equals(id.getResourceType()) || id.getIdPart() == null) {
      return id.getIdPart() == null || id.isLocal() || !id.hasResourceType()
          ? Whose.UNKNOWN
          : Whose.ANOTHERS;
    }
    boolean sameServer =
        !id.hasBaseUrl() || fhirServer == null || FhirServers.same(id.getBaseUrl(), fhirServer);
    return sameServer && id.getIdPart().equals(patient) ? Whose.OURS : Whose.ANOTHERS;
  }
}
