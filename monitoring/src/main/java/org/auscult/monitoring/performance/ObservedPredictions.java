package org.auscult.monitoring.performance;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;

/**
 * The predictions of one output of one model over a window: the first of each patient and episode
 * about whom the outcome definition asks, each with its score and how it stands, overall and by
 * group.
 *
 * <p>Memory: 8 bytes for each prediction, and 8 more for each way of grouping.
 *
 * @param standings how many predictions stand how; those of {@link Standing#EXCLUDED} are counted
 *     here alone
 * @param labelled scores of those with and without the event
 * @param all every score that is not excluded, labelled or not
 * @param groups by way of grouping (such as {@code site}) and group, the labelled ones. A way in
 *     which nobody's group is known is not there; where there are more than {@value
 *     BoundedGroups#MOST} groups, and it is not by site, those with fewest rows are one, {@value
 *     BoundedGroups#OTHERS}
 */
public record ObservedPredictions(
    Map<Standing, Long> standings,
    LabelledScores labelled,
    Numbers all,
    SortedMap<String, SortedMap<String, LabelledScores>> groups) {
  /** The group of those of whom nobody knows it. */
  public static final String UNKNOWN = "unknown";

  public ObservedPredictions {
    standings = Map.copyOf(standings);
  }

  /** How many stand so. */
  public long count(Standing standing) {
    return standings.getOrDefault(standing, 0L);
  }

  /** To be filled row by row. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers predictions. Not for several threads. */
  public static final class Builder {
    private final Map<Standing, Long> standings = new EnumMap<>(Standing.class);
    private final LabelledScores.Builder labelled = LabelledScores.builder();
    private final Numbers.Builder all = Numbers.builder();
    private final Map<String, Map<String, LabelledScores.Builder>> groups = new HashMap<>();

    private Builder() {}

    /**
     * Adds one.
     *
     * @param of its group in each way of grouping
     * @throws IllegalArgumentException if the score is not finite
     */
    public void add(double score, Standing standing, Map<String, String> of) {
      standings.merge(standing, 1L, Long::sum);
      if (standing == Standing.EXCLUDED) {
        return;
      }
      all.add(score);
      boolean isEvent = standing == Standing.EVENT;
      if (isEvent || standing == Standing.NO_EVENT) {
        labelled.add(score, isEvent);
        of.forEach(
            (way, group) ->
                groups
                    .computeIfAbsent(way, w -> new HashMap<>())
                    .computeIfAbsent(group, g -> LabelledScores.builder())
                    .add(score, isEvent));
      }
    }

    /** All so far; the builder is empty afterwards. */
    public ObservedPredictions build() {
      SortedMap<String, SortedMap<String, LabelledScores>> built = new TreeMap<>();
      groups.forEach(
          (way, some) -> {
            SortedMap<String, LabelledScores> scores = new TreeMap<>();
            some.forEach((group, rows) -> scores.put(group, rows.build()));
            if (!scores.keySet().equals(Set.of(UNKNOWN))) {
              built.put(way, BoundedGroups.of(way, scores, LabelledScores::n, Builder::together));
            }
          });
      ObservedPredictions observed =
          new ObservedPredictions(standings, labelled.build(), all.build(), built);
      standings.clear();
      groups.clear();
      return observed;
    }

    private static LabelledScores together(List<LabelledScores> groups) {
      LabelledScores.Builder all = LabelledScores.builder();
      groups.forEach(group -> addAll(group, all));
      return all.build();
    }

    private static void addAll(LabelledScores rows, LabelledScores.Builder to) {
      for (int k = 0; k < rows.distinct(); k++) {
        for (int i = 0; i < rows.rows(k); i++) {
          to.add(rows.score(k), i < rows.positives(k));
        }
      }
    }
  }
}
