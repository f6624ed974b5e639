package org.auscult.feature;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.Medications;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * Which facts of a snapshot a feature reads, in their order.
 *
 * <p>Order: the later effective fact comes last; ties go by known time, then version, id, slot and
 * origin, so that the same facts always give the same vector. Of two values of the same time the
 * one that the record learnt last stands.
 */
final class FactSelector {
  private static final Comparator<Fact> BEHIND_VISIBLE =
      comparing((Fact f) -> f.effective().from())
          .thenComparing(f -> f.known().from())
          .thenComparing(f -> f.source().version())
          .thenComparing(f -> f.source().id())
          .thenComparing(f -> f.source().slot())
          .thenComparing(f -> f.source().origin());

  /** Most facts differ in the first, which is compared by itself: it is asked for most. */
  static final Comparator<Fact> ORDER =
      (a, b) -> {
        int first = a.effective().visibleFrom().compareTo(b.effective().visibleFrom());
        return first == 0 ? BEHIND_VISIBLE.compare(a, b) : first;
      };

  private FactSelector() {}

  /**
   * What was found at each step, so that a missing value can say why.
   *
   * @param recorded with the right codes, and past the filter
   * @param counting of these, in a status that counts
   * @param inWindow of these, in the window
   * @param complete whether nothing else can be in the record
   */
  record Found(List<Fact> recorded, List<Fact> counting, List<Fact> inWindow, boolean complete) {}

  static Found find(ResolvedFeature feature, PatientSnapshot snapshot, Span span) {
    FeatureDefinition definition = feature.definition();
    Selection selection = Objects.requireNonNull(definition.selection());
    List<Fact> recorded =
        filtered(
            filter(definition),
            distinct(snapshot.facts(selection.kind(), feature.codes()), selection),
            snapshot);
    List<Fact> counting = counting(definition, recorded, snapshot.asOf().at());
    List<Fact> inWindow = counting.stream().filter(span::holds).toList();
    return new Found(recorded, counting, inWindow, isComplete(definition, snapshot, span));
  }

  private static boolean isComplete(
      FeatureDefinition definition, PatientSnapshot snapshot, Span span) {
    Selection selection = Objects.requireNonNull(definition.selection());
    ResourceKind kind = selection.kind();
    if (!snapshot.isComplete(kind)
        || (selection.filter().asksEncounters() && !snapshot.isComplete(ResourceKind.ENCOUNTER))) {
      return false;
    }
    if (!Medications.isKind(kind)) {
      return true;
    }
    // An order that would count, of which nobody can tell the medication, might be the one.
    List<Fact> unresolved =
        distinct(snapshot.facts(kind, Set.of(Medications.UNRESOLVED)), selection);
    return counting(definition, unresolved, snapshot.asOf().at()).stream().noneMatch(span::holds);
  }

  private static List<Fact> counting(FeatureDefinition definition, List<Fact> facts, Instant at) {
    Selection selection = Objects.requireNonNull(definition.selection());
    Set<String> declared =
        selection.statuses().isEmpty() && definition.operator().readsStates()
            ? Statuses.ofStates(selection.kind())
            : selection.statuses();
    return facts.stream()
        .filter(f -> Statuses.counts(selection.kind(), status(definition, f, at), declared))
        .toList();
  }

  /** As it was at the index time; for how long something held, as it was while it held. */
  private static String status(FeatureDefinition definition, Fact fact, Instant at) {
    return switch (definition.operator()) {
      case ACTIVE, DURATION -> Statuses.ofState(fact, at);
      case TOTAL_DURATION -> Statuses.ofState(fact, Instant.MIN);
      default -> Statuses.at(fact, at);
    };
  }

  /** What the flags of {@code flagged} leave out is what it answers. */
  private static Filter filter(FeatureDefinition definition) {
    Filter filter = Objects.requireNonNull(definition.selection()).filter();
    return definition.operator() == Operator.FLAGGED ? filter.withFlags(Set.of()) : filter;
  }

  private static List<Fact> filtered(Filter filter, List<Fact> facts, PatientSnapshot snapshot) {
    if (filter.equals(Filter.ALL)) {
      return facts;
    }
    Map<Stay, Set<Code>> classes =
        filter.encounterClasses().isEmpty() ? Map.of() : encounterClasses(filter, snapshot);
    Places places = filter.locations().isEmpty() ? null : new Places(snapshot);
    return facts.stream()
        .filter(
            f ->
                filter.passes(
                    f,
                    classes.getOrDefault(Stay.of(f), Set.of()),
                    places == null ? Set.of() : places.of(f)))
        .toList();
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

  /** What a fact is a version of. */
  private record Part(String origin, String id, int slot) {
    static Part of(Fact fact) {
      return new Part(fact.source().origin(), fact.source().id(), fact.source().slot());
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
    return distinct(
        snapshot.facts(ResourceKind.ENCOUNTER, classes),
        Selection.of(ResourceKind.ENCOUNTER, List.copyOf(classes)));
  }

  /**
   * Facts in order. A resource that came by two roads counts once, in its highest version; a
   * resource without an id cannot be told from another and stands for itself.
   */
  private static List<Fact> distinct(List<Fact> facts, Selection selection) {
    return newest(
        facts.stream()
            .filter(f -> selection.withModels() || f.context().author() == Author.RECORD)
            .toList());
  }

  /** Facts in order, each resource's in its highest version. */
  static List<Fact> newest(List<Fact> facts) {
    List<Fact> ordered = new ArrayList<>(facts);
    ordered.sort(ORDER);
    Map<Object, Fact> newest = new HashMap<>();
    for (Fact fact : ordered) {
      newest.merge(
          fact.source().id().isEmpty() ? fact : Part.of(fact),
          fact,
          (a, b) -> b.source().version() >= a.source().version() ? b : a);
    }
    if (newest.size() < ordered.size()) {
      ordered = new ArrayList<>(newest.values());
      ordered.sort(ORDER);
    }
    return ordered;
  }
}
