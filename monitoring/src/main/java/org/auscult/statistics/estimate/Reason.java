package org.auscult.statistics.estimate;

import java.util.Locale;

/** Why there is no value. */
public enum Reason {
  /** No rows, or fewer than the definition asks for. */
  TOO_FEW,
  /** All rows have the event, or none has. */
  ONE_CLASS,
  /** All values are the same. */
  NO_VARIATION,
  /** A count that must be divided by is zero. */
  EMPTY_CELL,
  /** Scores lie outside 0 to 1, so they are no probabilities. */
  NOT_A_PROBABILITY,
  /** The scores separate the classes, or the fit does not settle. */
  NO_FINITE_FIT,
  /** Showing it would tell of ten people or fewer. */
  SMALL_CELL;

  /** As it is written in reports, such as {@code one-class}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
