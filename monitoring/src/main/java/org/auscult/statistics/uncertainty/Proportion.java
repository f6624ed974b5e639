package org.auscult.statistics.uncertainty;

import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;

/**
 * So many of so many.
 *
 * @param of at least 0
 * @param count 0 to {@code of}
 */
public record Proportion(long count, long of) {
  public Proportion {
    if (count < 0 || count > of) {
      throw new IllegalArgumentException("No proportion: " + count + " of " + of);
    }
  }

  /** The share; NaN of nothing. */
  public double share() {
    return count / (double) of;
  }

  /**
   * Wilson's score interval, without a correction for continuity.
   *
   * <p>Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212.
   *
   * @throws IllegalArgumentException if it is a proportion of nothing
   */
  public Interval wilson() {
    if (of == 0) {
      throw new IllegalArgumentException("A proportion of nothing has no interval");
    }
    double z2 = Distributions.Z * Distributions.Z;
    double middle = (count + z2 / 2) / (of + z2);
    double half =
        Distributions.Z / (of + z2) * Math.sqrt((double) count * (of - count) / of + z2 / 4);
    // At the ends the roots are exact, and rounding must not say otherwise.
    return Interval.of(count == 0 ? 0 : middle - half, count == of ? 1 : middle + half, "wilson");
  }

  /** As an estimate with Wilson's interval; unknown of nothing. */
  public Estimate estimate(Definition definition, String ofWhat) {
    return of == 0
        ? definition.unknown(0, Reason.EMPTY_CELL, "there are no " + ofWhat)
        : definition.known(of, share()).with(wilson());
  }

  /**
   * The interval of this share less another one of different rows, from the two Wilson intervals.
   *
   * <p>Source: Newcombe, Stat. Med. 17 (1998) 873–890, method 10.
   */
  public Interval newcombe(Proportion other) {
    Interval a = wilson();
    Interval b = other.wilson();
    double difference = share() - other.share();
    return Interval.of(
            difference - Math.hypot(share() - a.lower(), b.upper() - other.share()),
            difference + Math.hypot(a.upper() - share(), other.share() - b.lower()),
            "newcombe")
        .clippedTo(-1, 1);
  }
}
