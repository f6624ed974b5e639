package org.auscult.statistics.sample;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Scores with labels that come and go, such as the last thousand outcomes, with all that the area
 * under the ROC curve, DeLong's variance and Brier's score ask for, after each change.
 *
 * <p>Idea: what the area asks of a stretch of scores can be told of two stretches, one above the
 * other, from what is told of each: a row of the upper one has all others of the lower one below
 * it. So a balanced search tree keeps it for each of its branches, and a row that comes or goes
 * changes one path. Priorities are a function of the scores, hence the tree's shape, and each
 * digit, hang on the rows that there are and not on what came and went before.
 *
 * <p>Cost: a row in the logarithm of the number of different scores. Memory: 112 bytes for each of
 * them. Sums are whole numbers, so there may be {@value #MOST} rows at most. Not for several
 * threads.
 *
 * <p>Source: treaps, Seidel and Aragon, Algorithmica 16 (1996) 464–497; means and squares of two
 * parts: Chan, Golub and LeVeque, Am. Stat. 37 (1983) 242–247.
 */
public final class RunningScores {
  /** So many rows at once. */
  public static final int MOST = 2_000_000;

  private static final int FIRST = 16;

  /** The branch without rows. */
  private static final int NONE = 0;

  private double[] scores = new double[FIRST];
  private long[] priorities = new long[FIRST];
  private int[] left = new int[FIRST];
  private int[] right = new int[FIRST];
  private int[] ownPositives = new int[FIRST];
  private int[] ownNegatives = new int[FIRST];

  /** Of each branch, as all that follows. */
  private int[] positives = new int[FIRST];

  private int[] negatives = new int[FIRST];

  /** Over rows with the event: twice the others below, and once those of the same score. */
  private long[] below = new long[FIRST];

  private long[] belowSquared = new long[FIRST];

  /** Over rows without it: twice those with the event above, and once those of the same score. */
  private long[] above = new long[FIRST];

  private long[] aboveSquared = new long[FIRST];

  /** Mean of (score − label)², and the sum of its squared deviations. */
  private double[] errors = new double[FIRST];

  private double[] errorSquares = new double[FIRST];

  private int root = NONE;
  private int used = 1;

  /** A list of places that are free again, by {@link #left}. */
  private int free = NONE;

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if the score is not finite, or there are {@value #MOST} rows
   */
  public void add(double score, boolean event) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("A score is a finite number, not " + score);
    }
    if (n() == MOST) {
      throw new IllegalArgumentException("There are no more than " + MOST + " rows");
    }
    // Adding zero makes one zero of two.
    root = changed(root, score + 0.0, event ? 1 : 0, event ? 0 : 1);
  }

  /**
   * Takes a row away.
   *
   * @throws IllegalArgumentException if there is none with this score and label
   */
  public void remove(double score, boolean event) {
    int at = root;
    while (at != NONE && scores[at] != score) {
      at = score < scores[at] ? left[at] : right[at];
    }
    if (at == NONE || (event ? ownPositives : ownNegatives)[at] == 0) {
      throw new IllegalArgumentException("There is no such row");
    }
    root = changed(root, score + 0.0, event ? -1 : 0, event ? 0 : -1);
  }

  private int changed(int at, double score, int byPositives, int byNegatives) {
    if (at == NONE) {
      int made = place(score);
      ownPositives[made] = byPositives;
      ownNegatives[made] = byNegatives;
      gather(made);
      return made;
    }
    int top = at;
    if (score == scores[at]) {
      ownPositives[at] += byPositives;
      ownNegatives[at] += byNegatives;
      if (ownPositives[at] + ownNegatives[at] == 0) {
        int joined = joined(left[at], right[at]);
        left[at] = free;
        free = at;
        return joined;
      }
    } else if (score < scores[at]) {
      int branch = changed(left[at], score, byPositives, byNegatives);
      left[at] = branch;
      if (branch != NONE && priorities[branch] > priorities[at]) {
        left[at] = right[branch];
        right[branch] = at;
        top = branch;
      }
    } else {
      int branch = changed(right[at], score, byPositives, byNegatives);
      right[at] = branch;
      if (branch != NONE && priorities[branch] > priorities[at]) {
        right[at] = left[branch];
        left[branch] = at;
        top = branch;
      }
    }
    gather(at);
    if (top != at) {
      gather(top);
    }
    return top;
  }

  /** Two branches, all scores of the second above those of the first. */
  private int joined(int lower, int upper) {
    if (lower == NONE || upper == NONE) {
      return lower == NONE ? upper : lower;
    }
    if (priorities[lower] > priorities[upper]) {
      right[lower] = joined(right[lower], upper);
      gather(lower);
      return lower;
    }
    left[upper] = joined(lower, left[upper]);
    gather(upper);
    return upper;
  }

  private int place(double score) {
    int at = free;
    if (at != NONE) {
      free = left[at];
    } else {
      if (used == scores.length) {
        grow();
      }
      at = used++;
    }
    scores[at] = score;
    priorities[at] = mixed(Double.doubleToLongBits(score));
    left[at] = NONE;
    right[at] = NONE;
    return at;
  }

  private void grow() {
    int more = used + (used >> 1);
    scores = Arrays.copyOf(scores, more);
    priorities = Arrays.copyOf(priorities, more);
    left = Arrays.copyOf(left, more);
    right = Arrays.copyOf(right, more);
    ownPositives = Arrays.copyOf(ownPositives, more);
    ownNegatives = Arrays.copyOf(ownNegatives, more);
    positives = Arrays.copyOf(positives, more);
    negatives = Arrays.copyOf(negatives, more);
    below = Arrays.copyOf(below, more);
    belowSquared = Arrays.copyOf(belowSquared, more);
    above = Arrays.copyOf(above, more);
    aboveSquared = Arrays.copyOf(aboveSquared, more);
    errors = Arrays.copyOf(errors, more);
    errorSquares = Arrays.copyOf(errorSquares, more);
  }

  /** Of different numbers different ones, in no order (the last step of SplitMix64). */
  private static long mixed(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Tells of a branch what follows from its two branches and its own rows. */
  private void gather(int at) {
    int p = ownPositives[at];
    int q = ownNegatives[at];
    positives[at] = p;
    negatives[at] = q;
    below[at] = (long) p * q;
    belowSquared[at] = (long) p * q * q;
    above[at] = (long) p * q;
    aboveSquared[at] = (long) q * p * p;
    double score = scores[at];
    double missed = (1 - score) * (1 - score);
    double raised = score * score;
    errors[at] = raised + (missed - raised) * p / (p + q);
    errorSquares[at] = (missed - raised) * (missed - raised) * p * q / (p + q);
    if (left[at] != NONE) {
      stack(at, left[at], at);
    }
    if (right[at] != NONE) {
      stack(at, at, right[at]);
    }
  }

  /** Puts two stretches together, one above the other; what there was of the place is replaced. */
  private void stack(int at, int lower, int upper) {
    long others = 2L * negatives[lower];
    long events = 2L * positives[upper];
    long rising = others * positives[upper];
    long falling = events * negatives[lower];
    long belowNow = below[lower] + below[upper] + rising;
    long belowNowSquared =
        belowSquared[lower] + belowSquared[upper] + 2 * others * below[upper] + others * rising;
    long aboveNow = above[lower] + above[upper] + falling;
    long aboveNowSquared =
        aboveSquared[lower] + aboveSquared[upper] + 2 * events * above[lower] + events * falling;
    double one = positives[lower] + negatives[lower];
    double other = positives[upper] + negatives[upper];
    double apart = errors[upper] - errors[lower];
    double mean = errors[lower] + apart * other / (one + other);
    double squares =
        errorSquares[lower] + errorSquares[upper] + apart * apart * one * other / (one + other);
    positives[at] = positives[lower] + positives[upper];
    negatives[at] = negatives[lower] + negatives[upper];
    below[at] = belowNow;
    belowSquared[at] = belowNowSquared;
    above[at] = aboveNow;
    aboveSquared[at] = aboveNowSquared;
    errors[at] = mean;
    errorSquares[at] = squares;
  }

  /** Rows. */
  public int n() {
    return positives[root] + negatives[root];
  }

  /** Rows with the event. */
  public int positives() {
    return positives[root];
  }

  /** Rows without the event. */
  public int negatives() {
    return negatives[root];
  }

  /** Whether all scores lie within 0 and 1. */
  public boolean areProbabilities() {
    int least = root;
    int most = root;
    while (left[least] != NONE) {
      least = left[least];
    }
    while (right[most] != NONE) {
      most = right[most];
    }
    return root == NONE || (scores[least] >= 0 && scores[most] <= 1);
  }

  /**
   * Twice the pairs in which the row with the event has the higher score; equal ones count once.
   */
  public long orderedPairsTwice() {
    return below[root];
  }

  /**
   * The sum over rows with the event of the squared deviation of their placement, the share of the
   * others that lie below, from the mean of it: 0 to the number of them.
   */
  public double placementSquaresOfPositives() {
    return deviations(below[root], belowSquared[root], positives(), negatives());
  }

  /** The same over rows without the event, of the share of those with it that lie above. */
  public double placementSquaresOfNegatives() {
    return deviations(above[root], aboveSquared[root], negatives(), positives());
  }

  /** Whole numbers until the last step: nothing is lost where placements hardly differ. */
  private static double deviations(long sum, long squares, int rows, int others) {
    BigInteger whole = BigInteger.valueOf(squares).multiply(BigInteger.valueOf(rows));
    BigInteger square = BigInteger.valueOf(sum).pow(2);
    return whole.subtract(square).doubleValue() / rows / (4.0 * others * others);
  }

  /** The mean of (score − label)²; 0 of no rows. */
  public double meanSquaredError() {
    return errors[root];
  }

  /** Its standard error; NaN of fewer than two rows. */
  public double errorOfMeanSquaredError() {
    int n = n();
    return n < 2 ? Double.NaN : Math.sqrt(errorSquares[root] / (n - 1.0) / n);
  }
}
