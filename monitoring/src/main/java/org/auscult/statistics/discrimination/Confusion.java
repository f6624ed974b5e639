package org.auscult.statistics.discrimination;

import org.auscult.statistics.sample.LabelledScores;

/**
 * How many rows were flagged rightly and wrongly: a row is flagged if its score is at least the
 * threshold.
 */
public record Confusion(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  /** At this threshold. */
  public static Confusion at(double threshold, LabelledScores scores) {
    int k = scores.firstAtLeast(threshold);
    return new Confusion(
        scores.positives() - scores.positivesBelow(k),
        scores.negatives() - scores.negativesBelow(k),
        scores.positivesBelow(k),
        scores.negativesBelow(k));
  }

  /** All rows. */
  public long n() {
    return flagged() + unflagged();
  }

  /** Rows that were flagged. */
  public long flagged() {
    return truePositives + falsePositives;
  }

  /** Rows that were not. */
  public long unflagged() {
    return falseNegatives + trueNegatives;
  }

  /** Rows with the event. */
  public long positives() {
    return truePositives + falseNegatives;
  }

  /** Rows without it. */
  public long negatives() {
    return falsePositives + trueNegatives;
  }
}
