package org.auscult.monitoring.skew;

import java.util.Locale;
import java.util.Objects;

/**
 * In what a served value differs from the one of the record. It holds no patient data.
 *
 * @param definition the feature's {@code url|version}
 */
public record Difference(String definition, Kind kind) {
  /** In what it differs. */
  public enum Kind {
    /** Another number, by more than one part in 10⁹. */
    VALUE,
    UNIT,
    /** The same number, of other facts or of another time, or put in where it was measured. */
    EVIDENCE,
    /** A value was served, and the record gives none. */
    NOW_MISSING,
    /** None was served, and the record gives one. */
    NOW_PRESENT,
    /** Missing then as now, for another reason. */
    REASON,
    /** The set has no such member. */
    NOT_IN_SET;

    /** The code in FHIR: {@code now-missing}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public Difference {
    Objects.requireNonNull(definition);
    Objects.requireNonNull(kind);
  }
}
