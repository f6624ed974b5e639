package org.auscult.deployment;

import org.auscult.display.Urgency;

/**
 * From where an output is a warning, and critical. Both ends belong to the higher band, and what is
 * compared is the number as the card shows it, so that colour and number never disagree.
 *
 * @param warning in the unit shown: percent for a probability
 * @param critical in the same unit, not below {@code warning}
 */
public record Thresholds(double warning, double critical) {
  public Thresholds {
    if (!(warning <= critical)) {
      throw new IllegalArgumentException("warning " + warning + " > critical " + critical);
    }
  }

  /** How urgent a number is, as shown. */
  public Urgency urgency(double shown) {
    if (shown >= critical) {
      return Urgency.CRITICAL;
    }
    return shown >= warning ? Urgency.WARNING : Urgency.INFO;
  }
}
