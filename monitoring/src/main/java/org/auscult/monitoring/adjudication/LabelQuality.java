package org.auscult.monitoring.adjudication;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.auscult.monitoring.performance.Standing;
import org.auscult.statistics.agreement.Kappa;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.fairness.SmallCells;
import org.auscult.statistics.uncertainty.Proportion;

/**
 * How good labels by rule are, by those who looked at some.
 *
 * <p>All figures are of the random sample alone: what was chosen because it is doubtful says
 * nothing of all labels. What would tell of ten cases or fewer is unknown, and says so.
 *
 * @param counts of cases, all ways together
 * @param figures kappa, agreement, share that cannot be judged, PPV and sensitivity of the rule
 */
public record LabelQuality(SortedMap<String, Long> counts, List<Estimate> figures) {
  private static final String SMALL = "there are " + SmallCells.MOST_HIDDEN + " cases or fewer";
  private static final Definition AGREEMENT =
      Definition.of(
          "agreement", "cases of which the first two say the same over cases they judged");
  private static final Definition NOT_JUDGED =
      Definition.of("not-judged-rate", "settled cases that cannot be judged over settled cases");
  private static final Definition PPV =
      Definition.of(
          "label-ppv", "adjudicated events over events by rule, of cases that were judged");
  private static final Definition SENSITIVITY =
      Definition.of("label-sensitivity", "events by rule over adjudicated events");

  public LabelQuality {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    figures = List.copyOf(figures);
  }

  /** Works it out; the order of cases does not matter. */
  public static LabelQuality of(List<AdjudicatedCase> cases) {
    List<AdjudicatedCase> sample = cases.stream().filter(c -> c.way() == Way.RANDOM).toList();
    List<List<Judgement>> pairs =
        sample.stream()
            .map(AdjudicatedCase::firstTwo)
            .filter(pair -> pair.size() == 2)
            // Sums of fractions hang on their order, and the figures must not.
            .sorted(
                Comparator.<List<Judgement>, Judgement>comparing(p -> p.get(0))
                    .thenComparing(p -> p.get(1)))
            .toList();
    return new LabelQuality(
        counts(cases),
        List.of(
            shown(Kappa.of(codes(pairs, 0), codes(pairs, 1))),
            share(AGREEMENT, pairs, pair -> pair.get(0) == pair.get(1)),
            share(NOT_JUDGED, settled(sample), c -> is(c, Judgement.CANNOT_BE_JUDGED)),
            share(
                PPV,
                judged(sample).stream().filter(c -> c.rule() == Standing.EVENT).toList(),
                c -> is(c, Judgement.EVENT)),
            share(
                SENSITIVITY,
                sample.stream().filter(c -> is(c, Judgement.EVENT)).toList(),
                c -> c.rule() == Standing.EVENT)));
  }

  private static SortedMap<String, Long> counts(List<AdjudicatedCase> cases) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Way way : Way.values()) {
      counts.put(way.code(), cases.stream().filter(c -> c.way() == way).count());
    }
    counts.put("settled", (long) settled(cases).size());
    counts.put("open", (long) cases.size() - settled(cases).size());
    counts.put("overdue", cases.stream().filter(AdjudicatedCase::isOverdue).count());
    counts.put(
        "disagreed",
        cases.stream()
            .map(AdjudicatedCase::firstTwo)
            .filter(pair -> pair.size() == 2 && pair.get(0) != pair.get(1))
            .count());
    return counts;
  }

  private static List<AdjudicatedCase> settled(List<AdjudicatedCase> cases) {
    return cases.stream().filter(c -> c.adjudication().isSettled()).toList();
  }

  private static List<AdjudicatedCase> judged(List<AdjudicatedCase> cases) {
    return settled(cases).stream().filter(c -> !is(c, Judgement.CANNOT_BE_JUDGED)).toList();
  }

  private static boolean is(AdjudicatedCase one, Judgement judgement) {
    return one.adjudication().label().filter(judgement::equals).isPresent();
  }

  private static List<String> codes(List<List<Judgement>> pairs, int place) {
    return pairs.stream().map(pair -> pair.get(place).code()).toList();
  }

  private static <T> Estimate share(Definition definition, List<T> of, Predicate<T> those) {
    Proportion share = new Proportion(of.stream().filter(those).count(), of.size());
    return shown(share.estimate(definition, "such cases"));
  }

  private static Estimate shown(Estimate figure) {
    return figure.n() <= SmallCells.MOST_HIDDEN
        ? figure.definition().unknown(figure.n(), Reason.SMALL_CELL, SMALL)
        : figure;
  }
}
