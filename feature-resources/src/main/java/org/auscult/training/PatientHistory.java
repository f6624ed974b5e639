package org.auscult.training;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.AsOf.Known;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * All that one patient's timeline holds for a data set, of every known time up to its cut: read
 * once, and looked at as of many times.
 *
 * @param facts every version that was ever known up to the cut
 * @param mergedAt when the patient was merged into another; null if never
 * @param complete the kinds that were searched completely
 */
public record PatientHistory(
    String patient,
    long epoch,
    List<Fact> facts,
    @Nullable Instant mergedAt,
    Set<ResourceKind> complete) {
  public PatientHistory {
    Objects.requireNonNull(patient);
    facts = PatientTimeline.indexed(facts);
    complete = Set.copyOf(complete);
  }

  /** Whether its facts stood at another patient by then, so that absence here means nothing. */
  public boolean isMergedBy(Instant known) {
    return mergedAt != null && !mergedAt.isAfter(known);
  }

  /** What was true at one time and known by another, as a card of that moment saw it. */
  public PatientSnapshot snapshot(Instant at, Instant known) {
    return timeline(known).asOf(new AsOf(at, new Known.ByClock(known)));
  }

  /** What anything else that works on timelines needs, of one known time. */
  public PatientTimeline timeline(Instant known) {
    return new PatientTimeline(patient, epoch, facts, isMergedBy(known) ? Set.of() : complete);
  }

  /** The facts that were known at a time and had happened by it, except what was an error. */
  public List<Fact> knownAt(Instant known) {
    Known by = new Known.ByClock(known);
    return facts.stream()
        .filter(by::sees)
        .filter(fact -> !fact.effective().visibleFrom().isAfter(known))
        .filter(fact -> !fact.context().status().equals("entered-in-error"))
        .toList();
  }
}
