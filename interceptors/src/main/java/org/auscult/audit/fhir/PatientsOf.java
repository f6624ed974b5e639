package org.auscult.audit.fhir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The patients that a resource is about: those whom its elements of these names refer to. Whoever
 * only took part, as an author say, is not who it is about.
 *
 * <p>HAPI can name all owners of R4's patient compartment, by evaluating a path for each of a
 * type's search parameters; that costs more than reading the resource, for a list that is longer
 * than what BALP asks of a patient's events.
 */
final class PatientsOf {
  private static final String PATIENT = "Patient/";

  /** What R4 calls the one whom a resource is about; deeper parts behind a dot. */
  private static final List<String> ELEMENTS =
      List.of(
          "subject",
          "patient",
          "for",
          "beneficiary",
          "individual",
          "focus",
          "target",
          "member.entity",
          "participant.actor",
          "entity.what",
          "link.target");

  private PatientsOf() {}

  /** Their ids; a Patient is about itself. */
  static Set<String> resource(IBaseResource given) {
    Set<String> patients = new LinkedHashSet<>();
    if (given instanceof Patient patient) {
      patients.add(patient.getIdElement().getIdPart());
    } else if (given instanceof Resource resource) {
      ELEMENTS.forEach(path -> add(resource, path, patients));
    }
    return patients;
  }

  private static void add(Base from, String path, Set<String> patients) {
    int dot = path.indexOf('.');
    Property property = from.getNamedProperty(dot < 0 ? path : path.substring(0, dot));
    if (property == null) {
      return;
    }
    for (Base value : property.getValues()) {
      if (dot >= 0) {
        add(value, path.substring(dot + 1), patients);
      } else if (value instanceof Reference reference) {
        String text = reference.getReference();
        if (text != null && text.startsWith(PATIENT)) {
          patients.add(reference.getReferenceElement().getIdPart());
        }
      }
    }
  }
}
