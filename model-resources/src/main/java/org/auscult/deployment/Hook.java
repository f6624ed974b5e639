package org.auscult.deployment;

import java.util.Arrays;
import java.util.Optional;

/** The hooks that can be served. Source: the CDS Hooks hook library, maturity 1 and above. */
public enum Hook {
  PATIENT_VIEW("patient-view"),
  ORDER_SELECT("order-select"),
  ORDER_SIGN("order-sign"),
  ORDER_DISPATCH("order-dispatch"),
  ENCOUNTER_START("encounter-start"),
  ENCOUNTER_DISCHARGE("encounter-discharge"),
  APPOINTMENT_BOOK("appointment-book");

  private final String id;

  Hook(String id) {
    this.id = id;
  }

  /** Its name on the wire. */
  public String id() {
    return id;
  }

  /** The hook of this name; empty if it is none that can be served. */
  public static Optional<Hook> of(String id) {
    return Arrays.stream(values()).filter(h -> h.id.equals(id)).findFirst();
  }
}
