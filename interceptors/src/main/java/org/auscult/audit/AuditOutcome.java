package org.auscult.audit;

import java.util.Arrays;

/** How it ended, by the codes of FHIR's {@code AuditEvent.outcome}. */
public enum AuditOutcome {
  SUCCESS("0"),
  /** The request was at fault, and nothing was done: HTTP 4xx, a refusal. */
  MINOR_FAILURE("4"),
  /** We were at fault, and nothing was done: HTTP 5xx. */
  SERIOUS_FAILURE("8"),
  /** A part of the system stopped working. */
  MAJOR_FAILURE("12");

  private final String code;

  AuditOutcome(String code) {
    this.code = code;
  }

  /** One or two digits. */
  public String code() {
    return code;
  }

  /**
   * The outcome of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AuditOutcome of(String code) {
    return Arrays.stream(values())
        .filter(o -> o.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No outcome: " + code));
  }
}
