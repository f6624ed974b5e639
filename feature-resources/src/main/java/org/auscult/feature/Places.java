package org.auscult.feature;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;

/**
 * Where the patient was when facts began, by what the record knew of their encounters.
 *
 * <p>What is dated by its day only was in a place that held all of that day; what nobody dated was
 * nowhere. So is what was in a place that was left, nobody knows when.
 */
final class Places {
  private final List<Fact> places;

  Places(PatientSnapshot snapshot) {
    this.places =
        FactSelector.encounters(snapshot, Set.of(EncounterElements.LOCATION)).stream()
            .filter(f -> Statuses.counts(ResourceKind.ENCOUNTER, f.context().status(), Set.of()))
            .filter(f -> !(Statuses.isOver(f) && f.effective().until() == null))
            .toList();
  }

  /** The codes of all places of the fact's encounter that held; of none if it names none. */
  Set<Code> of(Fact fact) {
    String encounter = fact.context().encounter();
    return places.stream()
        .filter(place -> place.source().id().equals(encounter))
        .filter(place -> place.source().origin().equals(fact.source().origin()))
        .filter(place -> holds(place.effective(), fact.effective()))
        .flatMap(place -> place.codes().stream())
        .collect(Collectors.toSet());
  }

  private static boolean holds(EffectiveTime place, EffectiveTime time) {
    Instant until = place.until();
    if (time.precision() == Precision.UNDATED
        || place.precision() == Precision.UNDATED
        || place.from().isAfter(time.from())) {
      return false;
    }
    return until == null
        || (time.precision() == Precision.INSTANT
            ? until.isAfter(time.from())
            : !until.isBefore(time.visibleFrom()));
  }
}
