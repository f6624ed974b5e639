package org.auscult.deployment;

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

  /** Where a number lies. */
  public enum Band {
    INFO,
    WARNING,
    CRITICAL
  }

  /** The band of a number as shown. */
  public Band band(double shown) {
    if (shown >= critical) {
      return Band.CRITICAL;
    }
    return shown >= warning ? Band.WARNING : Band.INFO;
  }
}
