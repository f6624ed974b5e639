package org.auscult.statistics.multivariate;

import java.util.Arrays;
import java.util.List;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.uncertainty.SplitMix64;

/** Who belongs to the first sample: as it is, and as drawn. */
final class Permutations {
  private Permutations() {}

  /**
   * Of so many rows of which the first ones belong to the first sample: whether each does, first as
   * it is, then as often as is asked for, drawn.
   */
  static boolean[][] members(int first, int size, int permutations, SplitMix64 chance) {
    boolean[][] members = new boolean[permutations + 1][size];
    Arrays.fill(members[0], 0, first, true);
    int[] order = order(size);
    for (int permutation = 1; permutation <= permutations; permutation++) {
      draw(order, first, chance);
      for (int i = 0; i < first; i++) {
        members[permutation][order[i]] = true;
      }
    }
    return members;
  }

  /** The numbers from 0. */
  static int[] order(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** Draws so many, none twice, to the front. */
  static void draw(int[] order, int count, SplitMix64 chance) {
    for (int i = 0; i < count; i++) {
      int j = i + chance.below(order.length - i);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  /**
   * How often a value is at least the first one, of all with the first; less by rounding counts.
   */
  static PValue asGreat(double[] values) {
    double least = values[0] - 1e-12 * Math.max(1, Math.abs(values[0]));
    long count = Arrays.stream(values).filter(value -> value >= least).count();
    return new PValue(count / (double) values.length, "permutation");
  }

  /** Two parts of some rows, drawn: the lesser half first. */
  static List<Rows> halves(Rows rows, SplitMix64 chance) {
    int[] order = order(rows.size());
    int half = rows.size() / 2;
    draw(order, half, chance);
    return List.of(
        rows.chosen(Arrays.copyOf(order, half)),
        rows.chosen(Arrays.copyOfRange(order, half, order.length)));
  }
}
