package org.auscult.monitoring.performance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.estimated.EstimatedPerformance;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.fairness.GroupGaps;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.sample.LabelledScores;

/**
 * All figures of a window. The same predictions give the same report, in whatever order they came.
 *
 * <p>A figure that would tell of ten people or fewer is unknown, and says so.
 *
 * @param observed what it is made of
 * @param figures with labels, overall
 * @param estimated without labels, by CBPE: blind to a change of the relation of score and outcome,
 *     and named so
 * @param groups by way of grouping
 */
public record PerformanceReport(
    ObservedPredictions observed,
    List<Estimate> figures,
    List<Estimate> estimated,
    SortedMap<String, Groups> groups) {
  private static final String MEMBERS = "members";
  private static final String OUTSIDE =
      "it would tell of "
          + SmallCells.MOST_HIDDEN
          + " people or fewer, in the cohort or outside of it";

  private static final String SMALL = "there are " + SmallCells.MOST_HIDDEN + " labels or fewer";

  public PerformanceReport {
    figures = List.copyOf(figures);
    estimated = List.copyOf(estimated);
  }

  /**
   * One way of grouping.
   *
   * @param figures by group; those that may be shown
   * @param hidden groups of which nothing may be told
   * @param gaps between the groups, at each threshold
   */
  public record Groups(
      SortedMap<String, List<Estimate>> figures, Set<String> hidden, List<Estimate> gaps) {
    public Groups {
      hidden = Set.copyOf(hidden);
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * Works it out.
   *
   * @param thresholds a score of at least this flags
   */
  public static PerformanceReport of(ObservedPredictions observed, List<Double> thresholds) {
    LabelledScores labelled = observed.labelled();
    List<Estimate> figures = BinaryEvaluation.all(labelled, thresholds);
    if (labelled.n() <= SmallCells.MOST_HIDDEN) {
      figures = figures.stream().map(figure -> withheld(figure, SMALL)).toList();
    }
    SortedMap<String, Groups> groups = new TreeMap<>();
    observed.groups().forEach((way, some) -> groups.put(way, groups(some, thresholds)));
    return new PerformanceReport(observed, figures, estimated(observed, thresholds), groups);
  }

  /**
   * Works out what may be told of a cohort, where the same may be told of everybody: nothing that
   * tells of ten people or fewer, be it by taking the cohort from everybody. So a figure is known
   * only if it could be told of the others, too; and there are no groups within a cohort.
   *
   * @param members who are of the cohort
   * @param others who are not
   * @param thresholds a score of at least this flags
   */
  public static PerformanceReport ofCohort(
      ObservedPredictions members, ObservedPredictions others, List<Double> thresholds) {
    SortedMap<String, LabelledScores> both = new TreeMap<>();
    both.put(MEMBERS, members.labelled());
    if (others.labelled().n() > 0) {
      both.put("others", others.labelled());
    }
    List<Estimate> figures = GroupEvaluation.of(both).all(thresholds).get(MEMBERS);
    if (figures == null) {
      figures =
          BinaryEvaluation.all(members.labelled(), thresholds).stream()
              .map(figure -> withheld(figure, OUTSIDE))
              .toList();
    }
    ObservedPredictions told =
        new ObservedPredictions(
            counts(members, others), members.labelled(), members.all(), new TreeMap<>());
    return new PerformanceReport(told, figures, estimated(told, thresholds), new TreeMap<>());
  }

  /** Those that may be told. With one of the labels the other is hidden, as their sum is told. */
  private static Map<Standing, Long> counts(
      ObservedPredictions members, ObservedPredictions others) {
    boolean isEverybody = others.standings().isEmpty();
    Map<String, long[]> cells = new TreeMap<>();
    members
        .standings()
        .forEach(
            (standing, count) ->
                cells.put(
                    standing.code(),
                    isEverybody ? new long[] {count} : new long[] {count, others.count(standing)}));
    Set<String> labels = Set.of(Standing.EVENT.code(), Standing.NO_EVENT.code());
    Set<String> hidden = SmallCells.hidden(cells, Set.of());
    if (hidden.stream().anyMatch(labels::contains)) {
      Set<String> already = new TreeSet<>(labels);
      already.retainAll(cells.keySet());
      hidden = SmallCells.hidden(cells, already);
    }
    Map<Standing, Long> told = new EnumMap<>(Standing.class);
    for (Standing standing : members.standings().keySet()) {
      if (!hidden.contains(standing.code())) {
        told.put(standing, members.count(standing));
      }
    }
    return told;
  }

  private static Estimate withheld(Estimate figure, String why) {
    return figure.definition().unknown(figure.n(), Reason.SMALL_CELL, why);
  }

  private static List<Estimate> estimated(ObservedPredictions observed, List<Double> thresholds) {
    int n = observed.all().size();
    boolean areProbabilities =
        n > 0 && observed.all().get(0) >= 0 && observed.all().get(n - 1) <= 1;
    if (!areProbabilities || n <= SmallCells.MOST_HIDDEN) {
      return List.of();
    }
    List<Estimate> all = new ArrayList<>();
    for (double threshold : thresholds) {
      for (Estimate figure : EstimatedPerformance.of(observed.all(), threshold)) {
        if (all.stream().noneMatch(other -> other.definition().equals(figure.definition()))) {
          all.add(figure);
        }
      }
    }
    return all;
  }

  private static Groups groups(SortedMap<String, LabelledScores> scores, List<Double> thresholds) {
    GroupEvaluation evaluation = GroupEvaluation.of(scores);
    List<Estimate> gaps = new ArrayList<>();
    for (double threshold : thresholds) {
      for (Estimate gap : GroupGaps.of(evaluation, threshold).all()) {
        if (gaps.stream().noneMatch(other -> other.definition().equals(gap.definition()))) {
          gaps.add(gap);
        }
      }
    }
    return new Groups(evaluation.all(thresholds), evaluation.hidden(), gaps);
  }
}
