package org.auscult.timeline;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * One patient's record as of one time: nothing later, nothing unknown then, nothing entered in
 * error. Made only by {@link PatientTimeline#asOf}, so a feature that reads the future does not
 * compile.
 */
public final class PatientSnapshot {
  private final String patient;
  private final long epoch;
  private final AsOf asOf;
  private final IndexedFacts facts;
  private final Set<ResourceKind> complete;

  PatientSnapshot(
      String patient, long epoch, AsOf asOf, IndexedFacts facts, Set<ResourceKind> complete) {
    this.patient = patient;
    this.epoch = epoch;
    this.asOf = asOf;
    this.facts = facts;
    this.complete = Set.copyOf(complete);
  }

  public String patient() {
    return patient;
  }

  public long epoch() {
    return epoch;
  }

  public AsOf asOf() {
    return asOf;
  }

  /** Whether absence of a fact of this kind may be read as false. */
  public boolean isComplete(ResourceKind kind) {
    return complete.contains(kind);
  }

  /**
   * The facts of a kind that carry any of these codes, or one of a family among them, in no
   * particular order.
   */
  public List<Fact> facts(ResourceKind kind, Collection<Code> codes) {
    return facts.find(kind, codes).stream()
        .filter(fact -> asOf.known().sees(fact))
        .filter(fact -> !fact.effective().visibleFrom().isAfter(asOf.at()))
        .toList();
  }

  /**
   * The facts that a question asks for, in the order of {@link FactOrder}, each resource's in its
   * highest version.
   */
  public <T> List<T> facts(FactQuestion<T> question) {
    return facts.answer(question).asOf(asOf);
  }

  /** The same for who asks once: nothing is kept of the answer. */
  public <T> List<T> factsOnce(FactQuestion<T> question) {
    return new Strand<>(facts.find(question.kind(), question.codes()), question).asOf(asOf);
  }
}
