package org.auscult.server.audit;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * How leaves name a patient: by our id, and, if hooks were called of the same person at another
 * server, by that server's URL. A Patient that came by a hook has the URL and the id there as its
 * identifier (safety rule 2).
 */
final class PatientNames {
  private final IFhirResourceDao<Patient> patients;

  PatientNames(IFhirResourceDao<Patient> patients) {
    this.patients = patients;
  }

  /** All of them; of a patient who is gone, the id alone. */
  List<String> of(String id) {
    List<String> names = new ArrayList<>();
    names.add(id);
    try {
      Patient patient = patients.read(new IdType("Patient", id), new SystemRequestDetails());
      for (Identifier identifier : patient.getIdentifier()) {
        if (identifier.hasSystem() && identifier.hasValue()) {
          names.add(identifier.getSystem() + "/Patient/" + identifier.getValue());
        }
      }
    } catch (ResourceNotFoundException | ResourceGoneException e) {
      // The log outlives its patients.
      return names;
    }
    return names;
  }
}
