package org.auscult.feature.fhir;

import java.util.Objects;

/**
 * One thing wrong with a resource that somebody sent.
 *
 * @param where FHIRPath of the element
 * @param what what is wrong
 * @param remedy what to do about it
 */
public record Problem(String where, String what, String remedy) {
  public Problem {
    Objects.requireNonNull(where);
    Objects.requireNonNull(what);
    Objects.requireNonNull(remedy);
  }

  @Override
  public String toString() {
    return where + ": " + what + ". " + remedy;
  }
}
