package org.auscult.statistics.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.auscult.statistics.sample.LabelledScores;

/**
 * The rising function of scores that is nearest to the labels, by least squares: straight between
 * the scores that it was fitted on, level outside of them.
 *
 * <p>Source: Zadrozny and Elkan, KDD 2002; pools of adjacent violators, Barlow et al., 1972.
 *
 * @param scores rising
 * @param observed of each, 0 to 1, not falling
 */
public record IsotonicCalibration(List<Double> scores, List<Double> observed)
    implements DoubleUnaryOperator {
  public IsotonicCalibration {
    scores = List.copyOf(scores);
    observed = List.copyOf(observed);
    if (scores.isEmpty() || scores.size() != observed.size()) {
      throw new IllegalArgumentException("Each score has a value, and there is one at least");
    }
  }

  /**
   * Of these rows.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static IsotonicCalibration fit(LabelledScores rows) {
    int[] firsts = new int[rows.distinct()];
    int pools = 0;
    for (int k = 0; k < firsts.length; k++) {
      firsts[pools++] = k;
      while (pools > 1 && !rises(rows, firsts[pools - 2], firsts[pools - 1], k + 1)) {
        pools--;
      }
    }
    List<Double> scores = new ArrayList<>();
    List<Double> observed = new ArrayList<>();
    for (int pool = 0; pool < pools; pool++) {
      int until = pool + 1 < pools ? firsts[pool + 1] : firsts.length;
      for (int k = firsts[pool]; k < until; k++) {
        scores.add(rows.score(k));
        observed.add(share(rows, firsts[pool], until));
      }
    }
    return new IsotonicCalibration(scores, observed);
  }

  /** Whether the share of the second pool is greater than that of the first. */
  private static boolean rises(LabelledScores rows, int first, int second, int until) {
    return share(rows, first, second) < share(rows, second, until);
  }

  private static double share(LabelledScores rows, int from, int until) {
    return (rows.positivesBelow(until) - rows.positivesBelow(from))
        / (double) (rows.rowsBelow(until) - rows.rowsBelow(from));
  }

  /** A score, calibrated. */
  @Override
  public double applyAsDouble(double score) {
    int after = 0;
    while (after < scores.size() && scores.get(after) < score) {
      after++;
    }
    if (after == 0 || after == scores.size()) {
      return observed.get(Math.min(after, scores.size() - 1));
    }
    double low = scores.get(after - 1);
    double along = (score - low) / (scores.get(after) - low);
    return observed.get(after - 1) + along * (observed.get(after) - observed.get(after - 1));
  }
}
