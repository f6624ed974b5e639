package org.auscult.feature.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.ContextRule;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Filter;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.Selection;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.jspecify.annotations.Nullable;

/** Expands context rules, and holds features to those that they name. */
public final class ContextFeatures {
  /** Port: the ValueSets that are at hand. */
  public interface ValueSets {
    /**
     * The codes of a ValueSet by {@code url|version}.
     *
     * @param problems takes why it cannot be expanded; the answer is empty then
     */
    Set<Code> expand(String valueSet, List<Problem> problems);
  }

  private ContextFeatures() {}

  /**
   * A rule with its codes.
   *
   * @param problems takes what of it is not here; empty is answered then
   */
  public static Optional<ResolvedContextRule> resolve(
      ContextRule rule, ValueSets valueSets, List<Problem> problems) {
    List<Problem> found = new ArrayList<>();
    Set<Code> codes = codes(rule.facts(), valueSets, found);
    List<Set<Code>> lenders =
        rule.lent().stream().map(one -> codes(one.by(), valueSets, found)).toList();
    problems.addAll(found);
    return found.isEmpty()
        ? Optional.of(ResolvedContextRule.of(rule, codes, lenders))
        : Optional.empty();
  }

  private static Set<Code> codes(Selection selection, ValueSets valueSets, List<Problem> problems) {
    Set<Code> codes = new LinkedHashSet<>(selection.codes());
    if (selection.valueSet() != null) {
      codes.addAll(valueSets.expand(selection.valueSet(), problems));
    }
    return codes;
  }

  /** The rule that a definition names; null if it names none. */
  public static @Nullable String rule(FeatureDefinition definition) {
    Selection selection = definition.selection();
    Filter.InContext context = selection == null ? null : selection.filter().context();
    return context == null ? null : context.rule();
  }

  /**
   * What of a rule does not fit the feature that names it: then it would read nothing.
   *
   * @param codes that the feature reads
   */
  public static List<Problem> misfits(
      FeatureDefinition definition, Set<Code> codes, ResolvedContextRule resolved) {
    List<Problem> problems = new ArrayList<>();
    ContextRule rule = resolved.rule();
    Selection selection = definition.selection();
    if (selection == null || selection.filter().context() == null) {
      return problems;
    }
    Filter.InContext context = selection.filter().context();
    if (!rule.contexts().contains(context.code())) {
      problems.add(
          new Problem(
              Extensions.at(FeatureUrls.CONTEXT),
              rule.canonical() + " gives no context " + context.code(),
              "Ask for one of " + rule.contexts() + "."));
    }
    boolean isOfKind = selection.kind() == rule.facts().kind();
    if (!isOfKind || !(meet(codes, resolved.codes()) || meet(resolved.codes(), codes))) {
      problems.add(
          new Problem(
              Extensions.at(FeatureUrls.CONTEXT_RULE),
              rule.canonical() + " concerns none of the facts that the feature reads",
              "Name a rule of these codes."));
    }
    return problems;
  }

  private static boolean meet(Set<Code> some, Set<Code> others) {
    return CodeFamilies.holdsAny(some, others);
  }
}
