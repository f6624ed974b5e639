package org.auscult.statistics.sample;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Scores with labels, as a table of the distinct scores in ascending order with how many rows with
 * and without the event have each.
 *
 * <p>All figures of discrimination and calibration are sums over this table. So ties need no care
 * of their own, and no figure hangs on the order of rows, not even in its last digit.
 *
 * <p>Memory: 16 bytes for each distinct score.
 */
public final class LabelledScores {
  private final double[] scores;
  private final int[] positivesBelow;
  private final int[] rowsBelow;

  private LabelledScores(double[] scores, int[] positivesBelow, int[] rowsBelow) {
    this.scores = scores;
    this.positivesBelow = positivesBelow;
    this.rowsBelow = rowsBelow;
  }

  /**
   * Rows, one by one.
   *
   * @throws IllegalArgumentException if a score is not finite, or the lengths differ
   */
  public static LabelledScores of(double[] scores, boolean[] events) {
    if (scores.length != events.length) {
      throw new IllegalArgumentException("As many labels as scores are needed");
    }
    Builder builder = builder();
    for (int i = 0; i < scores.length; i++) {
      builder.add(scores[i], events[i]);
    }
    return builder.build();
  }

  /**
   * Of counts by distinct score; those without rows are left out.
   *
   * @param scores strictly rising
   * @throws IllegalArgumentException if they do not rise, a count is negative, or the lengths
   *     differ
   */
  public static LabelledScores ofCounts(double[] scores, int[] positives, int[] negatives) {
    if (scores.length != positives.length || scores.length != negatives.length) {
      throw new IllegalArgumentException("Two counts are needed for each score");
    }
    double[] kept = new double[scores.length];
    int[] positivesBelow = new int[scores.length + 1];
    int[] rowsBelow = new int[scores.length + 1];
    int distinct = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positives[i] < 0 || negatives[i] < 0 || (i > 0 && !(scores[i - 1] < scores[i]))) {
        throw new IllegalArgumentException("Scores rise, and counts are not negative");
      }
      if (positives[i] + negatives[i] > 0) {
        kept[distinct] = scores[i];
        positivesBelow[distinct + 1] = positivesBelow[distinct] + positives[i];
        rowsBelow[distinct + 1] = rowsBelow[distinct] + positives[i] + negatives[i];
        distinct++;
      }
    }
    return new LabelledScores(
        Arrays.copyOf(kept, distinct),
        Arrays.copyOf(positivesBelow, distinct + 1),
        Arrays.copyOf(rowsBelow, distinct + 1));
  }

  /** To be filled with rows. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers rows. Not for several threads. */
  public static final class Builder {
    private final Numbers.Growing positives = new Numbers.Growing();
    private final Numbers.Growing negatives = new Numbers.Growing();

    private Builder() {}

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the score is not finite
     */
    public void add(double score, boolean event) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("A score is a finite number, not " + score);
      }
      // Adding zero makes one zero of two.
      (event ? positives : negatives).add(score + 0.0);
    }

    /** All rows so far; the builder is empty afterwards. */
    public LabelledScores build() {
      double[] with = positives.take();
      double[] without = negatives.take();
      Arrays.sort(with);
      Arrays.sort(without);
      return merge(with, without);
    }
  }

  private static LabelledScores merge(double[] with, double[] without) {
    int rows = with.length + without.length;
    double[] scores = new double[rows];
    int[] positivesBelow = new int[rows + 1];
    int[] rowsBelow = new int[rows + 1];
    int distinct = 0;
    int i = 0;
    int j = 0;
    while (i < with.length || j < without.length) {
      double score =
          j == without.length || (i < with.length && with[i] <= without[j]) ? with[i] : without[j];
      while (i < with.length && with[i] == score) {
        i++;
      }
      while (j < without.length && without[j] == score) {
        j++;
      }
      scores[distinct++] = score;
      positivesBelow[distinct] = i;
      rowsBelow[distinct] = i + j;
    }
    return distinct == rows
        ? new LabelledScores(scores, positivesBelow, rowsBelow)
        : new LabelledScores(
            Arrays.copyOf(scores, distinct),
            Arrays.copyOf(positivesBelow, distinct + 1),
            Arrays.copyOf(rowsBelow, distinct + 1));
  }

  /** Rows. */
  public int n() {
    return rowsBelow[scores.length];
  }

  /** Rows with the event. */
  public int positives() {
    return positivesBelow[scores.length];
  }

  /** Rows without the event. */
  public int negatives() {
    return n() - positives();
  }

  /** Whether both classes occur. */
  public boolean hasBothClasses() {
    return positives() > 0 && negatives() > 0;
  }

  /** The share of rows with the event; NaN of no rows. */
  public double prevalence() {
    return positives() / (double) n();
  }

  /** How many different scores there are. */
  public int distinct() {
    return scores.length;
  }

  /** The k-th different score, ascending from 0. */
  public double score(int k) {
    return scores[k];
  }

  /** Rows with the k-th score and the event. */
  public int positives(int k) {
    return positivesBelow[k + 1] - positivesBelow[k];
  }

  /** Rows with the k-th score. */
  public int rows(int k) {
    return rowsBelow[k + 1] - rowsBelow[k];
  }

  /** Rows with the k-th score and without the event. */
  public int negatives(int k) {
    return rows(k) - positives(k);
  }

  /** Rows with the event and a score below the k-th; k may be the number of scores. */
  public int positivesBelow(int k) {
    return positivesBelow[k];
  }

  /** Rows with a score below the k-th; k may be the number of scores. */
  public int rowsBelow(int k) {
    return rowsBelow[k];
  }

  /** Rows without the event and with a score below the k-th. */
  public int negativesBelow(int k) {
    return rowsBelow[k] - positivesBelow[k];
  }

  /** Which score is the first that is not less than this; their number if all are less. */
  public int firstAtLeast(double threshold) {
    // Adding zero makes one zero of two, as it did to the scores.
    int found = Arrays.binarySearch(scores, threshold + 0.0);
    return found >= 0 ? found : -found - 1;
  }

  /** Whether all scores lie within 0 and 1. */
  public boolean areProbabilities() {
    return scores.length == 0 || (scores[0] >= 0 && scores[scores.length - 1] <= 1);
  }

  /**
   * The quantile of the scores over all rows, by linear interpolation (type 7 of Hyndman and Fan),
   * at a share that is told as a fraction, so that no rounding decides.
   */
  public double quantile(int numerator, int denominator) {
    return quantileOf(DoubleUnaryOperator.identity(), numerator, denominator);
  }

  /** The same of what a rising function makes of the scores. */
  public double quantileOf(DoubleUnaryOperator rising, int numerator, int denominator) {
    long h = (n() - 1L) * numerator;
    int rank = (int) (h / denominator);
    long rest = h % denominator;
    double low = rising.applyAsDouble(atRank(rank));
    return rest == 0
        ? low
        : low + (rising.applyAsDouble(atRank(rank + 1)) - low) * rest / denominator;
  }

  private double atRank(int rank) {
    int found = Arrays.binarySearch(rowsBelow, rank);
    return scores[found >= 0 ? found : -found - 2];
  }
}
