package org.auscult.outcome;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.timeline.Dispositions;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The encounter on which a horizon hangs: the one that is open at the index time, or ends with it;
 * of several the one begun last.
 *
 * @param how how it ended; null if the record does not say
 */
record Stay(Fact encounter, @Nullable Disposition how) {
  private static final ResolvedFeature ENDED = ResolvedOutcome.encounters(Dispositions.ALL);

  /** How an encounter ended. */
  enum Disposition {
    DEAD,
    ALIVE
  }

  /**
   * @param snapshot all that was known when the label was asked for
   * @param stays the encounters on which a horizon may hang
   */
  static Optional<Stay> at(
      FeatureEvaluator evaluator,
      PatientSnapshot snapshot,
      ResolvedFeature stays,
      Instant indexTime) {
    List<Fact> encounters = evaluator.facts(stays, snapshot).facts();
    return encounters.stream()
        .filter(fact -> !Dates.isUndated(fact))
        .filter(fact -> !fact.effective().from().isAfter(indexTime))
        .filter(fact -> fact.effective().until() == null || !endedBefore(fact, indexTime))
        .reduce((a, b) -> b.effective().from().isBefore(a.effective().from()) ? a : b)
        .map(fact -> new Stay(fact, disposition(evaluator, snapshot, fact)));
  }

  private static boolean endedBefore(Fact fact, Instant indexTime) {
    Instant until = fact.effective().until();
    return until != null && until.isBefore(indexTime);
  }

  private static @Nullable Disposition disposition(
      FeatureEvaluator evaluator, PatientSnapshot snapshot, Fact encounter) {
    List<Fact> said =
        evaluator.facts(ENDED, snapshot).facts().stream()
            .filter(fact -> fact.source().id().equals(encounter.source().id()))
            .filter(fact -> fact.source().origin().equals(encounter.source().origin()))
            .toList();
    if (said.isEmpty()) {
      return null;
    }
    return said.stream().anyMatch(fact -> fact.codes().contains(Dispositions.EXPIRED))
        ? Disposition.DEAD
        : Disposition.ALIVE;
  }

  /** When it ended; null while it is open, and where the record does not say when. */
  @Nullable Instant end() {
    return encounter.effective().until();
  }

  /** Whether it is said to be over, whenever that was. */
  boolean isOver() {
    return encounter.context().status().equals("finished");
  }
}
