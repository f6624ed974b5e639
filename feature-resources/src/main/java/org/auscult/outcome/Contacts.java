package org.auscult.outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.ResolvedFeature;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.jspecify.annotations.Nullable;

/** When the patient was seen, as far as a definition's rule of follow-up goes, in order. */
final class Contacts {
  private final List<Hit> seen;
  private final List<Fact> encounters;
  private final List<Fact> facts;
  private final Instant knownAt;

  private Contacts(List<Hit> seen, List<Fact> encounters, List<Fact> facts, Instant knownAt) {
    this.seen = List.copyOf(seen);
    this.encounters = encounters;
    this.facts = List.copyOf(facts);
    this.knownAt = knownAt;
  }

  /**
   * @param death null if none is known
   */
  static Contacts of(
      FeatureEvaluator evaluator,
      ResolvedOutcome outcome,
      PatientSnapshot snapshot,
      @Nullable Death death,
      Instant knownAt) {
    List<Fact> encounters = dated(evaluator.facts(outcome.visits(), snapshot).facts(), knownAt);
    List<Fact> facts = new ArrayList<>(encounters);
    if (!(outcome.definition().event() instanceof EventRule.Death)) {
      facts.addAll(own(evaluator, outcome.event(), snapshot, knownAt));
    }
    for (ResolvedFeature feature : outcome.parts().followUp()) {
      facts.addAll(own(evaluator, feature, snapshot, knownAt));
    }
    List<Hit> seen = new ArrayList<>();
    facts.forEach(fact -> seen.add(Hit.of(fact, Dates.seen(fact, knownAt))));
    if (death != null && death.earliest() != null) {
      seen.add(new Hit(death.earliest(), death.evidence()));
    }
    seen.sort(
        Comparator.comparing(Hit::time)
            .thenComparing(hit -> hit.evidence().references().toString()));
    return new Contacts(seen, encounters, facts, knownAt);
  }

  private static List<Fact> own(
      FeatureEvaluator evaluator,
      ResolvedFeature feature,
      PatientSnapshot snapshot,
      Instant knownAt) {
    boolean hasFacts =
        feature.definition().selection() != null && feature.definition().dependencies().isEmpty();
    return hasFacts ? dated(evaluator.facts(feature, snapshot).facts(), knownAt) : List.of();
  }

  private static List<Fact> dated(List<Fact> facts, Instant knownAt) {
    return facts.stream()
        .filter(fact -> !Dates.isUndated(fact))
        .filter(fact -> !fact.effective().from().isAfter(knownAt))
        .toList();
  }

  /** What proves that the patient was observed at the end of a horizon; the first that does. */
  Optional<Hit> at(Instant end, @Nullable Lookback tolerance) {
    Optional<Hit> behind = seen.stream().filter(hit -> !hit.time().isBefore(end)).findFirst();
    if (behind.isPresent() || tolerance == null) {
      return behind;
    }
    Instant least = tolerance.startBefore(end);
    return seen.stream()
        .filter(hit -> !hit.time().isBefore(least))
        .reduce((earlier, later) -> later);
  }

  /** Where the patient was seen from one instant to another; empty for where nobody says. */
  Set<String> sites(Instant from, Instant to) {
    Set<String> sites = new TreeSet<>();
    for (Fact fact : facts) {
      Instant time = Dates.seen(fact, knownAt);
      if (!time.isBefore(from) && !time.isAfter(to)) {
        sites.add(Labelling.site(fact));
      }
    }
    return sites.isEmpty() ? Set.of("") : sites;
  }

  /** When the patient was last seen before an instant. */
  Optional<Hit> lastBefore(Instant instant) {
    return seen.stream()
        .filter(hit -> hit.time().isBefore(instant))
        .reduce((earlier, later) -> later);
  }

  /** An encounter that began after an instant. */
  Optional<Fact> encounterAfter(Instant instant) {
    return encounters.stream().filter(fact -> fact.effective().from().isAfter(instant)).findFirst();
  }
}
