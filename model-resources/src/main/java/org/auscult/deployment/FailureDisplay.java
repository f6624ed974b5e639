package org.auscult.deployment;

import java.util.Arrays;
import java.util.Optional;

/** What a deployment shows when a model that it needs could not speak (safety rule 19). */
public enum FailureDisplay {
  /** An info card "not assessed: …", so that silence does not reassure. */
  NOT_ASSESSED("not-assessed"),
  /** Nothing. */
  SILENT("silent");

  private final String code;

  FailureDisplay(String code) {
    this.code = code;
  }

  /** Its code in FHIR. */
  public String code() {
    return code;
  }

  public static Optional<FailureDisplay> of(String code) {
    return Arrays.stream(values()).filter(d -> d.code.equals(code)).findFirst();
  }
}
