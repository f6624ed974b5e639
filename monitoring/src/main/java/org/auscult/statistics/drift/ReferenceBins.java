package org.auscult.statistics.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.statistics.sample.Numbers;

/**
 * The deciles of a reference, as what is kept of it: (−∞, e₁], (e₁, e₂], ..., (e₉, ∞), and one bin
 * for what is missing. Equal edges are merged.
 *
 * @param edges strictly rising; at most nine
 * @param counts rows of the reference, by bin; the missing ones last
 */
public record ReferenceBins(List<Double> edges, List<Long> counts) {
  static final String BINNING =
      "deciles of the reference (type 7), equal ones merged, (a, b], open ends; missing is a bin";

  private static final int TENTHS = 10;

  public ReferenceBins {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (counts.size() != edges.size() + 2) {
      throw new IllegalArgumentException("Edges make one bin more, and missing makes another");
    }
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) < edges.get(i))) {
        throw new IllegalArgumentException("Edges rise");
      }
    }
  }

  /** Of this reference; without edges if it holds no number. */
  public static ReferenceBins of(Numbers reference) {
    TreeSet<Double> edges = new TreeSet<>();
    for (int k = 1; k < TENTHS && reference.size() > 0; k++) {
      edges.add(reference.quantile(k, TENTHS));
    }
    List<Double> rising = new ArrayList<>(edges);
    return new ReferenceBins(rising, count(rising, reference));
  }

  /** Rows of this sample by these bins, the missing ones last. */
  public List<Long> count(Numbers sample) {
    return count(edges, sample);
  }

  private static List<Long> count(List<Double> edges, Numbers sample) {
    List<Long> counts = new ArrayList<>();
    long below = 0;
    for (double edge : edges) {
      long atMost = sample.atMost(edge);
      counts.add(atMost - below);
      below = atMost;
    }
    counts.add(sample.size() - below);
    counts.add((long) sample.missing());
    return counts;
  }
}
