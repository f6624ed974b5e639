package org.auscult.server.hook;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.List;
import java.util.Optional;
import org.auscult.cds.LocalPatients;
import org.hl7.fhir.r4.model.Patient;

/** Looks for the same person in the FHIR store; two candidates are none. */
final class StoredLocalPatients implements LocalPatients {
  private static final int ENOUGH_TO_DOUBT = 20;

  private final IFhirResourceDao<Patient> patients;

  StoredLocalPatients(IFhirResourceDao<Patient> patients) {
    this.patients = patients;
  }

  @Override
  public Optional<String> find(Identity identity) {
    if (identity.identifiers().isEmpty()) {
      return Optional.empty();
    }
    TokenOrListParam identifiers = new TokenOrListParam();
    identity.identifiers().forEach(i -> identifiers.add(i.system(), i.value()));
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("identifier", identifiers);
    search.setLoadSynchronousUpTo(ENOUGH_TO_DOUBT);
    List<String> found =
        patients.search(search, new SystemRequestDetails()).getAllResources().stream()
            .map(Patient.class::cast)
            .filter(p -> agrees(p, identity))
            .map(p -> p.getIdElement().getIdPart())
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  @Override
  public boolean has(String id) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("_id", new TokenParam(id));
    return !patients.search(search, new SystemRequestDetails()).isEmpty();
  }

  @Override
  public Optional<String> standIn(String fhirServer, String id) {
    SearchParameterMap search = SearchParameterMap.newSynchronous();
    search.add("identifier", new TokenParam(fhirServer, id));
    search.setLoadSynchronousUpTo(2);
    List<String> found =
        patients.search(search, new SystemRequestDetails()).getAllResources().stream()
            .map(p -> p.getIdElement().getIdPart())
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static boolean agrees(Patient patient, Identity identity) {
    return identity.birthDate().equals(patient.getBirthDateElement().getValueAsString())
        && patient.getGender() != null
        && identity.sex().equals(patient.getGender().toCode());
  }
}
