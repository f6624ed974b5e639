package org.auscult.outcome;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.outcome.Course.Point;
import org.auscult.outcome.OutcomeLabel.Evidence;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.jspecify.annotations.Nullable;

/** Looks for the event of one outcome in one patient's record, as it was known at one time. */
final class EventSearch {
  private final FeatureEvaluator evaluator;
  private final ResolvedOutcome outcome;
  private final PatientTimeline timeline;
  private final PatientSnapshot snapshot;
  private final Instant knownAt;

  /**
   * @param snapshot all that was known at {@code knownAt}, whenever it is true
   */
  EventSearch(
      FeatureEvaluator evaluator,
      ResolvedOutcome outcome,
      PatientTimeline timeline,
      PatientSnapshot snapshot,
      Instant knownAt) {
    this.evaluator = evaluator;
    this.outcome = outcome;
    this.timeline = timeline;
    this.snapshot = snapshot;
    this.knownAt = knownAt;
  }

  /**
   * What was found.
   *
   * @param hit the event; null if there is none
   * @param doubt what may be the event, and why nobody can say; null if there is nothing
   * @param isMeasured whether anything could have shown it
   * @param isComplete whether nothing else can be in the record
   */
  record Found(@Nullable Hit hit, @Nullable Doubt doubt, boolean isMeasured, boolean isComplete) {}

  /** What may be the event. */
  record Doubt(Hit hit, CensoringReason reason, String detail) {}

  Found in(Stretch stretch) {
    EventRule rule = outcome.definition().event();
    if (rule instanceof EventRule.Crossing crossing) {
      return crossing(crossing, stretch);
    }
    return occurrence(outcome.event(), stretch, false, fact -> !isExcepted(fact));
  }

  /** Whether it was there before: also a state that began earlier still and held then. */
  @Nullable Hit before(Stretch stretch) {
    EventRule rule = outcome.definition().event();
    return rule instanceof EventRule.Crossing crossing
        ? crossing(crossing, stretch).hit()
        : occurrence(outcome.event(), stretch, true, fact -> !isExcepted(fact)).hit();
  }

  /** The first fact of another feature. */
  @Nullable Hit first(ResolvedFeature feature, Stretch stretch) {
    return occurrence(feature, stretch, false, fact -> true).hit();
  }

  private boolean isExcepted(Fact fact) {
    return outcome.isExcepted(fact.codes());
  }

  private Found occurrence(
      ResolvedFeature feature, Stretch stretch, boolean orStillHeld, Predicate<Fact> isMeant) {
    FeatureEvaluator.Facts facts = evaluator.facts(feature, snapshot);
    Doubt doubt = null;
    for (Fact fact : facts.facts()) {
      Instant time = fact.effective().visibleFrom();
      boolean counts = !fact.effective().from().isAfter(knownAt) && isMeant.test(fact);
      if (counts && (stretch.holds(time) || (orStillHeld && stillHeld(fact, stretch)))) {
        if (!Dates.isUndated(fact) || orStillHeld) {
          return new Found(Hit.of(fact, time), null, true, facts.isComplete());
        }
        doubt = doubt == null ? undated(fact) : doubt;
      } else if (counts && Dates.isPartial(fact) && overlapsEnd(fact, stretch)) {
        doubt = doubt == null ? partial(Hit.of(fact, fact.effective().from())) : doubt;
      }
    }
    return new Found(null, doubt, true, facts.isComplete());
  }

  private static boolean stillHeld(Fact fact, Stretch stretch) {
    Instant start = stretch.start();
    Instant until = fact.effective().until();
    return fact.source().kind().isState()
        && stretch.isBeforeEnd(fact.effective().visibleFrom())
        && (until == null || start == null || until.isAfter(start));
  }

  /** Whether it may have happened before the end, though it counts from behind it. */
  private static boolean overlapsEnd(Fact fact, Stretch stretch) {
    return stretch.isBeforeEnd(fact.effective().from())
        && !stretch.isBeforeEnd(fact.effective().visibleFrom());
  }

  private static Doubt undated(Fact fact) {
    return new Doubt(
        Hit.of(fact, fact.effective().from()),
        CensoringReason.AMBIGUOUS_DATE,
        "recorded without a date");
  }

  private static Doubt partial(Hit hit) {
    return new Doubt(
        hit, CensoringReason.AMBIGUOUS_DATE, "its date may lie before or behind the horizon's end");
  }

