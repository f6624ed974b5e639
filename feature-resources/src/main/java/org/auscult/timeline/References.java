package org.auscult.timeline;

/**
 * The codes under which facts name other resources: who did it, with what, where. A reference such
 * as {@code Practitioner/12} is a code of {@link #SYSTEM}; an identifier is one of its own system.
 */
public final class References {
  /** System of references as codes. */
  public static final String SYSTEM = "https://auscult.org/fhir/resource-reference";

  private References() {}
}
