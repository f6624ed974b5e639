package org.auscult.feature;

import java.util.Locale;

/** Why a value is missing: never zero in disguise. */
public enum MissingReason {
  /** The record was searched completely and holds nothing. */
  NOT_RECORDED,
  /** The search was refused, truncated or not made: absence proves nothing. */
  SEARCH_INCOMPLETE,
  /** There is something, but before the look-back window. */
  OUTSIDE_WINDOW,
  /** Recorded in a unit that cannot be converted. */
  UNIT,
  /** Outside the plausible range: one bad value withholds one value. */
  IMPLAUSIBLE,
  /** Recorded as above or below a bound, which is never read as a point. */
  COMPARATOR,
  /** Recorded only in a status that does not count. */
  STATUS,
  /** A coded answer that the definition does not know. */
  UNRECOGNISED_VALUE,
  /** Statements that contradict each other, or a date too coarse, or none, to say which it is. */
  AMBIGUOUS,
  /** Recorded as absent. */
  DATA_ABSENT,
  /** Fewer values than the operator needs. */
  TOO_FEW,
  /** Arithmetic has no answer: a change from zero, a rate over no time. */
  UNDEFINED,
  /** The feature, or the encounter, that this one hangs on is missing. */
  DEPENDENCY;

  /** The code in FHIR: {@code not-recorded}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
