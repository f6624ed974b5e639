package org.auscult.statistics.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;

/**
 * Intervals of figures without a closed one, by a bootstrap whose cost does not grow with the rows:
 * they are put into bins of neighbouring scores, and a replicate draws for each bin how many rows
 * with and without the event it has, from Poisson's distribution with the bin's own counts as
 * means.
 *
 * <p>A bin holds rows of one tenth of 0 to 1 and, unless it is a single score, no more than one in
 * {@value #PARTS} of all; its score is their mean. Counts are drawn as quantiles of the uniform
 * numbers of one stream of the seed: of each bin with rows, ascending, first those with the event.
 * The interval is the basic one: the figure less what the replicates' 0.975 and 0.025 quantiles
 * (type 7) are off that of the bins, within 0 and 1. It is basic, and not of percentiles, since an
 * error of calibration grows with noise, and a replicate is noisier than the rows.
 *
 * <p>Source: Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 5.2.1;
 * Hanley and MacGibbon, Comput. Methods Programs Biomed. 83 (2006) 57–62.
 */
public final class BinnedBootstrap {
  /** A bin of several scores holds no more than this part of all rows. */
  public static final int PARTS = 100;

  private static final int TENTHS = 10;

  private final LabelledScores bins;
  private final int replicates;
  private final long seed;

  private BinnedBootstrap(LabelledScores bins, int replicates, long seed) {
    this.bins = bins;
    this.replicates = replicates;
    this.seed = seed;
  }

  /** The figures of these rows, all of 0 to 1, with such intervals; none of unknown ones. */
  public static List<Estimate> estimates(
      LabelledScores scores,
      Function<LabelledScores, List<Estimate>> figures,
      int replicates,
      long seed) {
    if (replicates < 1) {
      throw new IllegalArgumentException("A bootstrap needs a replicate at least");
    }
    return new BinnedBootstrap(binned(scores), replicates, seed).of(figures, figures.apply(scores));
  }

  private List<Estimate> of(
      Function<LabelledScores, List<Estimate>> figures, List<Estimate> ofRows) {
    List<Estimate> ofBins = figures.apply(bins);
    List<Numbers.Builder> values = new ArrayList<>();
    ofBins.forEach(figure -> values.add(Numbers.builder()));
    Draws draws = new Draws();
    for (int replicate = 0; replicate < replicates && bins.n() > 0; replicate++) {
      List<Estimate> some = figures.apply(draws.next());
      for (int i = 0; i < values.size(); i++) {
        Numbers.Builder of = values.get(i);
        some.get(i).optional().ifPresentOrElse(of::add, of::addMissing);
      }
    }
    List<Estimate> with = new ArrayList<>();
    for (int i = 0; i < ofRows.size(); i++) {
      with.add(
          ofRows.get(i) instanceof Estimate.Known known
              ? with(known, ofBins.get(i), values.get(i).build())
              : ofRows.get(i));
    }
    return List.copyOf(with);
  }

  private Estimate with(Estimate.Known known, Estimate ofBins, Numbers values) {
    if (ofBins.optional().isEmpty()
        || values.size() == 0
        || values.missing() > ClusterBootstrap.MOST_UNKNOWN * values.rows()) {
      return known.noting(
          "no interval: %d of %d replicates had no value"
              .formatted(values.missing(), values.rows()));
    }
    double centre = known.value() + ofBins.get();
    String method =
        "basic poisson bootstrap of %d bins, %d replicates, seed %d"
            .formatted(bins.distinct(), replicates, seed);
    return known.with(
        Interval.of(centre - values.quantile(39, 40), centre - values.quantile(1, 40), method)
            .clippedTo(0, 1));
  }

  /** The rows by bins. */
  static LabelledScores binned(LabelledScores scores) {
    double[] means = new double[scores.distinct()];
    int[] positives = new int[means.length];
    int[] negatives = new int[means.length];
    int count = 0;
    for (int from = 0; from < means.length; ) {
      int until = end(scores, from);
      double sum = 0;
      for (int k = from; k < until; k++) {
        sum += scores.score(k) * scores.rows(k);
      }
      int rows = scores.rowsBelow(until) - scores.rowsBelow(from);
      // Rounding must not move a bin beyond its own scores.
      means[count] = clipped(sum / rows, scores.score(from), scores.score(until - 1));
      positives[count] = scores.positivesBelow(until) - scores.positivesBelow(from);
      negatives[count] = rows - positives[count];
      count++;
      from = until;
    }
    return LabelledScores.ofCounts(
        Arrays.copyOf(means, count),
        Arrays.copyOf(positives, count),
        Arrays.copyOf(negatives, count));
  }

  private static double clipped(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }

  /** The first score that is not of the bin that begins here. */
  private static int end(LabelledScores scores, int from) {
    int tenth = tenth(scores.score(from));
    int until = from + 1;
    while (until < scores.distinct()
        && tenth(scores.score(until)) == tenth
        && (long) PARTS * (scores.rowsBelow(until + 1) - scores.rowsBelow(from)) <= scores.n()) {
      until++;
    }
    return until;
  }

  private static int tenth(double score) {
    int tenth = 1;
    while (tenth <= TENTHS && score > tenth / (double) TENTHS) {
      tenth++;
    }
    return tenth;
  }

  /** Replicates, one after the other. */
  private final class Draws {
    private final SplitMix64 chance = new SplitMix64(seed);
    private final double[] scores = new double[bins.distinct()];
    private final PoissonQuantiles[] positives = new PoissonQuantiles[scores.length];
    private final PoissonQuantiles[] negatives = new PoissonQuantiles[scores.length];

    Draws() {
      for (int k = 0; k < scores.length; k++) {
        scores[k] = bins.score(k);
        positives[k] = PoissonQuantiles.of(bins.positives(k));
        negatives[k] = PoissonQuantiles.of(bins.negatives(k));
      }
    }

    LabelledScores next() {
      int[] with = new int[scores.length];
      int[] without = new int[scores.length];
      for (int k = 0; k < scores.length; k++) {
        with[k] = bins.positives(k) == 0 ? 0 : positives[k].at(chance.uniform());
        without[k] = bins.negatives(k) == 0 ? 0 : negatives[k].at(chance.uniform());
      }
      return LabelledScores.ofCounts(scores, with, without);
    }
  }
}
