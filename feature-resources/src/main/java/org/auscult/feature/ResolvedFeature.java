package org.auscult.feature;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.ResourceKind;

/**
 * A definition with its ValueSets expanded.
 *
 * @param codes that it reads, some of them families
 * @param inputs of a derived feature: those that its expression names; otherwise empty
 */
public record ResolvedFeature(
    FeatureDefinition definition,
    Set<Code> codes,
    Set<Code> trueAnswers,
    Set<Code> falseAnswers,
    List<ResolvedFeature> inputs) {
  public ResolvedFeature {
    Objects.requireNonNull(definition);
    codes = Set.copyOf(codes);
    trueAnswers = Set.copyOf(trueAnswers);
    falseAnswers = Set.copyOf(falseAnswers);
    inputs = List.copyOf(inputs);
  }

  /** One that is made of facts. */
  public ResolvedFeature(
      FeatureDefinition definition,
      Set<Code> codes,
      Set<Code> trueAnswers,
      Set<Code> falseAnswers) {
    this(definition, codes, trueAnswers, falseAnswers, List.of());
  }

  /**
   * Whether a fact may bear on its value, or on whether there is one: by its codes, or because it
   * is an encounter that the window or the filter asks for. What it hangs on is not looked at.
   */
  public boolean mayRead(Fact fact) {
    Operator operator = definition.operator();
    ResourceKind kind = fact.source().kind();
    if (operator == Operator.AGE || operator == Operator.SEX) {
      return kind == ResourceKind.PATIENT;
    }
    return (kind == definition.kind() && CodeFamilies.holdsAny(codes, fact.codes()))
        || (kind == ResourceKind.ENCOUNTER
            && !Collections.disjoint(fact.codes(), encounterClasses()));
  }

  /** The classes of the encounters that the window or the filter asks for. */
  Set<Code> encounterClasses() {
    Set<Code> classes = new HashSet<>();
    if (definition.window().start() instanceof Window.EncounterStart start) {
      classes.addAll(start.classes());
    }
    Selection selection = definition.selection();
    if (selection != null) {
      classes.addAll(selection.filter().encounterClasses());
    }
    return classes;
  }

  /** For a definition without any ValueSet. */
  public static ResolvedFeature of(FeatureDefinition definition) {
    return new ResolvedFeature(definition, Set.copyOf(definition.codes()), Set.of(), Set.of());
  }
}
