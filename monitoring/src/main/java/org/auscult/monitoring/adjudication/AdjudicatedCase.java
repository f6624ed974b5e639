package org.auscult.monitoring.adjudication;

import java.util.Comparator;
import java.util.List;
import org.auscult.monitoring.performance.Standing;

/**
 * A case of a window, for those who count.
 *
 * @param rule the label by the rule, as it stood when the case was chosen
 * @param isOverdue whether somebody who was asked has not answered in time
 */
public record AdjudicatedCase(
    Way way, Standing rule, Adjudication adjudication, boolean isOverdue) {
  /** What the first two said, in the order of their places; shorter while it is open. */
  List<Judgement> firstTwo() {
    return adjudication.verdicts().stream()
        .filter(verdict -> verdict.place() <= 2)
        .sorted(Comparator.comparing(Adjudication.Verdict::place))
        .map(Adjudication.Verdict::judgement)
        .toList();
  }
}
