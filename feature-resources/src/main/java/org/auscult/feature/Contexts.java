package org.auscult.feature;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.feature.ContextRule.Lent;
import org.auscult.feature.ContextRule.Recorded;
import org.auscult.feature.ContextRule.Side;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Medications;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;

/**
 * The contexts of facts by one rule, as the record was at one time: what lends a context must have
 * happened and be known by then, like everything else that a snapshot holds.
 *
 * <p>Time: only facts of an instant have a distance or a time of day; a day may hold any. Where the
 * search for what lends was not complete, the time of day says nothing: something stronger may be
 * there.
 */
final class Contexts {
  private final ResolvedContextRule resolved;
  private final ContextRule rule;
  private final ZoneId zone;
  private final boolean isSearched;
  private final Map<Part, List<Fact>> components = new HashMap<>();
  private final List<NavigableMap<Instant, List<Fact>>> lenders = new ArrayList<>();

  /**
   * What a fact's contexts are.
   *
   * @param lenders by context the facts that lent it; none if the record says so itself, and by the
   *     time of day
   * @param isInferred whether the record did not say so itself
   */
  record Given(Map<Code, List<Fact>> lenders, boolean isInferred) {
    private static final Given NOTHING = new Given(Map.of(), false);

    boolean is(Code context) {
      return lenders.containsKey(context);
    }
  }

  /** One version of a resource. */
  private record Part(String origin, String id, long version) {
    static Part of(Fact fact) {
      return new Part(fact.source().origin(), fact.source().id(), fact.source().version());
    }
  }

  /**
   * @param site the site's time zone
   */
  Contexts(ResolvedContextRule resolved, PatientSnapshot snapshot, ZoneId site) {
    this.resolved = resolved;
    this.rule = resolved.rule();
    this.zone = Objects.requireNonNullElse(rule.zone(), site);
    this.isSearched = isSearched(resolved, snapshot);
    for (Fact fact : snapshot.facts(rule.facts().kind(), resolved.components())) {
      if (!(fact.value() instanceof FactValue.Absent)) {
        components.computeIfAbsent(Part.of(fact), p -> new ArrayList<>()).add(fact);
      }
    }
    for (int i = 0; i < rule.lent().size(); i++) {
      lenders.add(lenders(rule.lent().get(i), resolved.lenders().get(i), snapshot));
    }
  }

  /** Whether all that lends a context was found. */
  static boolean isSearched(ResolvedContextRule resolved, PatientSnapshot snapshot) {
    return resolved.rule().lent().stream()
        .map(lent -> lent.by().kind())
        .allMatch(kind -> isSearched(kind, snapshot));
  }

  private static boolean isSearched(ResourceKind kind, PatientSnapshot snapshot) {
    return snapshot.isComplete(kind)
        && (!Medications.isKind(kind)
            || snapshot.facts(kind, Set.of(Medications.UNRESOLVED)).isEmpty());
  }

  private static NavigableMap<Instant, List<Fact>> lenders(
      Lent lent, Set<Code> codes, PatientSnapshot snapshot) {
    NavigableMap<Instant, List<Fact>> byTime = new TreeMap<>();
    for (Fact fact : FactSelector.ofRecord(snapshot, lent.by().kind(), codes)) {
      String status = Statuses.at(fact, snapshot.asOf().at());
      if (fact.effective().precision() == Precision.INSTANT
          && Statuses.counts(lent.by().kind(), status, Set.of())
          && happened(fact.value())) {
        byTime.computeIfAbsent(fact.effective().from(), t -> new ArrayList<>()).add(fact);
      }
    }
    return byTime;
  }

  /** A meal that was not eaten lends nothing. */
  private static boolean happened(FactValue value) {
    return !(value instanceof FactValue.Absent)
        && !(value instanceof FactValue.Truth truth && !truth.value());
  }

  /** Whether the record says this context of a fact, or the rule infers it. */
  boolean give(Fact fact, Code context) {
    return of(fact).is(context);
  }

