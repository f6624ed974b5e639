package org.auscult.outcome;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.outcome.OutcomeLabel.Evidence;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Dispositions;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * A patient's death, by the Patient's own date, otherwise by an encounter that was left dead.
 *
 * @param earliest the first instant at which it can have been; null if nobody dated it
 * @param latest the last one; null if nobody dated it
 * @param evidence all that says so
 */
record Death(@Nullable Instant earliest, @Nullable Instant latest, Evidence evidence) {
  private static final ResolvedFeature DIED_IN_ENCOUNTER =
      ResolvedOutcome.encounters(Set.of(Dispositions.EXPIRED));

  /**
   * @param snapshot all that was known at {@code knownAt}
   */
  static Optional<Death> find(
      FeatureEvaluator evaluator, PatientSnapshot snapshot, Instant knownAt) {
    List<Fact> said =
        snapshot.facts(ResourceKind.PATIENT, Set.of(Demographics.DECEASED)).stream()
            .filter(fact -> fact.context().author() == Author.RECORD)
            .sorted(
                Comparator.comparing((Fact f) -> f.source().version())
                    .thenComparing(f -> f.source().id()))
            .toList();
    List<Fact> left =
        evaluator.facts(DIED_IN_ENCOUNTER, snapshot).facts().stream()
            .filter(fact -> !isAhead(fact, knownAt))
            .toList();
    if (said.isEmpty() && left.isEmpty()) {
      return Optional.empty();
    }
    Set<Fact> all = new LinkedHashSet<>(said);
    all.addAll(left);
    Evidence evidence = Hit.evidence(List.copyOf(all));
    Optional<Fact> dated =
        said.stream()
            .filter(fact -> fact.value() instanceof FactValue.Dated)
            .filter(fact -> !fact.effective().from().isAfter(knownAt))
            .reduce((a, b) -> b);
    if (dated.isPresent()) {
      Fact fact = dated.get();
      Instant from = fact.effective().from();
      return Optional.of(dated(from, latest(fact, evaluator.zone()), knownAt, evidence));
    }
    Optional<Instant> end =
        left.stream()
            .filter(fact -> !Dates.isUndated(fact))
            .map(fact -> fact.effective().until())
            .flatMap(Stream::ofNullable)
            .max(Comparator.naturalOrder());
    return Optional.of(
        end.map(until -> dated(until, until, knownAt, evidence))
            .orElseGet(() -> new Death(null, null, evidence)));
  }

  /** An end that was still to come when it was recorded says nothing yet. */
  private static boolean isAhead(Fact fact, Instant knownAt) {
    Instant until = fact.effective().until();
    return (until == null ? fact.effective().from() : until).isAfter(knownAt);
  }

  /** The end of a partial date's interval. */
  private static Instant latest(Fact fact, ZoneId zone) {
    ZonedDateTime from = fact.effective().from().atZone(zone);
    ZonedDateTime latest =
        switch (fact.effective().precision()) {
          case YEAR -> from.plusYears(1);
          case MONTH -> from.plusMonths(1);
          case DAY -> from.plusDays(1);
          case INSTANT, UNDATED -> from;
        };
    return latest.toInstant();
  }

  /** Whoever is known to be dead died by then. */
  private static Death dated(Instant earliest, Instant latest, Instant knownAt, Evidence evidence) {
    boolean isPartlyAhead = latest.isAfter(knownAt) && !earliest.isAfter(knownAt);
    return new Death(earliest, isPartlyAhead ? knownAt : latest, evidence);
  }

  boolean isDated() {
    return earliest != null;
  }

  /** Whether it surely was by then. */
  boolean isBy(Instant instant) {
    return latest != null && !latest.isAfter(instant);
  }
}
