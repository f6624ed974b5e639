package org.auscult.deployment;

import java.util.Arrays;
import java.util.Optional;

/** Whether callers are asked to keep results in their own record, by a system action. */
public enum Recording {
  /** They are not. */
  NEVER("never"),
  /** With each card that is shown, if the caller takes system actions. */
  WHEN_SHOWN("when-shown");

  private final String code;

  Recording(String code) {
    this.code = code;
  }

  /** Its code in FHIR. */
  public String code() {
    return code;
  }

  public static Optional<Recording> of(String code) {
    return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
  }
}
