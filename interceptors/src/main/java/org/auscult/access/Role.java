package org.auscult.access;

import java.util.Arrays;
import java.util.Optional;

/** What a person or system is here for. A person may have several. */
public enum Role {
  CLINICIAN("clinician"),
  INFORMATICIST("informaticist"),
  MODEL_AUTHOR("model-author"),
  REVIEWER("reviewer"),
  APPROVER("approver"),
  SAFETY_OFFICER("safety-officer"),
  PRIVACY_OFFICER("privacy-officer"),
  ADMINISTRATOR("administrator"),
  AUDITOR("auditor"),
  /** A registered client that acts for itself (SMART Backend Services). */
  SYSTEM("system");

  private final String code;

  Role(String code) {
    this.code = code;
  }

  /** As the claim {@code roles} of an access token and configuration spell it. */
  public String code() {
    return code;
  }

  /** The role of a code; empty if there is none. */
  public static Optional<Role> of(String code) {
    return Arrays.stream(values()).filter(r -> r.code.equals(code)).findFirst();
  }
}
