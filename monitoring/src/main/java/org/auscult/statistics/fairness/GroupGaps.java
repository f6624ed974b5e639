package org.auscult.statistics.fairness;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.auscult.statistics.discrimination.Confusion;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.uncertainty.Distributions;
import org.auscult.statistics.uncertainty.MeanSum;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * Gaps between groups. A gap is the greatest less the least of a figure among the groups that may
 * be shown; its interval is that of these two groups, not widened for their having been picked.
 *
 * <p>Source: Hardt et al., NeurIPS 2016 (equal opportunity, equalized odds); the four-fifths rule
 * of 29 CFR 1607.4 D for the ratio.
 */
public final class GroupGaps {
  /** A ratio to the largest group outside of these alarms. */
  public static final double LEAST_RATIO = 0.8;

  /** The other end. */
  public static final double MOST_RATIO = 1.25;

  private static final String GROUPS = "those with more than 10 rows in each cell that it tells of";

  private final GroupEvaluation groups;
  private final double threshold;

  private GroupGaps(GroupEvaluation groups, double threshold) {
    this.groups = groups;
    this.threshold = threshold;
  }

  /** Between these groups at this threshold. */
  public static GroupGaps of(GroupEvaluation groups, double threshold) {
    return new GroupGaps(groups, threshold);
  }

  /** The gaps of all kinds. */
  public List<Estimate> all() {
    Estimate sensitivity = sensitivityGap();
    Estimate falsePositives = falsePositiveGap();
    return List.of(
        parityDifference(),
        parityRatio(),
        sensitivity,
        falsePositives,
        equalizedOdds(sensitivity, falsePositives),
        calibrationGap());
  }

  private Definition definition(String name, String formula) {
    return Definition.of(name, formula)
        .with("threshold", threshold)
        .with("threshold rule", "flagged if score >= threshold")
        .with("groups", GROUPS);
  }

  private Estimate parityDifference() {
    return gap(
        definition("demographic-parity-difference", "greatest less least flag rate"), flagRates());
  }

  /** The least flag rate by the greatest. */
  private Estimate parityRatio() {
    Definition definition = definition("demographic-parity-ratio", "least / greatest flag rate");
    SortedMap<String, Proportion> rates = flagRates();
    return rates.size() < 2 ? tooFew(definition) : ratio(definition, least(rates), greatest(rates));
  }

  /** The flag rate of each group by that of the largest one, which is left out. */
  public SortedMap<String, Estimate> ratiosToLargest() {
    SortedMap<String, Proportion> rates = flagRates();
    SortedMap<String, Estimate> ratios = new TreeMap<>();
    rates.entrySet().stream()
        .max(Map.Entry.comparingByValue(Comparator.comparingLong(Proportion::of)))
        .ifPresent(
            largest ->
                rates.forEach(
                    (group, rate) -> {
                      if (!group.equals(largest.getKey())) {
                        ratios.put(
                            group,
                            ratio(
                                definition(
                                        "flag-rate-ratio", "flag rate / that of the largest group")
                                    .with("largest group", largest.getKey()),
                                rate,
                                largest.getValue()));
                      }
                    }));
    return ratios;
  }

  /** Whether this ratio lies outside of what is let pass. */
  public static boolean alarms(Estimate ratio) {
    return ratio.optional().isPresent() && (ratio.get() < LEAST_RATIO || ratio.get() > MOST_RATIO);
  }

  private Estimate sensitivityGap() {
    return gap(
        definition("equal-opportunity-difference", "greatest less least sensitivity"),
        rates(
            groups.withDecisions(threshold),
            cells -> new Proportion(cells.truePositives(), cells.positives())));
  }

  private Estimate falsePositiveGap() {
    return gap(
        definition("false-positive-rate-difference", "greatest less least FP / (FP + TN)"),
        rates(
            groups.withDecisions(threshold),
            cells -> new Proportion(cells.falsePositives(), cells.negatives())));
  }

