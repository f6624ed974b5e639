package org.auscult.display;

import java.util.Locale;

/** Why a card that could be shown was not. */
public enum WithheldReason {
  /** The number lies below what the deployment shows. */
  BELOW_THRESHOLD,
  /** Who looks, or where the patient is, is not whom the deployment speaks to. */
  NOT_IN_AUDIENCE,
  /** Another card of this call says the same. */
  DUPLICATE,
  /** This user was shown the same of this patient lately. */
  UNCHANGED,
  /** This user was shown a card of this patient lately. */
  QUIET_PERIOD,
  /** This user overrode such a card of this patient lately. */
  SNOOZED,
  /** The deployment has shown as many cards as it may, for the charts that were opened. */
  CEILING;

  /** As in the guide's code system: {@code below-threshold}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
