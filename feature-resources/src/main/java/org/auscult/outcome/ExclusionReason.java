package org.auscult.outcome;

import java.util.Locale;

/** Why a definition does not ask about a patient at an index time. */
public enum ExclusionReason {
  /** Dead by the index time. */
  DIED_BEFORE,
  /** No encounter of the definition's classes is open at the index time, or ends with it. */
  NO_INDEX_ENCOUNTER,
  /** A feature that excludes says yes. */
  EXCLUSION,
  /** A feature that is required says no, or is missing. */
  REQUIREMENT,
  /** It happened before the index time, within the washout. */
  PREVALENT;

  /** The code in FHIR: {@code died-before}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
