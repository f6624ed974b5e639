package org.auscult.outcome.fhir;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.fhir.Extensions;
import org.auscult.feature.fhir.Problem;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.timeline.Code;

/** Finds what an outcome definition names: ValueSets, and features. */
public final class OutcomeResolver {
  private final Features features;

  /** Port: the features and ValueSets that are at hand. */
  public interface Features {
    /** Expands a definition; adds to the problems whatever of it is not there. */
    Optional<ResolvedFeature> resolve(FeatureDefinition definition, List<Problem> problems);

    /** A registered feature, by {@code url|version}. */
    Optional<ResolvedFeature> feature(String canonical);

    /** The codes of a ValueSet, by {@code url|version}; empty if it cannot be expanded. */
    Optional<Set<Code>> expand(String valueSet);
  }

  public OutcomeResolver(Features features) {
    this.features = features;
  }

  /**
   * The outcome with all that it names.
   *
   * @param problems takes what is not there, or does not fit; empty is answered then
   */
  public Optional<ResolvedOutcome> resolve(OutcomeDefinition definition, List<Problem> problems) {
    List<Problem> found = new ArrayList<>();
    FeatureDefinition of = definition.event().feature();
    Optional<ResolvedFeature> event = of == null ? Optional.empty() : features.resolve(of, found);
    Set<Code> except = new LinkedHashSet<>();
    if (definition.event() instanceof EventRule.Occurrence occurrence) {
      except.addAll(excepted(occurrence, found));
    }
    ResolvedOutcome.Parts parts =
        new ResolvedOutcome.Parts(
            whole(OutcomeUrls.EXCLUSION, definition.exclusions(), found),
            whole(OutcomeUrls.REQUIREMENT, definition.requirements(), found),
            ofFacts(OutcomeUrls.COMPETING, definition.competing(), found),
            ofFacts(OutcomeUrls.FOLLOW_UP_FEATURE, definition.followUp().features(), found));
    problems.addAll(found);
    if (!found.isEmpty() || (of != null && event.isEmpty())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ResolvedOutcome(definition, event.orElse(null), except, parts));
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              "Library",
              String.valueOf(e.getMessage()),
              "Name features that stand alone: their windows hang on no other feature."));
      return Optional.empty();
    }
  }

  private Set<Code> excepted(EventRule.Occurrence occurrence, List<Problem> problems) {
    Set<Code> except = new LinkedHashSet<>(occurrence.except());
    String valueSet = occurrence.exceptValueSet();
    if (valueSet != null) {
      Optional<Set<Code>> codes = features.expand(valueSet);
      if (codes.isEmpty()) {
        problems.add(
            new Problem(
                Extensions.at(OutcomeUrls.EXCEPT_VALUE_SET),
                "ValueSet " + valueSet + " is not here, or cannot be expanded",
                "Load it in this version."));
      }
      except.addAll(codes.orElse(Set.of()));
    }
    return except;
  }

  private List<ResolvedFeature> whole(String url, List<String> canonicals, List<Problem> problems) {
    List<ResolvedFeature> found = new ArrayList<>();
    for (String canonical : canonicals) {
      Optional<ResolvedFeature> feature = features.feature(canonical);
      if (feature.isEmpty()) {
        problems.add(
            new Problem(
                Extensions.at(url),
                canonical + " is no feature definition that is here",
                "Create it first, and name it as url|version."));
      }
      feature.ifPresent(found::add);
    }
    return found;
  }

  /** Those whose facts are meant, not what is made of them. */
  private List<ResolvedFeature> ofFacts(
      String url, List<String> canonicals, List<Problem> problems) {
    List<ResolvedFeature> found = whole(url, canonicals, problems);
    for (ResolvedFeature feature : found) {
      FeatureDefinition of = feature.definition();
      if (of.selection() == null || !of.dependencies().isEmpty()) {
        problems.add(
            new Problem(
                Extensions.at(url),
                of.canonical() + " reads no facts of its own",
                "Name a feature that reads codes."));
      }
    }
    return found;
  }
}
