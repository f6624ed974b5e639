package org.auscult.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The facts of one patient that were read for a question, past and future alike. Features never
 * receive it: they receive a {@link PatientSnapshot}, which only {@link #asOf} makes.
 *
 * @param patient the patient's logical id; for a caller's patient unknown here, the caller's id
 * @param epoch the patient's epoch, read in the same statement as the facts; 0 if not in our record
 * @param complete the kinds of which the search was complete and permitted: only there may absence
 *     be read as false (safety rule 4)
 * @param isLabelled whether resources of our record about this patient bear labels of special
 *     protection; read in the same statement as the facts
 */
public record PatientTimeline(
    String patient, long epoch, List<Fact> facts, Set<ResourceKind> complete, boolean isLabelled) {
  public PatientTimeline {
    Objects.requireNonNull(patient);
    facts = IndexedFacts.of(facts);
    complete = Set.copyOf(complete);
  }

  /** A timeline of which no resource is known to bear a label of special protection. */
  public PatientTimeline(String patient, long epoch, List<Fact> facts, Set<ResourceKind> complete) {
    this(patient, epoch, facts, complete, false);
  }

  /** What the record said as of a time: the only road from a timeline to a feature. */
  public PatientSnapshot asOf(AsOf asOf) {
    return new PatientSnapshot(patient, epoch, asOf, IndexedFacts.of(facts), complete);
  }

  /**
   * Facts of one reading, for what is looked at again: whatever timelines they stand in, what is
   * asked of them is indexed once.
   */
  public static List<Fact> indexed(List<Fact> facts) {
    return IndexedFacts.of(facts);
  }

  /** Of these facts those that were visible by a time; the same ones, if they all were. */
  public static List<Fact> until(List<Fact> facts, Instant at) {
    return IndexedFacts.of(facts).until(at);
  }
}
