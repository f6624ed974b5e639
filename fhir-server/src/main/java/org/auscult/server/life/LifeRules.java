package org.auscult.server.life;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.feature.fhir.ContextRules;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.LibraryDiff;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.life.Change;
import org.auscult.feature.life.Effect;
import org.auscult.feature.life.Version;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.server.feature.DefinitionLife;
import org.auscult.server.feature.Published;
import org.auscult.server.feature.StoredDefinitions;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.jspecify.annotations.Nullable;

/**
 * What may become active: a higher version than those that were, by its major number if a value may
 * change; on nothing that is retired or still a draft; and reviewed, where the operator asks for
 * it. What this server writes itself, as the starter pack, is not asked for its past.
 */
final class LifeRules implements DefinitionLife {
  private static final String RESTS_ON = "Library.relatedArtifact.resource";

  private final StoredDefinitions stored;
  private final LibraryDiff diff;
  private final Reviews reviews;
  private final UsageGraphs graphs;
  private final DefinitionPages pages;
  private final LifeSettings settings;

  LifeRules(
      StoredDefinitions stored,
      LibraryDiff diff,
      Reviews reviews,
      UsageGraphs graphs,
      DefinitionPages pages,
      LifeSettings settings) {
    this.stored = stored;
    this.diff = diff;
    this.reviews = reviews;
    this.graphs = graphs;
    this.pages = pages;
    this.settings = settings;
  }

  @Override
  public void keep(Library former, Library library) {
    if (isFeature(library)) {
      Reviews.keep(former, library);
    }
  }

  @Override
  public void describe(Library library) {
    if (isFeature(library)) {
      library.setText(pages.narrative(library));
    }
  }

  @Override
  public void deleting(Library library) {
    String canonical = library.getUrl() + "|" + library.getVersion();
    String users =
        graphs.read().usedBy(canonical).stream()
            .filter(link -> link.depth() == 1)
            .map(UsageGraph.Link::canonical)
            .limit(10)
            .collect(Collectors.joining(", "));
    if (!users.isEmpty()) {
      throw new ResourceVersionConflictException(
          canonical + " is used by " + users + ". Retire it instead, or delete those first.");
    }
  }

  @Override
  public List<Problem> problems(
      @Nullable Library former, Library library, @Nullable RequestDetails request) {
    List<Problem> problems = new ArrayList<>();
    boolean isOwn = request == null || request instanceof SystemRequestDetails;
    Optional<Version> version = version(library);
    if (isFeature(library) && library.hasVersion() && version.isEmpty()) {
      problems.add(
          new Problem(
              "Library.version",
              "'" + library.getVersion() + "' is no semantic version",
              "Write three numbers, such as 1.0.0: the first grows when a value may change."));
    }
    if (isFeature(library) && !Reviews.isOurs(request) && !Reviews.areSame(former, library)) {
      problems.add(
          new Problem(
              "Library.extension('" + FeatureUrls.REVIEW + "')",
              "a review is written by $review only",
              "Leave it as it is, or out."));
    }
    if (!isOwn) {
      restsOn(library, problems);
    }
    if (!isOwn && isFeature(library) && library.getStatus() == PublicationStatus.ACTIVE) {
      version.ifPresent(v -> succession(library, v, problems));
      review(library, problems);
    }
    return problems;
  }

  /** Features, their sets, and the rules that fill in what they read. */
  private static boolean isFeature(Library library) {
    return FeatureDefinitions.isOne(library)
        || FeatureSets.isOne(library)
        || ContextRules.isOne(library);
  }

  private static Optional<Version> version(Library library) {
    return Optional.ofNullable(library.getVersion()).flatMap(Version::parse);
  }

  /** On nothing retired; and what is active on nothing that may still change. */
  private void restsOn(Library library, List<Problem> problems) {
    // Of an outcome's features its own check says so.
    boolean isActive =
        library.getStatus() == PublicationStatus.ACTIVE && !OutcomeDefinitions.isOne(library);
    Set<String> seen = new LinkedHashSet<>(named(library));
    List<String> next = new ArrayList<>(seen);
    for (int i = 0; i < next.size(); i++) {
      String canonical = next.get(i);
      Optional<Library> found = stored.library(canonical);
      if (found.isEmpty()) {
        continue;
      }
      PublicationStatus status = found.get().getStatus();
      if (status == PublicationStatus.RETIRED) {
        problems.add(
            new Problem(
                RESTS_ON,
                canonical + " is retired: what uses it goes on, and nothing new does",
                "Use a version that is active."));
      } else if (isActive && status != PublicationStatus.ACTIVE) {
        problems.add(
            new Problem(
                RESTS_ON,
                canonical + " is a draft, and what is active cannot rest on it",
                "Activate it first, or store this one as a draft."));
      }
      named(found.get()).stream().filter(seen::add).forEach(next::add);
    }
  }

  private static List<String> named(Library library) {
    Stream<String> artifacts =
        library.getRelatedArtifact().stream()
            .filter(
                artifact ->
                    artifact.getType() == RelatedArtifactType.DEPENDSON
                        || artifact.getType() == RelatedArtifactType.COMPOSEDOF)
            .filter(RelatedArtifact::hasResource)
            .map(RelatedArtifact::getResource);
    return Stream.concat(artifacts, ContextRules.named(library).stream()).distinct().toList();
  }

  private void succession(Library library, Version version, List<Problem> problems) {
    Optional<Library> newest =
        stored.libraries(library.getUrl()).stream()
            .filter(l -> Published.is(l) && version(l).isPresent())
            .filter(l -> !l.getVersion().equals(library.getVersion()))
            .max(Comparator.comparing(l -> version(l).orElseThrow()));
    if (newest.isEmpty()) {
      return;
    }
    Version former = version(newest.get()).orElseThrow();
    if (version.compareTo(former) <= 0) {
      problems.add(
          new Problem(
              "Library.version",
              version + " is not higher than " + former + ", which is published",
              "Give it a higher one."));
      return;
    }
    List<Change> breaking =
        diff.of(newest.get(), library).stream()
            .filter(change -> change.effect() == Effect.BREAKING)
            .toList();
    if (!breaking.isEmpty() && !version.mayBreak(former)) {
      problems.add(
          new Problem(
              "Library.version",
              "values may not be those of "
                  + former
                  + ": "
                  + breaking.stream().map(Change::part).collect(Collectors.joining(", "))
                  + " changed",
              "Publish it as " + (former.major() + 1) + ".0.0; $diff says what changed."));
    }
  }

  private void review(Library library, List<Problem> problems) {
    if (!settings.asksReview(library.getUrl())) {
      return;
    }
    if (!library.hasPublisher()) {
      problems.add(new Problem("Library.publisher", "it has no owner", "Name who answers for it."));
    }
    if (!library.hasEditor()) {
      problems.add(new Problem("Library.editor", "it has no steward", "Name who keeps it right."));
    }
    if (!library.hasDescription()) {
      problems.add(
          new Problem(
              "Library.description", "its clinical meaning is not said", "Say what it means."));
    }
    switch (reviews.of(library)) {
      case NONE ->
          problems.add(
              new Problem(
                  "Library.status",
                  "no clinician has reviewed it",
                  "Store it as a draft, and let a reviewer call $review."));
      case STALE ->
          problems.add(
              new Problem(
                  "Library.status",
                  "it was changed after it was reviewed",
                  "Store it as a draft, and let a reviewer call $review again."));
      case REVIEWED -> {
        // As it should be.
      }
    }
  }
}
