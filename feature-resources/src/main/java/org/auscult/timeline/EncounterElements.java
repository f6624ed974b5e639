package org.auscult.timeline;

/** The codes under which elements of an Encounter that hold for a time of their own stand. */
public final class EncounterElements {
  public static final String SYSTEM = "https://auscult.org/fhir/CodeSystem/encounter-element";

  /** A place where the patient was; the fact's other codes name it. */
  public static final Code LOCATION = new Code(SYSTEM, "location");

  private EncounterElements() {}
}
