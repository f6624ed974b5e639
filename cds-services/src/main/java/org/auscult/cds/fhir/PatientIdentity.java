package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.cds.LocalPatients.Identifier;
import org.auscult.cds.LocalPatients.Identity;
import org.hl7.fhir.r4.model.Patient;

/** What of a Patient identifies the person across records (safety rule 1). */
public final class PatientIdentity {
  private static final int FULL_DATE = 10;

  private PatientIdentity() {}

  /** Of a Patient as a server sent it; empty if it cannot be read, or does not suffice. */
  public static Optional<Identity> of(JsonNode json) {
    return ResourceParser.parse(json)
        .filter(Patient.class::isInstance)
        .map(Patient.class::cast)
        .flatMap(PatientIdentity::of);
  }

  /** Identifiers with their systems, a full date of birth, and a sex: all three, or empty. */
  static Optional<Identity> of(Patient patient) {
    String birthDate = patient.getBirthDateElement().getValueAsString();
    boolean sexed = patient.getGender() != null && !patient.getGender().toCode().equals("unknown");
    List<Identifier> identifiers =
        patient.getIdentifier().stream()
            .filter(i -> i.hasSystem() && i.hasValue())
            .map(i -> new Identifier(i.getSystem(), i.getValue()))
            .sorted(Comparator.comparing(Identifier::system))
            .toList();
    return birthDate == null || birthDate.length() < FULL_DATE || !sexed || identifiers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Identity(
                identifiers, birthDate, Objects.requireNonNull(patient.getGender()).toCode()));
  }
}
