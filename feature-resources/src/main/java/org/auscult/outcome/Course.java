package org.auscult.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.Reading;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.outcome.OutcomeLabel.Evidence;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.jspecify.annotations.Nullable;

/**
 * A feature's values over time.
 *
 * @param points in the order of time, at most one at each
 * @param isComplete whether nothing else can be in the record
 */
record Course(List<Point> points, boolean isComplete) {
  /**
   * One value.
   *
   * @param earliest the first instant at which it can have been so; {@code time} unless the date is
   *     partial
   * @param value null if it cannot be read
   * @param missing why it cannot be read
   */
  record Point(
      Instant earliest,
      Instant time,
      @Nullable Double value,
      @Nullable MissingReason missing,
      Evidence evidence) {
    /** Whether a reader would know more, were it written in another way. */
    boolean isUnreadable() {
      return missing == MissingReason.UNIT || missing == MissingReason.COMPARATOR;
    }
  }

  /** Of what was measured: of two values of one time the one that the record learnt last. */
  static Course ofFacts(
      FeatureEvaluator evaluator, ResolvedFeature feature, PatientSnapshot snapshot) {
    TreeMap<Instant, Point> points = new TreeMap<>();
    for (Reading reading : evaluator.readings(feature, snapshot)) {
      Fact fact = reading.fact();
      Instant time = fact.effective().visibleFrom();
      Instant earliest = Dates.isPartial(fact) ? fact.effective().from() : time;
      points.put(time, point(earliest, time, reading.value(), Hit.evidence(List.of(fact))));
    }
    return new Course(
        List.copyOf(points.values()), evaluator.facts(feature, snapshot).isComplete());
  }

  /**
   * Of what is derived: worked out whenever something becomes visible, or ends, on which it hangs,
   * and at the last instant.
   *
   * @param name of the derived feature in its set
   * @param from null for ever before
   */
  static Course ofDerived(
      FeatureEvaluator evaluator,
      ResolvedFeatureSet set,
      String name,
      PatientTimeline timeline,
      AsOf.Known known,
      @Nullable Instant from,
      Instant last) {
    Set<ResolvedFeature> sources = set.sources(name);
    TreeSet<Instant> times = new TreeSet<>(Set.of(last));
    for (Fact fact : timeline.facts()) {
      if (known.sees(fact) && sources.stream().anyMatch(source -> source.mayRead(fact))) {
        EffectiveTime time = fact.effective();
        times.add(time.visibleFrom());
        if (time.until() != null) {
          times.add(time.until());
        }
      }
    }
    List<Point> points = new ArrayList<>();
    for (Instant time : times) {
      if ((from == null || !time.isBefore(from)) && !time.isAfter(last)) {
        FeatureValue value =
            evaluator.evaluate(set, timeline.asOf(new AsOf(time, known))).value(name).orElseThrow();
        Evidence evidence =
            value instanceof Present present
                ? new Evidence(present.evidence(), present.known())
                : Evidence.NONE;
        points.add(point(time, time, value, evidence));
      }
    }
    boolean isComplete =
        sources.stream()
            .map(source -> source.definition().kind())
            .allMatch(kind -> kind == null || timeline.complete().contains(kind));
    return new Course(points, isComplete);
  }

  static boolean isDerived(ResolvedFeature feature) {
    return feature.definition().operator() == Operator.DERIVED;
  }

  private static Point point(
      Instant earliest, Instant time, FeatureValue value, Evidence evidence) {
    return value instanceof Present present
        ? new Point(earliest, time, present.value(), null, evidence)
        : new Point(earliest, time, null, ((Missing) value).reason(), evidence);
  }
}