  /** The greater of the two. */
  private Estimate equalizedOdds(Estimate sensitivity, Estimate falsePositives) {
    Definition definition =
        definition("equalized-odds-difference", "max(sensitivity gap, false positive rate gap)");
    if (sensitivity.optional().isEmpty() || falsePositives.optional().isEmpty()) {
      return tooFew(definition);
    }
    Estimate greater = sensitivity.get() >= falsePositives.get() ? sensitivity : falsePositives;
    Estimate.Known known = definition.known(greater.n(), greater.get());
    return greater.interval().map(known::with).orElse(known);
  }

  private Estimate calibrationGap() {
    Definition definition =
        Definition.of("calibration-gap", "greatest less least of (observed share - mean p)")
            .with("groups", GROUPS);
    SortedMap<String, LabelledScores> shown = groups.withLabels();
    if (shown.size() < 2) {
      return tooFew(definition);
    }
    MeanSum least = null;
    MeanSum greatest = null;
    for (LabelledScores scores : shown.values()) {
      if (!scores.areProbabilities()) {
        return definition.unknown(
            scores.n(), Reason.NOT_A_PROBABILITY, "scores lie outside 0 to 1");
      }
      MeanSum off = off(scores);
      least = least == null || off.mean() < least.mean() ? off : least;
      greatest = greatest == null || off.mean() > greatest.mean() ? off : greatest;
    }
    if (least == null || greatest == null) {
      return tooFew(definition);
    }
    double gap = greatest.mean() - least.mean();
    double error = Math.hypot(greatest.error(), least.error());
    return definition.known(rows(shown), gap).with(MeanSum.normal(gap, error, "normal"));
  }

  private static MeanSum off(LabelledScores scores) {
    MeanSum off = new MeanSum();
    for (int k = 0; k < scores.distinct(); k++) {
      off.add(1 - scores.score(k), scores.positives(k));
      off.add(-scores.score(k), scores.negatives(k));
    }
    return off;
  }

  private SortedMap<String, Proportion> flagRates() {
    return rates(groups.withFlags(threshold), cells -> new Proportion(cells.flagged(), cells.n()));
  }

  private SortedMap<String, Proportion> rates(
      SortedMap<String, LabelledScores> shown, Function<Confusion, Proportion> rate) {
    SortedMap<String, Proportion> rates = new TreeMap<>();
    shown.forEach((group, scores) -> rates.put(group, rate.apply(Confusion.at(threshold, scores))));
    return rates;
  }

  private static Estimate gap(Definition definition, SortedMap<String, Proportion> rates) {
    if (rates.size() < 2) {
      return tooFew(definition);
    }
    Proportion greatest = greatest(rates);
    Proportion least = least(rates);
    return definition
        .known(
            rates.values().stream().mapToLong(Proportion::of).sum(),
            greatest.share() - least.share())
        .with(greatest.newcombe(least));
  }

  /** Source of the interval: Katz et al., Biometrics 34 (1978) 469–474. */
  private static Estimate ratio(Definition definition, Proportion above, Proportion below) {
    double ratio = above.share() / below.share();
    double error =
        Math.sqrt(1.0 / above.count() - 1.0 / above.of() + 1.0 / below.count() - 1.0 / below.of());
    double factor = Math.exp(Distributions.Z * error);
    Estimate.Known known =
        definition
            .with("alarm", "outside [0.8, 1.25]")
            .known(above.of() + below.of(), ratio)
            .with(Interval.of(ratio / factor, ratio * factor, "log-normal (Katz)"));
    return alarms(known) ? known.noting("alarm: outside [0.8, 1.25]") : known;
  }

  private static Proportion least(SortedMap<String, Proportion> rates) {
    return Collections.min(rates.values(), Comparator.comparingDouble(Proportion::share));
  }

  private static Proportion greatest(SortedMap<String, Proportion> rates) {
    return Collections.max(rates.values(), Comparator.comparingDouble(Proportion::share));
  }

  private static long rows(SortedMap<String, LabelledScores> shown) {
    return shown.values().stream().mapToLong(LabelledScores::n).sum();
  }

  private static Estimate tooFew(Definition definition) {
    return definition.unknown(
        0, Reason.SMALL_CELL, "fewer than two groups are large enough to be shown");
  }
}
