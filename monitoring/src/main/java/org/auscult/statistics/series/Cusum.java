package org.auscult.statistics.series;

/**
 * Sums of how far a figure lay above and below the reference, less an allowance: they find a small
 * shift that lasts. Both start at 0 and never fall below it.
 *
 * <p>Allowance 0.5 σ, decision at 5 σ: in control it alarms once in 465 values on average, if they
 * are normal; a shift of 1 σ is found after 10.4. Source: Montgomery, Introduction to Statistical
 * Quality Control, 7th edition, section 9.1.
 *
 * @param limits of the reference; its deviation is σ
 * @param above the sum for a rise, in σ
 * @param below the sum for a fall, in σ
 */
public record Cusum(ControlLimits limits, double above, double below) {
  /** Less is let pass, in σ. */
  public static final double ALLOWANCE = 0.5;

  /** A sum beyond this alarms, in σ. */
  public static final double DECISION = 5;

  public Cusum {
    if (!(limits.deviation() > 0)) {
      throw new IllegalArgumentException("Sums in units of a deviation need one above 0");
    }
    if (!(above >= 0) || !(below >= 0)) {
      throw new IllegalArgumentException("The sums are not negative");
    }
  }

  /** Before the first value. */
  public static Cusum start(ControlLimits limits) {
    return new Cusum(limits, 0, 0);
  }

  /** After one more value. */
  public Cusum after(double value) {
    double off = (value - limits.mean()) / limits.deviation();
    return new Cusum(
        limits, Math.max(0, above + off - ALLOWANCE), Math.max(0, below - off - ALLOWANCE));
  }

  /** Whether the figure has shifted. */
  public boolean alarms() {
    return above > DECISION || below > DECISION;
  }
}
