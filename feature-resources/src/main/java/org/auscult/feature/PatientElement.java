package org.auscult.feature;

import java.util.Arrays;
import java.util.Optional;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;

/** The coded elements of a Patient of which {@code demographic} asks, by where FHIR keeps them. */
public enum PatientElement {
  /** US Core's race. */
  RACE(
      "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-race')",
      Demographics.RACE),
  /** US Core's ethnicity. */
  ETHNICITY(
      "extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity')",
      Demographics.ETHNICITY),
  /** The preferred language. */
  LANGUAGE("communication.language", Demographics.LANGUAGE),
  STATE("address.state", Demographics.STATE),
  /** With its beginnings, so that a region can be asked for. */
  POSTAL_CODE("address.postalCode", Demographics.POSTAL_CODE),
  COUNTRY("address.country", Demographics.COUNTRY);

  private final String path;
  private final Code code;

  PatientElement(String path, Code code) {
    this.path = path;
    this.code = code;
  }

  /** The path of a definition's code filter. */
  public String path() {
    return path;
  }

  /** The code under which it stands in the timeline. */
  public Code code() {
    return code;
  }

  public static Optional<PatientElement> parse(String path) {
    return Arrays.stream(values()).filter(e -> e.path.equals(path)).findFirst();
  }
}
