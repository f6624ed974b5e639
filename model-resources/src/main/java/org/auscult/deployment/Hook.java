package org.auscult.deployment;

import java.util.Arrays;
import java.util.Optional;

/** The hooks that can be served. Source: the CDS Hooks hook library, maturity 1 and above. */
public enum Hook {
  PATIENT_VIEW("patient-view", "1.0"),
  ORDER_SELECT("order-select", "1.0"),
  ORDER_SIGN("order-sign", "1.1"),
  ORDER_DISPATCH("order-dispatch", "1.1"),
  ENCOUNTER_START("encounter-start", "1.0"),
  ENCOUNTER_DISCHARGE("encounter-discharge", "1.0"),
  APPOINTMENT_BOOK("appointment-book", "1.0");

  private final String id;
  private final String version;

  Hook(String id, String version) {
    this.id = id;
    this.version = version;
  }

  /** Its name on the wire. */
  public String id() {
    return id;
  }

  /** The version of its definition that is served. */
  public String version() {
    return version;
  }

  /** Whether a call of it brings orders that are about to be placed. */
  public boolean bringsOrders() {
    return switch (this) {
      case ORDER_SELECT, ORDER_SIGN, ORDER_DISPATCH -> true;
      case PATIENT_VIEW, ENCOUNTER_START, ENCOUNTER_DISCHARGE, APPOINTMENT_BOOK -> false;
    };
  }

  /** The hook of this name; empty if it is none that can be served. */
  public static Optional<Hook> of(String id) {
    return Arrays.stream(values()).filter(h -> h.id.equals(id)).findFirst();
  }
}
