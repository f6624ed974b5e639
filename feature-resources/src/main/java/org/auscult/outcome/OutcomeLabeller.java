package org.auscult.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.timeline.PatientTimeline;
import org.jspecify.annotations.Nullable;

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
  private static final Duration DAILY = Duration.ofDays(1);

  private static final Duration HOURLY = Duration.ofHours(1);

  private final FeatureEvaluator evaluator;
  private final FeedHealth feeds;

  /**
   * @param feeds asked before it is said that something did not happen
   */
  public OutcomeLabeller(FeatureEvaluator evaluator, FeedHealth feeds) {
    this.evaluator = Objects.requireNonNull(evaluator);
    this.feeds = Objects.requireNonNull(feeds);
  }

  /** One for whom no feed is ever silent. */
  public OutcomeLabeller(FeatureEvaluator evaluator) {
    this(evaluator, FeedHealth.UNJUDGED);
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
    return new Labelling(evaluator, feeds, outcome, timeline, indexTime, knownAt).label();
  }

  /**
   * From when on who has the event and who does not can both be told: when the horizon ends, and
   * the last confirmation would have come. An event is known as soon as it happens, its absence
   * only then; so whoever counts events among labels waits for it.
   *
   * @return null while nobody knows, as the stay on which the horizon hangs goes on
   */
  public @Nullable Instant closes(
      ResolvedOutcome outcome, PatientTimeline timeline, Instant indexTime, Instant knownAt) {
    Instant end =
        new Labelling(evaluator, feeds, outcome, timeline, indexTime, knownAt).horizonEnd();
    Instant confirmed = end == null ? null : confirmed(outcome, end);
    return confirmed == null ? end : confirmed;
  }

  /**
   * When a label may be another one though nothing is written: when the horizon ends, or what was
   * dated ahead or by the day has come, or a confirmation has not. Where a horizon hangs on a stay,
   * it is looked at once a day; where a feed is silent, once an hour.
   *
   * @param label what {@link #label} gave for the same
   * @return later than {@code knownAt}; null if only what is written can change it
   */
  public static @Nullable Instant again(
      ResolvedOutcome outcome,
      PatientTimeline timeline,
      OutcomeLabel label,
      Instant indexTime,
      Instant knownAt) {
    if (!(label instanceof OutcomeLabel.Censored censored)) {
      return null;
    }
    return switch (censored.reason()) {
      case HORIZON_OPEN ->
          earliest(horizonEnd(outcome, indexTime, knownAt), ahead(timeline, knownAt));
      case UNCONFIRMED -> confirmed(outcome, censored.at());
      case FEED_SILENT -> knownAt.plus(HOURLY);
      case NOT_FOLLOWED,
          SEARCH_INCOMPLETE,
          NOT_MEASURED,
          UNREADABLE,
          AMBIGUOUS_DATE,
          CONTRADICTED ->
          null;
    };
  }

  private static Instant horizonEnd(ResolvedOutcome outcome, Instant indexTime, Instant knownAt) {
    Horizon horizon = outcome.definition().horizon();
    Lookback length = horizon.length();
    return horizon.anchor() == Horizon.Anchor.INDEX && length != null
        ? length.endAfter(indexTime).plusMillis(1)
        : knownAt.plus(DAILY);
  }

  /** When the next of the facts begins to count that are known already. */
  private static Optional<Instant> ahead(PatientTimeline timeline, Instant knownAt) {
    return timeline.facts().stream()
        .map(fact -> fact.effective().visibleFrom())
        .filter(from -> from.isAfter(knownAt))
        .min(Comparator.naturalOrder());
  }

  private static Instant earliest(Instant one, Optional<Instant> other) {
    return other.filter(o -> o.isBefore(one)).orElse(one);
  }

  private static @Nullable Instant confirmed(ResolvedOutcome outcome, Instant first) {
    EventRule event = outcome.definition().event();
    Confirmation confirmation =
        event instanceof EventRule.Crossing crossing ? crossing.confirmation() : null;
    Instant latest = confirmation == null ? null : confirmation.latest(first);
    return latest == null ? null : latest.plusMillis(1);
  }
}
