package org.auscult.prove.attack;

import java.util.List;

/**
 * How far two samples can be told apart.
 *
 * @param share of all pairs in which the first is larger, ties counting half: 0.5 if they are alike
 * @param error standard error of the share where both are alike
 */
record RankTest(double firstMedian, double secondMedian, double share, double error) {
  /** Source: Mann and Whitney 1947; the share is U over the number of pairs. */
  static RankTest of(List<Long> first, List<Long> second) {
    double larger = 0;
    for (long a : first) {
      for (long b : second) {
        larger += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    double pairs = (double) first.size() * second.size();
    double error = Math.sqrt((first.size() + second.size() + 1) / (12 * pairs));
    return new RankTest(median(first), median(second), larger / pairs, error);
  }

  private static double median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
  }
}
