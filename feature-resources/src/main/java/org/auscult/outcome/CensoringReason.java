package org.auscult.outcome;

import java.util.Locale;

/** Why nobody can say whether it happened. */
public enum CensoringReason {
  /** The horizon was not over when the record was asked. */
  HORIZON_OPEN,
  /** Nothing shows that the patient was still observed at the horizon's end. */
  NOT_FOLLOWED,
  /** The patient was observed, but a feed that would tell of the event is silent over the end. */
  FEED_SILENT,
  /** The search was refused, truncated or not made: absence proves nothing. */
  SEARCH_INCOMPLETE,
  /** It was never measured within the horizon, and the definition asks for that. */
  NOT_MEASURED,
  /** Only values that cannot be read would say: a foreign unit, a bound. */
  UNREADABLE,
  /** A first value, without the second one that would confirm or refute it. */
  UNCONFIRMED,
  /** A date too coarse, or none, to say whether it lies within the horizon. */
  AMBIGUOUS_DATE,
  /** Two parts of the record that cannot both be true, such as a visit after a death. */
  CONTRADICTED;

  /** The code in FHIR: {@code not-followed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
