package org.auscult.statistics.discrimination;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.PValue;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.RunningScores;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.MeanSum;

/**
 * The area under the ROC curve, with DeLong's variance.
 *
 * <p>Source: DeLong et al., Biometrics 44 (1988) 837–845; in O(n log n) by midranks: Sun and Xu,
 * IEEE Signal Process. Lett. 21 (2014) 1389–1393.
 */
public final class Auroc {
  private static final Definition AUROC =
      Definition.of(
          "auroc", "P(s+ > s-) + P(s+ = s-)/2 over all pairs of an event and a non-event");
  private static final Definition DIFFERENCE =
      Definition.of("auroc-difference", "auroc of the first less auroc of the second, same rows");
  private static final String METHOD = "delong";
  private static final String ONE_CLASS = "it compares events with non-events, and has only one";

  private Auroc() {}

  /**
   * The area and its interval, clipped to [0, 1].
   *
   * <p>Missing: unknown if there is one class only. The interval needs two rows of each class, and
   * placements that vary: where the scores separate the classes the variance is 0, which says
   * nothing of how sure the area is.
   */
  public static Estimate of(LabelledScores scores) {
    if (!scores.hasBothClasses()) {
      return AUROC.unknown(scores.n(), Reason.ONE_CLASS, ONE_CLASS);
    }
    double m = scores.positives();
    double n = scores.negatives();
    // Twice the number of ordered pairs is whole, and the sum of it exact.
    long twice = 0;
    for (int k = 0; k < scores.distinct(); k++) {
      twice += scores.positives(k) * (2L * scores.negativesBelow(k) + scores.negatives(k));
    }
    double area = twice / (2 * m * n);
    return estimate(m, n, area, () -> variance(scores, area));
  }

  /** The same of rows that come and go. */
  public static Estimate of(RunningScores scores) {
    if (scores.positives() == 0 || scores.negatives() == 0) {
      return AUROC.unknown(scores.n(), Reason.ONE_CLASS, ONE_CLASS);
    }
    double m = scores.positives();
    double n = scores.negatives();
    return estimate(
        m,
        n,
        scores.orderedPairsTwice() / (2 * m * n),
        () ->
            scores.placementSquaresOfPositives() / (m - 1) / m
                + scores.placementSquaresOfNegatives() / (n - 1) / n);
  }

  private static Estimate estimate(double m, double n, double area, DoubleSupplier variance) {
    Estimate.Known known = AUROC.known((long) (m + n), area);
    if (m < 2 || n < 2) {
      return known.noting("no interval: DeLong's variance needs two rows of each class");
    }
    double error = Math.sqrt(variance.getAsDouble());
    return error == 0
        ? known.noting("no interval: DeLong's variance is 0, as no placement differs")
        : known.with(MeanSum.normal(area, error, METHOD).clippedTo(0, 1));
  }

  private static double variance(LabelledScores scores, double area) {
    double m = scores.positives();
    double n = scores.negatives();
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int k = 0; k < scores.distinct(); k++) {
      int positives = scores.positives(k);
      int negatives = scores.negatives(k);
      double above = (scores.negativesBelow(k) + negatives / 2.0) / n - area;
      double below = 1 - (scores.positivesBelow(k) + positives / 2.0) / m - area;
      ofPositives += positives * above * above;
      ofNegatives += negatives * below * below;
    }
    return ofPositives / (m - 1) / m + ofNegatives / (n - 1) / n;
  }

  /**
   * The difference between two scores of the same rows, with its interval and the test of none.
   *
   * @throws IllegalArgumentException if the lengths differ, or a score is not finite
   */
  public static Estimate difference(double[] first, double[] second, boolean[] events) {
    if (first.length != events.length || second.length != events.length) {
      throw new IllegalArgumentException("Two scores and a label are needed for each row");
    }
    int m = 0;
    for (boolean event : events) {
      m += event ? 1 : 0;
    }
    int n = events.length - m;
    if (m < 2 || n < 2) {
      return DIFFERENCE.unknown(
          events.length,
          m == 0 || n == 0 ? Reason.ONE_CLASS : Reason.TOO_FEW,
          "DeLong's variance needs two rows of each class");
    }
    double[] a = placements(first, events);
    double[] b = placements(second, events);
    double areaOfFirst = meanOf(a, events, true);
    double areaOfSecond = meanOf(b, events, true);
    double difference = areaOfFirst - areaOfSecond;
    double[] squares = new double[2];
    for (int i = 0; i < events.length; i++) {
      double off = a[i] - b[i] - difference;
      squares[events[i] ? 1 : 0] += off * off;
    }
    double error = Math.sqrt(squares[1] / (m - 1.0) / m + squares[0] / (n - 1.0) / n);
    Estimate.Known known = DIFFERENCE.known(events.length, difference);
    if (error == 0) {
      return known.noting("no interval and no test: the two rank all rows alike");
    }
    return known
        .with(MeanSum.normal(difference, error, METHOD).clippedTo(-1, 1))
        .with(new PValue(Distributions.normalBothTails(difference / error), METHOD));
  }

  /** Of each row: the share of the other class that it stands on the right side of. */
  private static double[] placements(double[] scores, boolean[] events) {
    LabelledScores all = LabelledScores.of(scores, events);
    double[] placements = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      int k = all.firstAtLeast(scores[i]);
      placements[i] =
          events[i]
              ? (all.negativesBelow(k) + all.negatives(k) / 2.0) / all.negatives()
              : 1 - (all.positivesBelow(k) + all.positives(k) / 2.0) / all.positives();
    }
    return placements;
  }

  private static double meanOf(double[] values, boolean[] events, boolean of) {
    double[] chosen = new double[values.length];
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (events[i] == of) {
        chosen[size++] = values[i];
      }
    }
    return Arrays.stream(chosen, 0, size).sum() / size;
  }
}
