package org.auscult.timeline;

import java.util.Objects;

/** A code in a code system, without its display: two codes are equal if both parts are. */
public record Code(String system, String code) {
  public Code {
    Objects.requireNonNull(system);
    if (code.isBlank()) {
      throw new IllegalArgumentException("A code may not be blank (system " + system + ")");
    }
  }

  public static Code of(String system, String code) {
    return new Code(system, code);
  }

  public static Code loinc(String code) {
    return new Code("http://loinc.org", code);
  }

  public static Code snomed(String code) {
    return new Code("http://snomed.info/sct", code);
  }

  public static Code rxnorm(String code) {
    return new Code("http://www.nlm.nih.gov/research/umls/rxnorm", code);
  }

  @Override
  public String toString() {
    return system + "|" + code;
  }
}
