package org.auscult.cds;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Port: finds the patient of our record that a caller's patient surely is (safety rule 1). */
public interface LocalPatients {
  /**
   * The logical id of the one patient who bears one of these identifiers (system and value), this
   * birth date and this sex, all exactly.
   *
   * @return empty if there is none, or more than one
   */
  Optional<String> find(Identity identity);

  /** Whether our record has a patient of this logical id. */
  default boolean has(String id) {
    return false;
  }

  /**
   * The patient of our record that stands for one of another server, under that server's own
   * identifier: made when a prediction was kept of whom our record did not know (safety rule 2).
   *
   * @return its logical id; empty if there is none, or more than one
   */
  default Optional<String> standIn(String fhirServer, String id) {
    return Optional.empty();
  }

  /**
   * What identifies a patient across records.
   *
   * @param birthDate a full date, {@code 1950-03-07}
   * @param sex FHIR's administrative gender, {@code male} or {@code female}
   */
  record Identity(List<Identifier> identifiers, String birthDate, String sex) {
    public Identity {
      identifiers = List.copyOf(identifiers);
      Objects.requireNonNull(birthDate);
      Objects.requireNonNull(sex);
    }

    /** Never shown: it names a person. */
    @Override
    public String toString() {
      return "Identity(" + identifiers.size() + " identifiers)";
    }
  }

  /** A business identifier with its system. */
  record Identifier(String system, String value) {
    public Identifier {
      Objects.requireNonNull(system);
      Objects.requireNonNull(value);
    }

    /** Never shown: it names a person. */
    @Override
    public String toString() {
      return "Identifier(" + system + ")";
    }
  }
}
