package org.auscult.feature;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

/**
 * Which facts of a snapshot a feature reads, in their order.
 *
 * <p>Order: the later effective fact comes last; ties go by known time, then version, id, slot and
 * origin, so that the same facts always give the same vector. Of two values of the same time the
 * one that the record learnt last stands.
 */
final class FactSelector {
  static final Comparator<Fact> ORDER =
      comparing((Fact f) -> f.effective().visibleFrom())
          .thenComparing(f -> f.effective().from())
          .thenComparing(f -> f.known().from())
          .thenComparing(f -> f.source().version())
          .thenComparing(f -> f.source().id())
          .thenComparing(f -> f.source().slot())
          .thenComparing(f -> f.source().origin());

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
            selection,
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
        || (!selection.filter().encounterClasses().isEmpty()
            && !snapshot.isComplete(ResourceKind.ENCOUNTER))) {
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
        .filter(f -> Statuses.counts(selection.kind(), Statuses.at(f, at), declared))
        .toList();
  }

  private static List<Fact> filtered(
      Selection selection, List<Fact> facts, PatientSnapshot snapshot) {
    Filter filter = selection.filter();
    if (filter.equals(Filter.ALL)) {
      return facts;
    }
    Map<String, Set<Code>> classes =
        filter.encounterClasses().isEmpty() ? Map.of() : encounterClasses(filter, snapshot);
    return facts.stream()
        .filter(
            f ->
                filter.passes(
                    f,
                    classes.getOrDefault(
                        Objects.requireNonNullElse(f.context().encounter(), ""), Set.of())))
        .toList();
  }

  /** By the encounter's id: its codes, the class among them. */
  private static Map<String, Set<Code>> encounterClasses(Filter filter, PatientSnapshot snapshot) {
    return snapshot.facts(ResourceKind.ENCOUNTER, filter.encounterClasses()).stream()
        .collect(
            Collectors.toMap(
                f -> Objects.requireNonNullElse(f.context().encounter(), f.source().id()),
                f -> Set.copyOf(f.codes()),
                (a, b) -> b));
  }

  /**
   * Facts in order. A resource that came by two roads counts once, in its highest version; a
   * resource without an id cannot be told from another and stands for itself.
   */
  private static List<Fact> distinct(List<Fact> facts, Selection selection) {
    Map<Object, Fact> newest = new LinkedHashMap<>();
    facts.stream()
        .filter(f -> selection.withModels() || f.context().author() == Author.RECORD)
        .sorted(ORDER)
        .forEach(
            f ->
                newest.merge(
                    f.source().id().isEmpty()
                        ? f
                        : List.of(f.source().origin(), f.source().id(), f.source().slot()),
                    f,
                    (a, b) -> b.source().version() >= a.source().version() ? b : a));
    return newest.values().stream().sorted(ORDER).toList();
  }
}
