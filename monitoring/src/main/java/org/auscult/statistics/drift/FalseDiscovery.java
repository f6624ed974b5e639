package org.auscult.statistics.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Many tests at once. */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The p-values adjusted so that of all called at a level no more than that share are expected to
   * be false, in the order given.
   *
   * <p>Source: Benjamini and Hochberg, J. R. Stat. Soc. B 57 (1995) 289–300.
   */
  public static List<Double> adjusted(List<Double> pValues) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pValues.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(pValues::get));
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(pValues.size(), 1.0));
    double least = 1;
    for (int rank = order.size(); rank > 0; rank--) {
      int i = order.get(rank - 1);
      least = Math.min(least, pValues.get(i) * order.size() / rank);
      adjusted.set(i, least);
    }
    return List.copyOf(adjusted);
  }
}
