package org.auscult.timeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One patient's record as of one time: nothing later, nothing unknown then, nothing entered in
 * error. Made only by {@link PatientTimeline#asOf}, so a feature that reads the future does not
 * compile.
 */
public final class PatientSnapshot {
  private final String patient;
  private final long epoch;
  private final AsOf asOf;
  private final Map<Code, List<Fact>> byCode;
  private volatile @Nullable Map<Code, List<Fact>> byFamily;
  private final Set<ResourceKind> complete;

  PatientSnapshot(
      String patient, long epoch, AsOf asOf, List<Fact> facts, Set<ResourceKind> complete) {
    this.patient = patient;
    this.epoch = epoch;
    this.asOf = asOf;
    this.byCode = byCode(facts);
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
    Set<Fact> found = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Fact> facts = new ArrayList<>();
    for (Code code : codes) {
      Map<Code, List<Fact>> index = CodeFamilies.isFamily(code) ? byFamily() : byCode;
      for (Fact fact : index.getOrDefault(code, List.of())) {
        if (fact.source().kind() == kind && found.add(fact)) {
          facts.add(fact);
        }
      }
    }
    return facts;
  }

  /** Made when it is first asked for: most features name no family. Twice is once. */
  private Map<Code, List<Fact>> byFamily() {
    Map<Code, List<Fact>> index = byFamily;
    if (index == null) {
      index = new HashMap<>();
      for (Map.Entry<Code, List<Fact>> entry : byCode.entrySet()) {
        for (Code family : CodeFamilies.of(entry.getKey())) {
          index.computeIfAbsent(family, f -> new ArrayList<>()).addAll(entry.getValue());
        }
      }
      byFamily = index;
    }
    return index;
  }

  private static Map<Code, List<Fact>> byCode(List<Fact> facts) {
    Map<Code, List<Fact>> index = new HashMap<>();
    for (Fact fact : facts) {
      for (Code code : fact.codes()) {
        index.computeIfAbsent(code, c -> new ArrayList<>()).add(fact);
      }
    }
    return index;
  }
}