  Given of(Fact fact) {
    if (!CodeFamilies.holdsAny(resolved.codes(), fact.codes())) {
      return Given.NOTHING;
    }
    Map<Code, List<Fact>> said = new HashMap<>();
    if (hasSpoken(fact, said)) {
      return new Given(said, false);
    }
    boolean isOfAnInstant =
        fact.effective().precision() == Precision.INSTANT
            && fact.effective().from().equals(fact.effective().visibleFrom());
    // What has no id may have components that nobody can tell to be its own.
    boolean isWhole = resolved.components().isEmpty() || !fact.source().id().isEmpty();
    if (!isOfAnInstant || !isWhole) {
      return Given.NOTHING;
    }
    Given given = lent(fact.effective().from());
    return given.lenders().isEmpty() && isSearched ? atTime(fact.effective().from()) : given;
  }

  /**
   * Whether the record says anything of a fact's context, in whatever words.
   *
   * @param said takes what of it the rule understands
   */
  private boolean hasSpoken(Fact fact, Map<Code, List<Fact>> said) {
    boolean hasSpoken = false;
    for (Recorded one : rule.recorded()) {
      boolean isSaid = !Collections.disjoint(one.codes(), fact.codes());
      for (Fact component : components.getOrDefault(Part.of(fact), List.of())) {
        if (!Collections.disjoint(one.components(), component.codes())) {
          hasSpoken = true;
          isSaid |=
              component.value() instanceof FactValue.Coded coded
                  && !Collections.disjoint(one.answers(), coded.codes());
        }
      }
      if (isSaid) {
        hasSpoken = true;
        said.put(one.context(), List.of());
      }
    }
    return hasSpoken;
  }

  private Given lent(Instant at) {
    Map<Code, List<Fact>> by = new HashMap<>();
    for (int i = 0; i < lenders.size(); i++) {
      Lent lent = rule.lent().get(i);
      boolean isBefore = lent.side() == Side.BEFORE;
      Instant near =
          lent.least() == null
              ? at
              : isBefore ? lent.least().startBefore(at) : lent.least().endAfter(at);
      Instant far = isBefore ? lent.most().startBefore(at) : lent.most().endAfter(at);
      Collection<List<Fact>> found =
          lenders.get(i).subMap(isBefore ? far : near, true, isBefore ? near : far, true).values();
      for (List<Fact> atOnce : found) {
        by.computeIfAbsent(lent.context(), c -> new ArrayList<>()).addAll(atOnce);
      }
    }
    return new Given(by, true);
  }

  private Given atTime(Instant at) {
    LocalTime local = at.atZone(zone).toLocalTime();
    Map<Code, List<Fact>> of = new HashMap<>();
    rule.times().stream()
        .filter(time -> time.holds(local))
        .forEach(time -> of.put(time.context(), List.of()));
    return new Given(of, true);
  }

  /**
   * A value with what its facts' context rests on: the facts that lent it among its evidence, and a
   * word in its text.
   *
   * @param facts all with the feature's codes
   * @param context that the feature asks for
   */
  Present explained(Present value, Collection<Fact> facts, Code context) {
    Set<String> own = Set.copyOf(value.evidence());
    Set<String> inferred = new HashSet<>();
    Set<String> evidence = new LinkedHashSet<>(value.evidence());
    Instant known = value.known();
    for (Fact fact : facts) {
      String reference = fact.source().reference();
      Given given = own.contains(reference) ? of(fact) : Given.NOTHING;
      if (given.isInferred() && given.is(context)) {
        inferred.add(reference);
        for (Fact lender : Objects.requireNonNull(given.lenders().get(context))) {
          evidence.add(lender.source().reference());
          known = Values.later(known, lender.known().from());
        }
      }
    }
    if (inferred.isEmpty()) {
      return value;
    }
    String text =
        "context inferred for %d of %d by %s"
            .formatted(inferred.size(), own.size(), rule.canonical());
    return new Present(
        value.value(),
        value.unit(),
        value.text() == null ? text : value.text() + "; " + text,
        List.copyOf(evidence),
        value.effective(),
        known,
        value.origin());
  }
}
