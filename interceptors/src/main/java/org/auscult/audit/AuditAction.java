package org.auscult.audit;

import java.util.Arrays;

/** What was done, by the codes of FHIR's {@code AuditEvent.action}. */
public enum AuditAction {
  CREATE("C"),
  READ("R"),
  UPDATE("U"),
  DELETE("D"),
  /** Searches, operations, logins: whatever is none of the others. */
  EXECUTE("E");

  private final String code;

  AuditAction(String code) {
    this.code = code;
  }

  /** One letter. */
  public String code() {
    return code;
  }

  /**
   * The action of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AuditAction of(String code) {
    return Arrays.stream(values())
        .filter(a -> a.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No action: " + code));
  }
}
