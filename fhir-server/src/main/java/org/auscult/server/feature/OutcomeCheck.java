package org.auscult.server.feature;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;

/** What must hold of an outcome definition: all that is wrong with it, at once. */
final class OutcomeCheck {
  private final OutcomeDefinitions reader;
  private final StoredOutcomeCatalog outcomes;
  private final StoredFeatureCatalog features;
  private final StoredDefinitions stored;
  private final CodeSystems codeSystems;

  OutcomeCheck(
      OutcomeDefinitions reader,
      StoredOutcomeCatalog outcomes,
      StoredFeatureCatalog features,
      StoredDefinitions stored,
      CodeSystems codeSystems) {
    this.reader = reader;
    this.outcomes = outcomes;
    this.features = features;
    this.stored = stored;
    this.codeSystems = codeSystems;
  }

  /**
   * @param isSettled whether it is an active version that stays as it is
   */
  List<Problem> problems(Library library, boolean isSettled) {
    List<Problem> problems = new ArrayList<>();
    if (!isSettled) {
      problems.addAll(codeSystems.unknown(library));
      problems.addAll(drafts(library));
    }
    Parsed<OutcomeDefinition> parsed = reader.read(library);
    if (parsed instanceof Parsed.Accepted<OutcomeDefinition> accepted) {
      outcomes.resolve(accepted.value(), problems);
    } else if (parsed instanceof Parsed.Refused<OutcomeDefinition> refused) {
      problems.addAll(refused.problems());
      problems.addAll(features.absences(library));
      problems.addAll(strangers(library));
    }
    return List.copyOf(new LinkedHashSet<>(problems));
  }

  /** Features that it names and that are not here; of its inputs the catalog says so. */
  private List<Problem> strangers(Library library) {
    return OutcomeDefinitions.named(library).stream()
        .filter(canonical -> features.feature(canonical).isEmpty())
        .map(
            canonical ->
                new Problem(
                    "Library.extension",
                    canonical + " is no feature definition that is here",
                    "Create it first, and name it as url|version."))
        .toList();
  }

  /** Features and context rules that may still change under an active outcome. */
  private List<Problem> drafts(Library library) {
    if (library.getStatus() != PublicationStatus.ACTIVE) {
      return List.of();
    }
    return Stream.concat(
            OutcomeDefinitions.features(library).stream(), ContextRules.named(library).stream())
        .filter(canonical -> stored.library(canonical).filter(OutcomeCheck::isDraft).isPresent())
        .map(
            canonical ->
                new Problem(
                    "Library",
                    canonical + " is a draft, and what is active does not rest on it",
                    "Activate it first, or store this one as a draft."))
        .toList();
  }

  private static boolean isDraft(Library library) {
    return library.getStatus() != PublicationStatus.ACTIVE
        && library.getStatus() != PublicationStatus.RETIRED;
  }
}
