package org.auscult.monitoring.drift;

import java.util.List;
import java.util.Map;
import org.auscult.statistics.drift.CategoricalDrift;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * Whether the share of events is as it was: labels as they stand now, of both stretches of time.
 */
public final class LabelDrift {
  private static final Definition PREVALENCE = Definition.of("prevalence", "share of events");
  private static final Definition DIFFERENCE =
      Definition.of("prevalence-difference", "share of events now less that of the reference");
  private static final String SMALL =
      "one of the samples has "
          + SmallCells.MOST_HIDDEN
          + " labels or fewer, or of one kind so few";

  private LabelDrift() {}

  /**
   * The prevalence of now, and how it differs.
   *
   * @param reference events of all who are labelled as event or none
   */
  public static List<Estimate> of(Proportion reference, Proportion current) {
    long n = reference.of() + current.of();
    if (isFew(reference) || isFew(current)) {
      return List.of(
          PREVALENCE.unknown(current.of(), Reason.SMALL_CELL, SMALL),
          DIFFERENCE.unknown(n, Reason.SMALL_CELL, SMALL));
    }
    PValue p =
        CategoricalDrift.of(categories(reference), categories(current)).stream()
            .filter(figure -> figure.definition().name().equals("chi-squared"))
            .filter(Estimate.Known.class::isInstance)
            .map(figure -> ((Estimate.Known) figure).certainty().pValue())
            .findFirst()
            .orElse(new PValue(1, "nothing varies"));
    return List.of(
        current.estimate(PREVALENCE, "labels"),
        DIFFERENCE
            .known(n, current.share() - reference.share())
            .with(current.newcombe(reference))
            .with(p));
  }

  private static boolean isFew(Proportion share) {
    return share.count() <= SmallCells.MOST_HIDDEN
        || share.of() - share.count() <= SmallCells.MOST_HIDDEN;
  }

  private static Categories categories(Proportion share) {
    return Categories.of(Map.of("event", share.count(), "no-event", share.of() - share.count()), 0);
  }
}
