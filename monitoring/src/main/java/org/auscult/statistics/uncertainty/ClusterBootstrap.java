package org.auscult.statistics.uncertainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;

/**
 * Intervals of figures of rows that belong together, such as those of one patient: whole clusters
 * are drawn with replacement, as many as there are, and the figures are made of their rows; the
 * interval is from the 0.025 to the 0.975 quantile (type 7) of what came of the replicates.
 *
 * <p>A replicate draws with {@link SplitMix64#below}, all from one stream of the seed. P-values are
 * left out, as they take rows for independent.
 *
 * <p>Source: Davison and Hinkley, Bootstrap Methods and their Application, 1997, sections 3.8 and
 * 5.3.
 */
public final class ClusterBootstrap {
  /** Of more replicates without a value there is no interval. */
  static final double MOST_UNKNOWN = 0.05;

  private final double[] distinct;
  private final int[] place;
  private final boolean[] events;
  private final int[] clusters;
  private final int count;

  private ClusterBootstrap(double[] scores, boolean[] events, int[] clusters) {
    distinct = Arrays.stream(scores).map(s -> s + 0.0).sorted().distinct().toArray();
    place = new int[scores.length];
    int most = -1;
    for (int i = 0; i < scores.length; i++) {
      place[i] = Arrays.binarySearch(distinct, scores[i] + 0.0);
      most = Math.max(most, clusters[i]);
    }
    count = most + 1;
    this.events = events.clone();
    this.clusters = clusters.clone();
  }

  /**
   * Of these rows.
   *
   * @param clusters of each row the number of its cluster, from 0 without gaps
   * @throws IllegalArgumentException if the lengths differ
   */
  public static ClusterBootstrap of(double[] scores, boolean[] events, int[] clusters) {
    if (scores.length != events.length || scores.length != clusters.length) {
      throw new IllegalArgumentException("A score, a label and a cluster are needed for each row");
    }
    return new ClusterBootstrap(scores, events, clusters);
  }

  /** The figures of all rows, with intervals by so many replicates from this seed. */
  public List<Estimate> estimates(
      Function<LabelledScores, List<Estimate>> figures, int replicates, long seed) {
    int[] once = new int[count];
    Arrays.fill(once, 1);
    List<Estimate> all = figures.apply(drawn(once));
    List<Numbers.Builder> values = new ArrayList<>();
    all.forEach(figure -> values.add(Numbers.builder()));
    SplitMix64 chance = new SplitMix64(seed);
    for (int replicate = 0; replicate < replicates && count > 0; replicate++) {
      int[] times = new int[count];
      for (int i = 0; i < count; i++) {
        times[chance.below(count)]++;
      }
      List<Estimate> some = figures.apply(drawn(times));
      for (int i = 0; i < all.size(); i++) {
        Numbers.Builder of = values.get(i);
        some.get(i).optional().ifPresentOrElse(of::add, of::addMissing);
      }
    }
    String method =
        "percentile bootstrap of "
            + count
            + " clusters, "
            + replicates
            + " replicates, seed "
            + seed;
    List<Estimate> with = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      with.add(with(all.get(i), values.get(i).build(), method));
    }
    return List.copyOf(with);
  }

  private static Estimate with(Estimate estimate, Numbers values, String method) {
    if (!(estimate instanceof Estimate.Known known)) {
      return estimate;
    }
    if (values.size() == 0 || values.missing() > MOST_UNKNOWN * values.rows()) {
      return new Estimate.Known(
          known.definition(),
          known.n(),
          known.value(),
          new Certainty(
              null,
              null,
              "no interval: "
                  + values.missing()
                  + " of "
                  + values.rows()
                  + " replicates had no value"));
    }
    return new Estimate.Known(
        known.definition(),
        known.n(),
        known.value(),
        new Certainty(
            Interval.of(values.quantile(1, 40), values.quantile(39, 40), method), null, null));
  }

  private LabelledScores drawn(int[] times) {
    int[] positives = new int[distinct.length];
    int[] negatives = new int[distinct.length];
    for (int i = 0; i < place.length; i++) {
      (events[i] ? positives : negatives)[place[i]] += times[clusters[i]];
    }
    return LabelledScores.ofCounts(distinct, positives, negatives);
  }
}
