package org.auscult.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Fact;
import org.auscult.timeline.Medications;
import org.auscult.timeline.References;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * A definition with its ValueSets expanded, and with the recorded codes that count as its own.
 *
 * @param codes that it reads, some of them families
 * @param inputs of a derived feature: those that its expression names; otherwise empty
 * @param terms what was mapped, and the hashes of it all
 * @param context the rule that its filter names; null if it names none
 */
public record ResolvedFeature(
    FeatureDefinition definition,
    Set<Code> codes,
    Set<Code> trueAnswers,
    Set<Code> falseAnswers,
    List<ResolvedFeature> inputs,
    Terms terms,
    @Nullable ResolvedContextRule context) {
  /** The projection that first stated flags, circumstances, places and race. */
  private static final int LATER_PROJECTION = 2;

  public ResolvedFeature {
    Objects.requireNonNull(definition);
    codes = Set.copyOf(codes);
    trueAnswers = Set.copyOf(trueAnswers);
    falseAnswers = Set.copyOf(falseAnswers);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(terms);
  }

  /** One of which nothing is mapped. */
  public ResolvedFeature(
      FeatureDefinition definition,
      Set<Code> codes,
      Set<Code> trueAnswers,
      Set<Code> falseAnswers,
      List<ResolvedFeature> inputs) {
    this(definition, codes, trueAnswers, falseAnswers, inputs, Terms.NONE, null);
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
   * Whether a fact may bear on its value, or on whether there is one: by its codes, because it is
   * an encounter that the window or the filter asks for, or because its rule infers contexts from
   * it. What it hangs on is not looked at.
   */
  public boolean mayRead(Fact fact) {
    Operator operator = definition.operator();
    ResourceKind kind = fact.source().kind();
    if (operator.isOfPerson()) {
      return kind == ResourceKind.PATIENT;
    }
    return (kind == definition.kind() && CodeFamilies.holdsAny(codes, fact.codes()))
        || (kind == ResourceKind.ENCOUNTER
            && (!Collections.disjoint(fact.codes(), encounterClasses())
                || (asksPlaces() && fact.codes().contains(EncounterElements.LOCATION))))
        || (context != null && context.mayRead(fact));
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

  /** The codes that window and filter ask for. */
  Set<Code> codesOfFilters() {
    Set<Code> all = new HashSet<>(encounterClasses());
    if (definition.selection() != null) {
      all.addAll(definition.selection().filter().codes());
    }
    if (context != null) {
      all.addAll(context.allCodes());
    }
    return all;
  }

  /** Whether the filter asks where the patient was. */
  boolean asksPlaces() {
    Selection selection = definition.selection();
    return selection != null && !selection.filter().locations().isEmpty();
  }

  /** What it reads of a timeline. */
  List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    Selection selection = definition.selection();
    PatientElement element = definition.arguments().element();
    if (element != null) {
      needs.add(
          new Need(ResourceKind.PATIENT, Set.of(element.code()), null, LATER_PROJECTION, false));
    } else if (selection != null) {
      Set<Code> all = new HashSet<>(codes);
      if (Medications.isKind(selection.kind())) {
        all.add(Medications.UNRESOLVED);
      }
      Filter filter = selection.filter();
      boolean asksHow = !filter.how().equals(Filter.How.ANY);
      boolean isLater =
          asksHow
              || !filter.flags().isEmpty()
              || codes.stream().anyMatch(ResolvedFeature::isOfPlace);
      needs.add(new Need(selection.kind(), all, null, isLater ? LATER_PROJECTION : 1, asksHow));
    }
    Set<Code> classes = encounterClasses();
    if (!classes.isEmpty()) {
      needs.add(new Need(ResourceKind.ENCOUNTER, classes, null));
    }
    if (asksPlaces()) {
      needs.add(
          new Need(
              ResourceKind.ENCOUNTER,
              Set.of(EncounterElements.LOCATION),
              null,
              LATER_PROJECTION,
              false));
    }
    if (context != null) {
      needs.addAll(context.needs());
    }
    return needs;
  }

  private static boolean isOfPlace(Code code) {
    return code.system().equals(References.SYSTEM) || code.equals(EncounterElements.LOCATION);
  }

  /**
   * The same as this site's mappings have it, with its hashes: codes, answers and what its window
   * and filter ask for are widened by what counts as them.
   */
  public ResolvedFeature mapped(Translation translation) {
    Terms taken = Terms.of(this, translation);
    if (translation.isEmpty()) {
      return new ResolvedFeature(
          definition, codes, trueAnswers, falseAnswers, inputs, taken, context);
    }
    return new ResolvedFeature(
        definition.withCodesOfFilters(translation::widened),
        translation.widened(codes),
        translation.widened(trueAnswers),
        translation.widened(falseAnswers),
        inputs,
        taken,
        context == null ? null : context.mapped(translation));
  }

  /** The same with the rule that its filter names. */
  public ResolvedFeature withContext(@Nullable ResolvedContextRule rule) {
    return new ResolvedFeature(definition, codes, trueAnswers, falseAnswers, inputs, terms, rule);
  }

  /** The context that its filter asks for; only of a feature with a rule. */
  Filter.InContext inContext() {
    return Objects.requireNonNull(
        Objects.requireNonNull(definition.selection()).filter().context());
  }

  /** Whether what it reads stands partly in ValueSets, its rule's among them. */
  public boolean namesValueSets() {
    return definition.namesValueSets() || (context != null && context.rule().namesValueSets());
  }

  /** For a definition without any ValueSet. */
  public static ResolvedFeature of(FeatureDefinition definition) {
    return new ResolvedFeature(definition, Set.copyOf(definition.codes()), Set.of(), Set.of());
  }
}
