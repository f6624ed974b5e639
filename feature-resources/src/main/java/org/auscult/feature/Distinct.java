package org.auscult.feature;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What makes two facts different when different ones are counted. */
public enum Distinct {
  /** The first of the fact's codes that the definition lists. */
  CODE,
  /** The number in the value unit, the coded answer, the text. */
  VALUE,
  /** The day on which it was true, in the site's zone. */
  DAY,
  /** The encounter; facts without one do not count. */
  ENCOUNTER;

  /** The code in FHIR: {@code day}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Distinct> parse(String code) {
    return Arrays.stream(values()).filter(d -> d.code().equals(code)).findFirst();
  }
}
