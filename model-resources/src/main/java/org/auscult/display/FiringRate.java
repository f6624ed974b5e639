package org.auscult.display;

/**
 * How often a deployment spoke.
 *
 * @param opens calls that it answered
 * @param spoken of these, how many showed a card
 */
public record FiringRate(long opens, long spoken) {
  /** Nothing was answered yet. */
  public static final FiringRate NONE = new FiringRate(0, 0);

  public FiringRate {
    if (opens < 0 || spoken < 0 || spoken > opens) {
      throw new IllegalArgumentException("Spoken " + spoken + " of " + opens);
    }
  }

  /** Calls with a card in a hundred; 0 if there were none. */
  public double perHundred() {
    return opens == 0 ? 0 : 100.0 * spoken / opens;
  }
}
