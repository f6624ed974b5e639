package org.auscult.statistics.fairness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.evaluation.BinaryEvaluation;
import org.auscult.statistics.sample.LabelledScores;

/**
 * All figures of each group, as far as they tell of no cell of ten people or fewer.
 *
 * <p>There are four kinds of figures, and a group may be hidden for some of them only: its size;
 * what needs its events and non-events; what needs its flagged and unflagged; what needs its whole
 * confusion matrix.
 */
public final class GroupEvaluation {
  private static final String WHY =
      "it would tell of a cell of "
          + SmallCells.MOST_HIDDEN
          + " rows or fewer, here or in another"
          + " group";

  private final SortedMap<String, LabelledScores> groups;
  private final Set<String> withoutSize;
  private final Set<String> withoutLabels;

  private GroupEvaluation(SortedMap<String, LabelledScores> groups) {
    this.groups = groups;
    withoutSize = SmallCells.hidden(cells(scores -> new long[] {scores.n()}), Set.of());
    withoutLabels =
        SmallCells.hidden(
            cells(scores -> new long[] {scores.positives(), scores.negatives()}), withoutSize);
  }

  /** Of these groups, which share no row. */
  public static GroupEvaluation of(Map<String, LabelledScores> groups) {
    return new GroupEvaluation(new TreeMap<>(groups));
  }

  private Map<String, long[]> cells(Function<LabelledScores, long[]> of) {
    Map<String, long[]> cells = new TreeMap<>();
    groups.forEach((group, scores) -> cells.put(group, of.apply(scores)));
    return cells;
  }

  /** The groups whose size may be told. */
  public List<String> shown() {
    return groups.keySet().stream().filter(group -> !withoutSize.contains(group)).toList();
  }

  /** The groups whose size may not be told. */
  public Set<String> hidden() {
    return Collections.unmodifiableSet(withoutSize);
  }

  /** Those whose flagged and unflagged may be told. */
  SortedMap<String, LabelledScores> withFlags(double threshold) {
    return without(withoutFlags(threshold));
  }

  /** Those whose confusion matrix may be told. */
  SortedMap<String, LabelledScores> withDecisions(double threshold) {
    return without(withoutDecisions(threshold));
  }

  /** Those whose events and non-events may be told. */
  SortedMap<String, LabelledScores> withLabels() {
    return without(withoutLabels);
  }

  private SortedMap<String, LabelledScores> without(Set<String> hidden) {
    SortedMap<String, LabelledScores> rest = new TreeMap<>(groups);
    rest.keySet().removeAll(hidden);
    return rest;
  }

  private Set<String> withoutFlags(double threshold) {
    return SmallCells.hidden(
        cells(
            scores -> {
              Confusion cells = Confusion.at(threshold, scores);
              return new long[] {cells.flagged(), cells.unflagged()};
            }),
        withoutSize);
  }

  private Set<String> withoutDecisions(double threshold) {
    Set<String> either = new TreeSet<>(withoutLabels);
    either.addAll(withoutFlags(threshold));
    return SmallCells.hidden(
        cells(
            scores -> {
              Confusion cells = Confusion.at(threshold, scores);
              return new long[] {
                cells.truePositives(),
                cells.falsePositives(),
                cells.falseNegatives(),
                cells.trueNegatives()
              };
            }),
        either);
  }

  /** The figures of each group whose size may be told; what else is hidden is unknown, and why. */
  public SortedMap<String, List<Estimate>> all(List<Double> thresholds) {
    SortedMap<String, List<Estimate>> all = new TreeMap<>();
    shown().forEach(group -> all.put(group, new ArrayList<>()));
    add(all, withoutLabels, BinaryEvaluation::ofLabels);
    for (double threshold : thresholds) {
      add(
          all,
          withoutFlags(threshold),
          scores -> List.of(BinaryEvaluation.flagRate(scores, threshold)));
      add(
          all,
          withoutDecisions(threshold),
          scores -> BinaryEvaluation.ofDecisions(scores, threshold));
    }
    return all;
  }

  private void add(
      SortedMap<String, List<Estimate>> to,
      Set<String> hidden,
      Function<LabelledScores, List<Estimate>> figures) {
    to.forEach(
        (group, estimates) -> {
          LabelledScores scores = groups.get(group);
          if (scores == null) {
            return;
          }
          for (Estimate estimate : figures.apply(scores)) {
            estimates.add(
                hidden.contains(group)
                    ? estimate.definition().unknown(scores.n(), Reason.SMALL_CELL, WHY)
                    : estimate);
          }
        });
  }
}