  private Found crossing(EventRule.Crossing rule, Stretch stretch) {
    Course course = course(rule, stretch);
    Doubt doubt = null;
    boolean isMeasured = false;
    List<Point> points = course.points();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      boolean isInside = stretch.holds(point.time()) && !point.earliest().isAfter(knownAt);
      isMeasured |= isInside && point.value() != null;
      if (isInside && point.isUnreadable() && doubt == null) {
        doubt =
            new Doubt(
                new Hit(point.time(), point.evidence()),
                CensoringReason.UNREADABLE,
                "a value in a unit that cannot be converted, or only above or below a bound");
      }
      if (!isInside) {
        boolean mayBe = isBeyond(rule, point) && overlapsEnd(point, stretch);
        doubt =
            mayBe && doubt == null ? partial(new Hit(point.earliest(), point.evidence())) : doubt;
        continue;
      }
      if (isBeyond(rule, point)) {
        Confirmation confirmation = rule.confirmation();
        if (confirmation == null) {
          return new Found(
              new Hit(point.time(), point.evidence()), null, true, course.isComplete());
        }
        Confirmed confirmed = confirmed(rule, confirmation, points, i);
        if (confirmed.hit() != null) {
          return new Found(confirmed.hit(), null, true, course.isComplete());
        }
        if (confirmed.isPending() && doubt == null) {
          doubt =
              new Doubt(
                  new Hit(point.time(), point.evidence()),
                  CensoringReason.UNCONFIRMED,
                  "a first value, neither confirmed nor refuted by another one");
        }
      }
    }
    return new Found(null, doubt, isMeasured, course.isComplete());
  }

  private Course course(EventRule.Crossing rule, Stretch stretch) {
    ResolvedFeature feature = outcome.event();
    if (!Course.isDerived(feature)) {
      return Course.ofFacts(evaluator, feature, snapshot);
    }
    ResolvedFeatureSet set = outcome.alone(feature);
    String name = feature.definition().name();
    AsOf.Known known = snapshot.asOf().known();
    Instant end = stretch.end().isAfter(knownAt) ? knownAt : stretch.end();
    Course within = Course.ofDerived(evaluator, set, name, timeline, known, stretch.start(), end);
    if (rule.confirmation() == null || !end.isBefore(knownAt)) {
      return within;
    }
    Course after =
        Course.ofDerived(evaluator, set, name, timeline, known, end.plusNanos(1), knownAt);
    return new Course(
        Stream.concat(within.points().stream(), after.points().stream()).toList(),
        within.isComplete());
  }

  private static boolean overlapsEnd(Point point, Stretch stretch) {
    return point.earliest().isBefore(point.time())
        && stretch.isBeforeEnd(point.earliest())
        && !stretch.isBeforeEnd(point.time());
  }

  private static boolean isBeyond(EventRule.Crossing rule, Point point) {
    Double value = point.value();
    return value != null && rule.threshold().isCrossedBy(value);
  }

  private record Confirmed(@Nullable Hit hit, boolean isPending) {
    static final Confirmed NO = new Confirmed(null, false);
  }

  /** Whether the first value is confirmed by a later one, before another one refutes it. */
  private Confirmed confirmed(
      EventRule.Crossing rule, Confirmation confirmation, List<Point> points, int first) {
    Point point = points.get(first);
    Instant earliest = confirmation.earliest(point.time());
    Instant latest = confirmation.latest(point.time());
    for (Point later : points.subList(first + 1, points.size())) {
      if (later.value() == null || later.time().isAfter(knownAt)) {
        continue;
      }
      if ((latest != null && later.time().isAfter(latest)) || !isBeyond(rule, later)) {
        return Confirmed.NO;
      }
      if (!later.time().isBefore(earliest)) {
        return new Confirmed(new Hit(point.time(), both(point, later)), false);
      }
    }
    return new Confirmed(null, latest == null || latest.isAfter(knownAt));
  }

  private static Evidence both(Point first, Point second) {
    Set<String> references = new LinkedHashSet<>(first.evidence().references());
    references.addAll(second.evidence().references());
    Instant a = first.evidence().known();
    Instant b = second.evidence().known();
    Instant known = a == null || (b != null && b.isAfter(a)) ? b : a;
    return new Evidence(List.copyOf(references), known);
  }
}
