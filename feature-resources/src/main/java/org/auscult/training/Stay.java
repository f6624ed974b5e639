package org.auscult.training;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * An encounter that took place, as the record says it at one time.
 *
 * @param id of the Encounter
 * @param encounterClass code of its class; null if none is recorded
 * @param from null if nobody dated it
 * @param until null while it is open
 * @param site logical id of the Organization; null if unknown
 */
public record Stay(
    String id,
    @Nullable String encounterClass,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String site) {
  /** Classes that are admissions: inpatient, acute and not. */
  public static final Set<String> INPATIENT = Set.of("IMP", "ACUTE", "NONAC");

  /** Statuses of what did not take place. */
  static final Set<String> DID_NOT_HAPPEN = Set.of("planned", "cancelled", "entered-in-error");

  private static final Comparator<Stay> ORDER =
      Comparator.comparing(Stay::from, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Stay::id);

  public Stay {
    Objects.requireNonNull(id);
  }

  /**
   * Those among facts of one time, in order; each in its highest version. An encounter's places and
   * how it ended are facts beside it.
   */
  public static List<Stay> of(List<Fact> facts) {
    Map<String, Fact> newest = new TreeMap<>();
    for (Fact fact : facts) {
      if (fact.source().kind() == ResourceKind.ENCOUNTER && fact.source().slot() == 0) {
        newest.merge(
            fact.source().id(),
            fact,
            (a, b) -> b.source().version() > a.source().version() ? b : a);
      }
    }
    List<Stay> stays = new ArrayList<>();
    for (Fact fact : newest.values()) {
      if (!DID_NOT_HAPPEN.contains(fact.context().status())) {
        stays.add(of(fact));
      }
    }
    stays.sort(ORDER);
    return stays;
  }

  private static Stay of(Fact fact) {
    EffectiveTime time = fact.effective();
    boolean isDated = time.precision() != EffectiveTime.Precision.UNDATED;
    return new Stay(
        fact.source().id(),
        fact.context().category(),
        isDated ? time.visibleFrom() : null,
        time.until(),
        fact.context().site());
  }

  /** The one that began last of those that last at a time. */
  public static Optional<Stay> at(List<Stay> stays, Instant at) {
    return stays.stream().filter(stay -> stay.lasts(at)).reduce((first, last) -> last);
  }

  private boolean lasts(Instant at) {
    return from != null && !from.isAfter(at) && (until == null || !until.isBefore(at));
  }

  /** Whether its class is one of these; of none, any is. */
  boolean isOf(Set<String> classes) {
    return classes.isEmpty() || (encounterClass != null && classes.contains(encounterClass));
  }
}
