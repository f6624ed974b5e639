package org.auscult.feature;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactOrder;
import org.auscult.timeline.FactQuestion;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** Which facts of a snapshot a feature reads, in the order of {@link FactOrder}. */
final class FactSelector {
  private FactSelector() {}

  /** What was found at each step, so that a missing value can say why. */
  static final class Found {
    private final FeaturePlan plan;
    private final PatientSnapshot snapshot;
    private final Span span;
    private final List<ReadFact> recorded;
    private final List<ReadFact> inWindow;

    private Found(FeaturePlan plan, PatientSnapshot snapshot, Span span, List<ReadFact> recorded) {
      this.plan = plan;
      this.snapshot = snapshot;
      this.span = span;
      this.recorded = recorded;
      this.inWindow = counting(span.within(recorded, plan.selection().kind().isState()));
    }

    /** With the right codes, and past the filter. */
    List<ReadFact> recorded() {
      return recorded;
    }

    /** Of these, in a status that counts. */
    List<ReadFact> counting() {
      return counting(recorded);
    }

    private List<ReadFact> counting(List<ReadFact> facts) {
      Instant at = at(snapshot);
      return ReadFact.where(facts, fact -> fact.counts(at));
    }

    /** Of these, in the window. */
    List<ReadFact> inWindow() {
      return inWindow;
    }

    /** Of these, what is not recorded as absent. */
    List<ReadFact> said() {
      return ReadFact.where(inWindow, fact -> !fact.isAbsent());
    }

    /** Whether nothing else can be in the record. */
    boolean complete() {
      return isComplete(plan, snapshot, span);
    }
  }

  /**
   * @param zone the site's time zone
   */
  static Found find(FeaturePlan plan, PatientSnapshot snapshot, Span span, ZoneId zone) {
    List<ReadFact> filtered = filtered(plan.filter(), snapshot.facts(plan.question()), snapshot);
    return new Found(plan, snapshot, span, inContext(plan.feature(), filtered, snapshot, zone));
  }

  /** Those of the context that the filter asks for, if it asks for one. */
  private static List<ReadFact> inContext(
      ResolvedFeature feature, List<ReadFact> facts, PatientSnapshot snapshot, ZoneId zone) {
    if (Objects.requireNonNull(feature.definition().selection()).filter().context() == null) {
      return facts;
    }
    Code asked = feature.inContext().code();
    Contexts contexts = new Contexts(Objects.requireNonNull(feature.context()), snapshot, zone);
    return ReadFact.where(facts, fact -> contexts.give(fact.fact(), asked));
  }

  private static Instant at(PatientSnapshot snapshot) {
    return snapshot.asOf().at();
  }

  private static boolean isComplete(FeaturePlan plan, PatientSnapshot snapshot, Span span) {
    Selection selection = plan.selection();
    ResolvedContextRule rule = plan.feature().context();
    if (!snapshot.isComplete(selection.kind())
        || (rule != null && !Contexts.isSearched(rule, snapshot))
        || (selection.filter().asksEncounters() && !snapshot.isComplete(ResourceKind.ENCOUNTER))) {
      return false;
    }
    FactQuestion<ReadFact> unresolved = plan.unresolved();
    // An order that would count, of which nobody can tell the medication, might be the one.
    return unresolved == null
        || span.within(snapshot.facts(unresolved), selection.kind().isState()).stream()
            .noneMatch(fact -> fact.counts(at(snapshot)));
  }

  private static List<ReadFact> filtered(
      Filter filter, List<ReadFact> facts, PatientSnapshot snapshot) {
    if (filter.equals(Filter.ALL)) {
      return facts;
    }
    Map<Stay, Set<Code>> classes =
        filter.encounterClasses().isEmpty() ? Map.of() : encounterClasses(filter, snapshot);
    Places places = filter.locations().isEmpty() ? null : new Places(snapshot);
    return ReadFact.where(
        facts,
        f ->
            filter.passes(
                f.fact(),
                classes.getOrDefault(Stay.of(f.fact()), Set.of()),
                places == null ? Set.of() : places.of(f.fact())));
  }

  /**
   * Which encounter: two records may use one id for two of them.
   *
   * @param id null if a fact names none
   */
  private record Stay(String origin, @Nullable String id) {
    static Stay of(Fact fact) {
      return new Stay(fact.source().origin(), fact.context().encounter());
    }
  }

  /** The codes of encounters, the class among them. */
  private static Map<Stay, Set<Code>> encounterClasses(Filter filter, PatientSnapshot snapshot) {
    return encounters(snapshot, filter.encounterClasses()).stream()
        .filter(f -> !f.source().id().isEmpty())
        .collect(
            Collectors.toMap(
                f -> new Stay(f.source().origin(), f.source().id()),
                f -> Set.copyOf(f.codes()),
                (a, b) -> b));
  }

  /** The record's encounters of some classes, in order, each in its highest version. */
  static List<Fact> encounters(PatientSnapshot snapshot, Set<Code> classes) {
    return ofRecord(snapshot, ResourceKind.ENCOUNTER, classes);
  }

  /** Facts in order that no model wrote, each resource's in its highest version. */
  static List<Fact> ofRecord(PatientSnapshot snapshot, ResourceKind kind, Set<Code> codes) {
    return snapshot.factsOnce(new FactQuestion<>(kind, codes, false, Function.identity()));
  }
}
