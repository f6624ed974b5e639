package org.auscult.server.feature;

import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureCatalog;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureSet;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.DerivedFeatures;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureSets;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.server.feature.ExpansionHash.Expanded;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feature definitions in the FHIR store, expanded.
 *
 * <p>Cache: by whole canonical, bounded; a write of a definition on this node clears it, and no
 * entry outlives {@link #LONGEST}, so that another node's write is seen soon. Active definitions
 * never change, so what is served in between is at worst a retired one. What is asked for all the
 * time is read anew beside the calls, so that none of them waits for it.
 */
final class StoredFeatureCatalog implements FeatureCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(StoredFeatureCatalog.class);
  private static final String VALUE_SET = "Library.dataRequirement.codeFilter.valueSet";
  private static final String INPUT = "Library.relatedArtifact.resource";
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration REFRESHED = Duration.ofSeconds(5);

  private final StoredDefinitions stored;
  private final FeatureDefinitions reader;
  private final StoredTerminology terminology;
  private final StoredContextRules rules;

  /** Sets of which it was said that they cannot be used: it is said once. */
  private final Set<String> unusable = ConcurrentHashMap.newKeySet();

  private final LoadingCache<String, ResolvedFeatureSet> sets =
      Caffeine.newBuilder()
          .maximumSize(1_000)
          .expireAfterWrite(LONGEST)
          .refreshAfterWrite(REFRESHED)
          .recordStats()
          .build(new Reader());

  /** What reads the same again stays the same object: what was worked out for it is kept. */
  private final class Reader implements CacheLoader<String, ResolvedFeatureSet> {
    @Override
    public @Nullable ResolvedFeatureSet load(String canonical) {
      return readSet(canonical).orElse(null);
    }

    @Override
    public @Nullable ResolvedFeatureSet reload(String canonical, ResolvedFeatureSet before) {
      ResolvedFeatureSet now = load(canonical);
      return before.equals(now) ? before : now;
    }
  }

  StoredFeatureCatalog(
      StoredDefinitions stored,
      FeatureDefinitions reader,
      StoredTerminology terminology,
      StoredContextRules rules) {
    this.stored = stored;
    this.reader = reader;
    this.terminology = terminology;
    this.rules = rules;
  }

  /** Forgets what was read: a definition was written. */
  void forget() {
    sets.invalidateAll();
  }

  @Override
  public Optional<ResolvedFeatureSet> featureSet(String canonical) {
    return Optional.ofNullable(sets.get(canonical));
  }

  private Optional<ResolvedFeatureSet> readSet(String canonical) {
    Optional<FeatureSet> set = storedSet(canonical);
    Optional<ResolvedFeatureSet> resolved = set.flatMap(this::resolve);
    if (resolved.isPresent()) {
      if (unusable.remove(canonical)) {
        LOG.info("Feature set {} can be used again", canonical);
      }
    } else if (set.isPresent() && unusable.add(canonical)) {
      LOG.error("Feature set {} cannot be used: {}", canonical, obstacles(canonical));
    }
    return resolved;
  }

  private Optional<FeatureSet> storedSet(String canonical) {
    return stored
        .library(canonical)
        .filter(FeatureSets::isOne)
        .map(FeatureSets::read)
        .filter(Parsed.Accepted.class::isInstance)
        .map(Parsed::orThrow);
  }

  @Override
  public List<String> obstacles(String canonical) {
    return storedSet(canonical).map(FeatureSet::members).orElse(List.of()).stream()
        .flatMap(member -> obstaclesOf(member).stream())
        .map(problem -> problem.what() + ". " + problem.remedy())
        .toList();
  }

  /** Why a definition cannot be used; empty if it can be. */
  List<Problem> obstaclesOf(String member) {
    Optional<Library> library = library(member);
    Optional<FeatureDefinition> definition = library.flatMap(this::definition);
    if (definition.isEmpty()) {
      return List.of(noSuch(member));
    }
    List<Problem> problems = new ArrayList<>();
    resolve(definition.get(), problems, List.of())
        .map(
            feature ->
                ExpansionHash.changed(ExpansionHash.stated(library.get()), Expanded.of(feature)))
        .ifPresent(problems::addAll);
    return problems;
  }

  /** Why the members of a set do not go together. */
  List<Problem> misfits(FeatureSet set) {
    List<ResolvedFeature> features =
        set.members().stream().map(this::feature).flatMap(Optional::stream).toList();
    try {
      ResolvedFeatureSet resolved =
          new ResolvedFeatureSet(set.url(), set.version(), set.name(), features);
      return resolved.strangers().stream()
          .map(
              name ->
                  new Problem(
                      "Library.relatedArtifact",
                      "a member hangs on " + name + ", which is no member",
                      "Add it, or remove what hangs on it."))
          .toList();
    } catch (IllegalArgumentException e) {
      return List.of(
          new Problem("Library.relatedArtifact", String.valueOf(e.getMessage()), "Correct it."));
    }
  }

  private Optional<ResolvedFeatureSet> resolve(FeatureSet set) {
    List<ResolvedFeature> features = new ArrayList<>();
    for (String member : set.members()) {
      Optional<ResolvedFeature> feature = feature(member);
      if (feature.isEmpty()) {
        return Optional.empty();
      }
      features.add(feature.get());
    }
    try {
      return Optional.of(new ResolvedFeatureSet(set.url(), set.version(), set.name(), features));
    } catch (IllegalArgumentException e) {
      // Its members do not go together; the check said so when it was stored.
      return Optional.empty();
    }
  }

  /** Empty, too, if its ValueSets do not expand to what they did when it became active. */
  @Override
  public Optional<ResolvedFeature> feature(String canonical) {
    return library(canonical)
        .flatMap(
            library ->
                definition(library)
                    .flatMap(definition -> resolve(definition, new ArrayList<>(), List.of()))
                    .filter(
                        feature ->
                            ExpansionHash.changed(
                                    ExpansionHash.stated(library), Expanded.of(feature))
                                .isEmpty()));
  }

  private Optional<Library> library(String canonical) {
    return stored.library(canonical).filter(FeatureDefinitions::isOne);
  }

  private Optional<FeatureDefinition> definition(Library library) {
    return Optional.of(reader.read(library))
        .filter(Parsed.Accepted.class::isInstance)
        .map(Parsed::orThrow);
  }

  private Optional<FeatureDefinition> definition(String canonical) {
    return library(canonical).flatMap(this::definition);
  }

  /** Expands a definition's ValueSets; says which ones cannot be expanded. */
  Optional<ResolvedFeature> resolve(FeatureDefinition definition, List<Problem> problems) {
    return resolve(definition, problems, List.of());
  }

  /**
   * What a definition names that is not here, also of one that cannot be read as a whole: whoever
   * mends it learns of everything at once.
   */
  List<Problem> absences(Library library) {
    List<Problem> problems = new ArrayList<>();
    Stream.concat(
            library.getDataRequirement().stream()
                .flatMap(requirement -> requirement.getCodeFilter().stream())
                .map(filter -> filter.getValueSet()),
            Stream.of(FeatureUrls.TRUE_VALUES, FeatureUrls.FALSE_VALUES)
                .flatMap(url -> library.getExtensionsByUrl(url).stream())
                .map(extension -> extension.hasValue() ? extension.getValue() : null)
                .map(value -> value == null ? null : value.primitiveValue()))
        .filter(valueSet -> valueSet != null && valueSet.contains("|"))
        .forEach(valueSet -> expand(VALUE_SET, valueSet, problems));
    for (String input : FeatureDefinitions.inputs(library)) {
      if (definition(input).isEmpty()) {
        problems.add(noSuch(input));
      }
    }
    problems.addAll(rules.absences(library));
    return problems;
  }

  private static Problem noSuch(String input) {
    return new Problem(
        INPUT,
        input + " is no feature definition that is here",
        "Create it first, and name it as url|version.");
  }

  /**
   * @param above the derived features whose inputs are being looked for
   */
  private Optional<ResolvedFeature> resolve(
      FeatureDefinition definition, List<Problem> problems, List<String> above) {
    Set<Code> codes = new LinkedHashSet<>(definition.codes());
    codes.addAll(expand(VALUE_SET, definition.valueSet(), problems));
    CodedAnswers answers = definition.answers();
    Set<Code> whenTrue = Set.of();
    Set<Code> whenFalse = Set.of();
    if (answers != null) {
      whenTrue = expand("Library.extension(true values)", answers.trueValueSet(), problems);
      whenFalse = expand("Library.extension(false values)", answers.falseValueSet(), problems);
    }
    List<ResolvedFeature> inputs = inputs(definition, problems, above);
    ResolvedContextRule rule = rules.of(definition, codes, problems);
    return problems.isEmpty()
        ? Optional.of(
            new ResolvedFeature(definition, codes, whenTrue, whenFalse, inputs)
                .withContext(rule)
                .mapped(terminology.translation()))
        : Optional.empty();
  }

  /** What a derived feature is made of; each by its canonical, none of them made of it. */
  private List<ResolvedFeature> inputs(
      FeatureDefinition definition, List<Problem> problems, List<String> above) {
    Derivation derivation = definition.arguments().derivation();
    if (derivation == null) {
      return List.of();
    }
    List<String> path = new ArrayList<>(above);
    path.add(definition.canonical());
    List<ResolvedFeature> inputs = new ArrayList<>();
    for (String input : derivation.inputs()) {
      if (path.contains(input)) {
        problems.add(
            new Problem(
                INPUT,
                "it is made of itself: " + String.join(" -> ", path) + " -> " + input,
                "Leave one of them out."));
        continue;
      }
      Optional<Library> library = library(input);
      Optional<FeatureDefinition> found = library.flatMap(this::definition);
      if (found.isEmpty()) {
        problems.add(noSuch(input));
        continue;
      }
      List<Problem> ofInput = new ArrayList<>();
      resolve(found.get(), ofInput, path)
          .ifPresent(
              feature -> {
                ofInput.addAll(
                    ExpansionHash.changed(
                        ExpansionHash.stated(library.get()), Expanded.of(feature)));
                inputs.add(feature);
              });
      ofInput.forEach(p -> problems.add(new Problem(INPUT, input + ": " + p.what(), p.remedy())));
    }
    problems.addAll(DerivedFeatures.problems(definition, inputs));
    return inputs;
  }

  private Set<Code> expand(String where, @Nullable String valueSet, List<Problem> problems) {
    if (valueSet == null) {
      return Set.of();
    }
    return terminology.expand(where, valueSet, problems);
  }
}
