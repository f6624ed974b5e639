package org.auscult.feature;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactQuestion;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** One feature as it is worked out: what hangs on neither patient nor time is settled here. */
final class FeaturePlan {
  private final ResolvedFeature feature;
  private final FeatureDefinition definition;
  private final ValueReader reader;
  private final Set<String> statuses;
  private final Filter filter;
  private final @Nullable FactQuestion<ReadFact> question;
  private final @Nullable FactQuestion<ReadFact> unresolved;
  private double factor = Double.NaN;

  FeaturePlan(ResolvedFeature feature, ValueReader reader) {
    this.feature = feature;
    this.definition = feature.definition();
    this.reader = reader;
    Selection selection = definition.selection();
    if (selection == null) {
      this.statuses = Set.of();
      this.filter = Filter.ALL;
      this.question = null;
      this.unresolved = null;
      return;
    }
    ResourceKind kind = selection.kind();
    this.statuses =
        selection.statuses().isEmpty() && definition.operator().readsStates()
            ? Statuses.ofStates(kind)
            : selection.statuses();
    // What the flags of flagged leave out is what it answers.
    this.filter =
        definition.operator() == Operator.FLAGGED
            ? selection.filter().withFlags(Set.of())
            : selection.filter();
    this.question = question(kind, feature.codes(), selection.withModels());
    this.unresolved =
        Medications.isKind(kind)
            ? question(kind, Set.of(Medications.UNRESOLVED), selection.withModels())
            : null;
  }

  private FactQuestion<ReadFact> question(ResourceKind kind, Set<Code> codes, boolean withModels) {
    return new FactQuestion<>(kind, codes, withModels, fact -> new ReadFact(this, fact));
  }

  ResolvedFeature feature() {
    return feature;
  }

  FeatureDefinition definition() {
    return definition;
  }

  /** What it reads of a snapshot. Errors: for a feature that reads no facts. */
  FactQuestion<ReadFact> question() {
    return Objects.requireNonNull(question);
  }

  /** Orders of which nobody can tell the medication; null where it reads none. */
  @Nullable FactQuestion<ReadFact> unresolved() {
    return unresolved;
  }

  Selection selection() {
    return Objects.requireNonNull(definition.selection());
  }

  Filter filter() {
    return filter;
  }

  /** How many of the definition's unit one of the operator's raw unit is; found out once. */
  double factor() {
    double known = factor;
    if (Double.isNaN(known)) {
      known = NumberOperators.factor(definition);
      factor = known;
    }
    return known;
  }

  /** Whether the status that a fact had at an instant is one that counts. */
  boolean counts(Fact fact, Instant at) {
    String status =
        switch (definition.operator()) {
          case ACTIVE, DURATION -> Statuses.ofState(fact, at);
          // For how long something held, as it was while it held.
          case TOTAL_DURATION -> Statuses.ofState(fact, Instant.MIN);
          default -> Statuses.at(fact, at);
        };
    return Statuses.counts(selection().kind(), status, statuses);
  }

  FeatureValue read(ReadFact fact) {
    return reader.read(feature, fact);
  }
}
