package org.auscult.cds.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.LocalPatients;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.cds.fhir.PatientIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Who of our record a caller's patient surely is (safety rule 1): hooks and launches decide it
 * here.
 */
public final class PatientMatch {
  private final Set<String> localSources;
  private final LocalPatients patients;

  /**
   * @param localSources canonical base URLs of the FHIR servers whose patient ids are our own
   */
  public PatientMatch(Set<String> localSources, LocalPatients patients) {
    this.localSources = Set.copyOf(localSources);
    this.patients = patients;
  }

  /**
   * Whether patient ids of this server are our own.
   *
   * @param fhirServer canonical base URL; null if not told
   */
  public boolean idsAreOurs(@Nullable String fhirServer) {
    return fhirServer != null && localSources.contains(fhirServer);
  }

  Optional<String> samePerson(Identity identity) {
    return patients.find(identity);
  }

  /**
   * The patient of our record: by id where ids are our own; else the one who bears the same
   * identifier, date of birth and sex; else the one that stands here for a patient of that server.
   *
   * @param fhirServer canonical base URL of the server that sent the patient
   * @param id the patient's logical id there
   * @param patient as that server sent it
   * @return the logical id in our record; empty if nobody is surely this patient
   */
  public Optional<String> find(String fhirServer, String id, JsonNode patient) {
    if (idsAreOurs(fhirServer) && patients.has(id)) {
      return Optional.of(id);
    }
    return PatientIdentity.of(patient)
        .flatMap(this::samePerson)
        .or(() -> patients.standIn(fhirServer, id));
  }
}
