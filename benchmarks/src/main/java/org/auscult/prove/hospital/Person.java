package org.auscult.prove.hospital;

/**
 * A patient of one of the two.
 *
 * @param family name, that nobody else has and that says whose data leaked
 * @param value of the first observation, as rare
 * @param prediction id of a RiskAssessment; empty until there is one
 */
public record Person(
    String id,
    String family,
    String value,
    String observation,
    String encounter,
    String binary,
    String prediction) {
  Person predicted(String risk) {
    return new Person(id, family, value, observation, encounter, binary, risk);
  }

  /** Its reference. */
  public String reference() {
    return "Patient/" + id;
  }
}
