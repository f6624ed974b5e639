package org.auscult.statistics.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.uncertainty.Proportion;

/** How a variable of categories drifted from a reference. */
public final class CategoricalDrift {
  private static final String BINNING =
      "a bin for each category of either sample; missing is a bin";
  private static final Definition CHI_SQUARED =
      Definition.of("chi-squared", "sum of (O - E)^2 / E over samples and categories")
          .with("binning", BINNING)
          .with("correction", "none");

  private CategoricalDrift() {}

  /** All figures. No intervals are defined, but of the missing rate. */
  public static List<Estimate> of(Categories reference, Categories current) {
    Shares shares = shares(reference, current);
    List<Estimate> all = new ArrayList<>(shares.distances(BINNING));
    all.add(shares.chiSquared(CHI_SQUARED));
    all.add(
        Shares.missing(
            new Proportion(reference.missing(), reference.rows()),
            new Proportion(current.missing(), current.rows())));
    return List.copyOf(all);
  }

  /** Categories of now that the reference has not. */
  public static List<String> unseen(Categories reference, Categories current) {
    return current.counts().keySet().stream()
        .filter(category -> current.count(category) > 0 && reference.count(category) == 0)
        .toList();
  }

  private static Shares shares(Categories reference, Categories current) {
    TreeSet<String> either = new TreeSet<>(reference.counts().keySet());
    either.addAll(current.counts().keySet());
    List<Long> before = new ArrayList<>();
    List<Long> now = new ArrayList<>();
    for (String category : either) {
      before.add(reference.count(category));
      now.add(current.count(category));
    }
    before.add(reference.missing());
    now.add(current.missing());
    return new Shares(before, now);
  }
}
