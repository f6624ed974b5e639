package org.auscult.feature;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.jspecify.annotations.Nullable;

/**
 * A fact as one feature reads it. What does not hang on the index time is worked out once for all
 * of them, when it is first asked.
 *
 * <p>Threads: safe; what two work out at once is the same.
 */
final class ReadFact {
  private final FeaturePlan plan;
  private final Fact fact;
  private final boolean countsAsItStands;
  private @Nullable FeatureValue value;
  private @Nullable String reference;

  ReadFact(FeaturePlan plan, Fact fact) {
    this.plan = plan;
    this.fact = fact;
    this.countsAsItStands = plan.counts(fact, Instant.MAX);
  }

  Fact fact() {
    return fact;
  }

  Instant visibleFrom() {
    return fact.effective().visibleFrom();
  }

  /** Whether its status counts, as it was at an instant: what has no end was always as it is. */
  boolean counts(Instant at) {
    return fact.effective().until() == null ? countsAsItStands : plan.counts(fact, at);
  }

  /** Whether it is recorded as absent. */
  boolean isAbsent() {
    return fact.value() instanceof FactValue.Absent;
  }

  /** Whether it bears a value. */
  boolean bearsValue() {
    return !(fact.value() instanceof FactValue.None);
  }

  /** As a number in the feature's value unit, or why it is none. */
  FeatureValue value() {
    FeatureValue known = value;
    if (known == null) {
      known = plan.read(this);
      value = known;
    }
    return known;
  }

  /** Its versioned reference. */
  String reference() {
    String known = reference;
    if (known == null) {
      known = fact.source().reference();
      reference = known;
    }
    return known;
  }

  /** Those of which something is true: the same list, if it is of all. */
  static List<ReadFact> where(List<ReadFact> facts, Predicate<ReadFact> isTrue) {
    int size = facts.size();
    for (int i = 0; i < size; i++) {
      if (!isTrue.test(facts.get(i))) {
        List<ReadFact> those = new ArrayList<>(facts.subList(0, i));
        for (int rest = i + 1; rest < size; rest++) {
          if (isTrue.test(facts.get(rest))) {
            those.add(facts.get(rest));
          }
        }
        return those;
      }
    }
    return facts;
  }
}
