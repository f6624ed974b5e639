package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.outcome.OutcomeCatalog;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.outcome.fhir.OutcomeResolver;
import org.auscult.timeline.Code;

/**
 * The outcome definitions in the FHIR store, with what they name. Read anew each time: a label is
 * made of one, and an active one never changes.
 */
final class StoredOutcomeCatalog implements OutcomeCatalog {
  private final StoredDefinitions stored;
  private final OutcomeDefinitions reader;
  private final OutcomeResolver resolver;

  StoredOutcomeCatalog(
      StoredDefinitions stored,
      OutcomeDefinitions reader,
      StoredFeatureCatalog features,
      StoredTerminology terminology) {
    this.stored = stored;
    this.reader = reader;
    this.resolver =
        new OutcomeResolver(
            new OutcomeResolver.Features() {
              @Override
              public Optional<ResolvedFeature> resolve(
                  FeatureDefinition definition, List<Problem> problems) {
                return features.resolve(definition, problems);
              }

              @Override
              public Optional<ResolvedFeature> feature(String canonical) {
                return features.feature(canonical);
              }

              @Override
              public Optional<Set<Code>> expand(String valueSet) {
                return terminology
                    .expand(valueSet)
                    .map(codes -> terminology.translation().widened(codes));
              }
            });
  }

  @Override
  public Optional<ResolvedOutcome> outcome(String canonical) {
    return stored
        .library(canonical)
        .filter(OutcomeDefinitions::isOne)
        .map(reader::read)
        .filter(Parsed.Accepted.class::isInstance)
        .flatMap(parsed -> resolve(parsed.orThrow(), new ArrayList<>()));
  }

  /** The same of one that is being written; says what it names and is not here. */
  Optional<ResolvedOutcome> resolve(OutcomeDefinition definition, List<Problem> problems) {
    return resolver.resolve(definition, problems);
  }
}
