package org.auscult.outcome;

import java.time.Instant;
import java.util.Objects;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.timeline.PatientTimeline;

/**
 * Says what became of a patient: the one place where training data and what is monitored get their
 * labels from.
 *
 * <p>Two clocks: the label is that of the record as it was known at {@code knownAt}. Evidence that
 * is recorded late, corrected or found to be in error changes it from then on, and not before.
 *
 * <p>Time: a fact counts when it became visible, a partial date from the end of its interval
 * (safety rule 8). Where the horizon ends within that interval, nobody can say.
 *
 * <p>Source: safety rule 29 for what no event needs. That something came first is for {@link
 * OutcomeLabel.Competing}, never a censored time.
 */
public final class OutcomeLabeller {
  private final FeatureEvaluator evaluator;

  public OutcomeLabeller(FeatureEvaluator evaluator) {
    this.evaluator = Objects.requireNonNull(evaluator);
  }

  /**
   * The label of one patient at one index time.
   *
   * @param timeline at least the facts of {@link ResolvedOutcome#needs}, whenever they were true,
   *     that were known at {@code knownAt}; what was known at other times is passed over
   * @param indexTime from when on it is asked
   * @param knownAt up to when the record may have learnt something; not before the index time
   *     <p>Errors: IllegalArgumentException if {@code knownAt} lies before the index time.
   */
  public OutcomeLabel label(
      ResolvedOutcome outcome, PatientTimeline timeline, Instant indexTime, Instant knownAt) {
    if (knownAt.isBefore(indexTime)) {
      throw new IllegalArgumentException(
          "What was known at " + knownAt + " says nothing of what came after " + indexTime);
    }
    return new Labelling(evaluator, outcome, timeline, indexTime, knownAt).label();
  }
}
