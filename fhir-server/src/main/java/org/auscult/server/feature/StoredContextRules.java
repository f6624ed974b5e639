package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.ContextRule;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.fhir.ContextFeatures;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.ContextUrls;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.ExpansionHash.Expanded;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** The context rules in the FHIR store, expanded. */
final class StoredContextRules {
  private static final String FACT = "Library.extension('" + ContextUrls.FACT + "')";
  private static final String NAMED = "Library.extension('" + FeatureUrls.CONTEXT_RULE + "')";

  private final StoredDefinitions stored;
  private final StoredTerminology terminology;

  StoredContextRules(StoredDefinitions stored, StoredTerminology terminology) {
    this.stored = stored;
    this.terminology = terminology;
  }

  /**
   * The rule that a feature names; null if it names none, or none that can be used.
   *
   * @param codes that the feature reads
   * @param problems takes why it cannot be used, or does not fit
   */
  @Nullable ResolvedContextRule of(
      FeatureDefinition definition, Set<Code> codes, List<Problem> problems) {
    String canonical = ContextFeatures.rule(definition);
    if (canonical == null) {
      return null;
    }
    Optional<ResolvedContextRule> rule = rule(canonical, problems);
    rule.ifPresent(r -> problems.addAll(ContextFeatures.misfits(definition, codes, r)));
    return rule.orElse(null);
  }

  /** A stored rule that still expands to what it did when it became active. */
  private Optional<ResolvedContextRule> rule(String canonical, List<Problem> problems) {
    Optional<Library> library = stored.library(canonical).filter(ContextRules::isOne);
    Optional<ContextRule> rule =
        library
            .map(ContextRules::read)
            .filter(Parsed.Accepted.class::isInstance)
            .map(Parsed::orThrow);
    if (rule.isEmpty()) {
      problems.add(noSuch(canonical));
      return Optional.empty();
    }
    List<Problem> found = new ArrayList<>();
    Optional<ResolvedContextRule> resolved = resolve(rule.get(), found);
    resolved.ifPresent(
        r ->
            found.addAll(
                ExpansionHash.changed(
                    ExpansionHash.stated(library.orElseThrow()), Expanded.of(r))));
    found.forEach(p -> problems.add(new Problem(NAMED, canonical + ": " + p.what(), p.remedy())));
    return found.isEmpty() ? resolved : Optional.empty();
  }

  private static Problem noSuch(String canonical) {
    return new Problem(
        NAMED,
        canonical + " is no context rule that is here",
        "Create it first, and name it as url|version.");
  }

  /** Expands a rule's ValueSets; says which ones cannot be expanded. */
  Optional<ResolvedContextRule> resolve(ContextRule rule, List<Problem> problems) {
    return ContextFeatures.resolve(
        rule, (valueSet, p) -> terminology.expand(FACT, valueSet, p), problems);
  }

  /** Rules that a feature names and that are not here, also of one that cannot be read. */
  List<Problem> absences(Library feature) {
    return ContextRules.named(feature).stream()
        .filter(canonical -> stored.library(canonical).filter(ContextRules::isOne).isEmpty())
        .map(StoredContextRules::noSuch)
        .toList();
  }

  /** ValueSets of a rule's conditions that are not here, also of one that cannot be read. */
  List<Problem> absencesOf(Library rule) {
    List<Problem> problems = new ArrayList<>();
    rule.getExtensionsByUrl(ContextUrls.FACT).stream()
        .flatMap(condition -> condition.getExtension().stream())
        .filter(part -> part.getValue() instanceof CanonicalType)
        .map(part -> String.valueOf(part.getValue().primitiveValue()))
        .filter(valueSet -> valueSet.contains("|"))
        .forEach(valueSet -> terminology.expand(FACT, valueSet, problems));
    return problems;
  }
}
