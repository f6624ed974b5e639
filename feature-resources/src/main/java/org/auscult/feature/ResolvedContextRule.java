package org.auscult.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;

/**
 * A rule with its ValueSets expanded, and with the recorded codes that count as its own.
 *
 * @param codes of the facts that it concerns
 * @param lenders the codes of each of its {@code lent}, in their order
 * @param expansion SHA-256 of what it means, before anything is mapped
 */
public record ResolvedContextRule(
    ContextRule rule, Set<Code> codes, List<Set<Code>> lenders, String expansion) {
  public ResolvedContextRule {
    Objects.requireNonNull(rule);
    codes = Set.copyOf(codes);
    lenders = lenders.stream().map(Set::copyOf).toList();
    Objects.requireNonNull(expansion);
    if (lenders.size() != rule.lent().size()) {
      throw new IllegalArgumentException("Each fact that lends has its codes");
    }
  }

  /** One of which nothing is mapped. */
  public static ResolvedContextRule of(ContextRule rule, Set<Code> codes, List<Set<Code>> lenders) {
    SortedSet<String> means = new TreeSet<>();
    codes.forEach(code -> means.add("code\t" + code));
    for (int i = 0; i < lenders.size(); i++) {
      for (Code code : lenders.get(i)) {
        means.add("lent\t" + i + "\t" + code);
      }
    }
    return new ResolvedContextRule(rule, codes, lenders, Terms.sha256(means));
  }

  ResolvedContextRule mapped(Translation translation) {
    return new ResolvedContextRule(
        rule.withCodes(translation::widened),
        translation.widened(codes),
        lenders.stream().map(translation::widened).toList(),
        expansion);
  }

  /** The codes of the components that say a context. */
  Set<Code> components() {
    return rule.recorded().stream()
        .flatMap(one -> one.components().stream())
        .collect(Collectors.toSet());
  }

  /** All codes that it reads. */
  public Set<Code> allCodes() {
    Set<Code> all = new HashSet<>(codes);
    lenders.forEach(all::addAll);
    for (ContextRule.Recorded one : rule.recorded()) {
      all.addAll(one.codes());
      all.addAll(one.components());
      all.addAll(one.answers());
    }
    return all;
  }

  /** What it reads of a timeline beside the facts that it concerns. */
  List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    Set<Code> components = components();
    if (!components.isEmpty()) {
      needs.add(new Need(rule.facts().kind(), components, null));
    }
    for (int i = 0; i < lenders.size(); i++) {
      ResourceKind kind = rule.lent().get(i).by().kind();
      Set<Code> asked = new HashSet<>(lenders.get(i));
      if (Medications.isKind(kind)) {
        asked.add(Medications.UNRESOLVED);
      }
      needs.add(new Need(kind, asked, null));
    }
    return needs;
  }

  /** Whether a fact may bear on the context of another one. */
  boolean mayRead(Fact fact) {
    return needs().stream()
        .anyMatch(
            need ->
                need.kind() == fact.source().kind()
                    && CodeFamilies.holdsAny(need.codes(), fact.codes()));
  }
}
