package org.auscult.monitoring.skew;

import java.util.Locale;

/** Why a served vector cannot be held against the record. */
public enum Unchecked {
  /** The patient is a caller's, and not in our record. */
  NOT_OUR_PATIENT,
  /** The caller's facts, or its proofs of absence, went in too. */
  CALLER_FACTS,
  /** It differs, but was stored before it was kept whether a caller's facts went in. */
  BASIS_UNKNOWN,
  /** The feature set is not among the active ones any more. */
  DEFINITION_GONE,
  /** The patient is not in the record any more. */
  PATIENT_GONE;

  /** The code in FHIR: {@code caller-facts}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
