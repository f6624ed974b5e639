package org.auscult.golden.fhir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.CodedAnswers;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedContextRule;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Translation;
import org.auscult.feature.fhir.ContextFeatures;
import org.auscult.feature.fhir.DerivedFeatures;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.timeline.Code;
import org.hl7.fhir.r4.model.Library;
import org.jspecify.annotations.Nullable;

/** The feature definitions of a golden file, by name, with their ValueSets and inputs. */
final class Definitions {
  private static final String URL = "https://auscult.org/fhir/Library/golden";

  private final Sources sources;
  private final Map<String, FeatureDefinition> byName = new LinkedHashMap<>();
  private final Map<String, Node> places = new HashMap<>();
  private final Map<String, Optional<ResolvedFeature>> resolved = new HashMap<>();

  /** Names of those that are there and wrong. */
  private final Set<String> refused = new HashSet<>();

  /** What else the file holds, and what reads definitions. */
  record Sources(
      ValueSetCodes valueSets,
      FeatureDefinitions reader,
      FhirNodes fhir,
      Translation translation,
      Rules rules) {
    /**
     * The same with what a mutant has in its place.
     *
     * @param maps null to keep those of the file
     * @param contextRules null to keep those of the file
     */
    Sources with(@Nullable List<Node> maps, @Nullable List<Node> contextRules) {
      return new Sources(
          valueSets,
          reader,
          fhir,
          maps == null ? translation : Mappings.read(maps, fhir),
          contextRules == null ? rules : Rules.read(contextRules, valueSets, fhir));
    }
  }

  private Definitions(Sources sources) {
    this.sources = sources;
  }

  static Definitions read(List<Node> nodes, Sources sources) {
    Definitions read = new Definitions(sources);
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      String name = node.json().path("name").asText();
      if (!names.add(name)) {
        node.complain("there are two definitions of the name '" + name + "'", "Rename one.");
      } else {
        read.put(node);
      }
    }
    List.copyOf(read.byName.keySet()).forEach(read::resolve);
    return read;
  }

  /**
   * The same, with these in the place of those of their names.
   *
   * @param maps in the place of the file's; null to keep those
   * @param rules in the place of the file's; null to keep those
   */
  Definitions with(List<Node> others, @Nullable List<Node> maps, @Nullable List<Node> rules) {
    if (others.isEmpty() && maps == null && rules == null) {
      return this;
    }
    Definitions changed = new Definitions(sources.with(maps, rules));
    changed.byName.putAll(byName);
    changed.places.putAll(places);
    changed.refused.addAll(refused);
    for (Node node : others) {
      String name = node.json().path("name").asText();
      if (!byName.containsKey(name) && !refused.contains(name)) {
        node.complain("there is no definition of the name '" + name + "'", "Name one that is.");
      }
      changed.refused.remove(name);
      changed.put(node);
    }
    return changed;
  }

  private void put(Node node) {
    String name = node.json().path("name").asText();
    Library library = sources.fhir().read(node, Library.class);
    Parsed<FeatureDefinition> parsed = library == null ? null : parsed(library, node);
    if (parsed instanceof Parsed.Accepted<FeatureDefinition> accepted) {
      byName.put(name, accepted.value());
      places.put(name, node);
      return;
    }
    byName.remove(name);
    refused.add(name);
    if (parsed instanceof Parsed.Refused<FeatureDefinition> wrong) {
      tell(node, wrong.problems());
    }
  }

  private @Nullable Parsed<FeatureDefinition> parsed(Library library, Node node) {
    if (!FeatureDefinitions.isOne(library)) {
      node.complain(
          "it does not claim to be a feature definition",
          "Name the profile feature-definition in meta.profile.");
      return null;
    }
    return sources.reader().read(library);
  }

  /**
   * The set of these features and of what they hang on; empty, with complaints, if one of them is
   * not there.
   *
   * @param names with the places that name them
   */
  Optional<ResolvedFeatureSet> set(Map<String, Node> names, Node where) {
    Set<String> members = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(names.keySet());
    boolean isWhole = true;
    while (!next.isEmpty()) {
      String name = next.removeFirst();
      if (members.add(name)) {
        Node place = names.getOrDefault(name, where);
        Optional<ResolvedFeature> feature = feature(name, place);
        isWhole &= feature.isPresent();
        feature.ifPresent(f -> next.addAll(f.definition().dependencies()));
      }
    }
    if (!isWhole) {
      return Optional.empty();
    }
    List<ResolvedFeature> features =
        byName.keySet().stream().filter(members::contains).map(this::resolve).toList().stream()
            .flatMap(Optional::stream)
            .toList();
    try {
      return Optional.of(new ResolvedFeatureSet(URL, "1.0.0", "golden", features));
    } catch (IllegalArgumentException e) {
      where.complain(String.valueOf(e.getMessage()), "Let no feature hang on itself.");
      return Optional.empty();
    }
  }

  private Optional<ResolvedFeature> feature(String name, Node place) {
    if (refused.contains(name)) {
      place.complain("the definition of '" + name + "' is wrong", "Mend it; see above.");
      return Optional.empty();
    }
    if (!byName.containsKey(name)) {
      place.complain("there is no definition of '" + name + "'", "Add it to 'definitions'.");
      return Optional.empty();
    }
    return resolve(name);
  }

  private Optional<ResolvedFeature> resolve(String name) {
    return resolve(name, List.of());
  }

  /**
   * @param above the derived features whose inputs are being looked for
   */
  private Optional<ResolvedFeature> resolve(String name, List<String> above) {
    Optional<ResolvedFeature> known = resolved.get(name);
    if (known != null) {
      return known;
    }
    FeatureDefinition definition = byName.get(name);
    if (definition == null) {
      return Optional.empty();
    }
    List<Problem> problems = new ArrayList<>();
    Set<Code> codes = new LinkedHashSet<>(definition.codes());
    codes.addAll(expand(definition.valueSet(), problems));
    CodedAnswers answers = definition.answers();
    Set<Code> whenTrue = answers == null ? Set.of() : expand(answers.trueValueSet(), problems);
    Set<Code> whenFalse = answers == null ? Set.of() : expand(answers.falseValueSet(), problems);
    List<ResolvedFeature> inputs = inputs(definition, above, problems);
    ResolvedContextRule rule = rule(definition, codes, problems);
    if (!problems.isEmpty()) {
      refused.add(name);
      tell(Objects.requireNonNull(places.get(name)), problems);
    }
    Optional<ResolvedFeature> feature =
        problems.isEmpty()
            ? Optional.of(
                new ResolvedFeature(definition, codes, whenTrue, whenFalse, inputs)
                    .withContext(rule)
                    .mapped(sources.translation()))
            : Optional.empty();
    resolved.put(name, feature);
    return feature;
  }

  private Set<Code> expand(@Nullable String canonical, List<Problem> problems) {
    return canonical == null ? Set.of() : Rules.expand(sources.valueSets(), canonical, problems);
  }

  /** Of a definition that asks for a context; null if it asks for none. */
  private @Nullable ResolvedContextRule rule(
      FeatureDefinition definition, Set<Code> codes, List<Problem> problems) {
    String canonical = ContextFeatures.rule(definition);
    ResolvedContextRule rule =
        canonical == null ? null : sources.rules().rule(canonical).orElse(null);
    if (rule != null) {
      problems.addAll(ContextFeatures.misfits(definition, codes, rule));
    } else if (canonical != null) {
      problems.add(
          new Problem(
              "Library",
              "context rule " + canonical + " is not in this file, or wrong",
              "Add it to 'contextRules'."));
    }
    return rule;
  }

  private List<ResolvedFeature> inputs(
      FeatureDefinition definition, List<String> above, List<Problem> problems) {
    Derivation derivation = definition.arguments().derivation();
    if (derivation == null) {
      return List.of();
    }
    List<String> path = new ArrayList<>(above);
    path.add(definition.canonical());
    List<ResolvedFeature> inputs = new ArrayList<>();
    for (String input : derivation.inputs()) {
      Optional<ResolvedFeature> found =
          path.contains(input)
              ? Optional.empty()
              : named(input).flatMap(other -> resolve(other.name(), path));
      if (found.isEmpty()) {
        problems.add(
            new Problem(
                "Library.relatedArtifact",
                path.contains(input)
                    ? "it is made of itself: " + String.join(" -> ", path) + " -> " + input
                    : input + " is not in this file, or wrong",
                "Name a definition of this file as url|version, none that is made of this one."));
      }
      found.ifPresent(inputs::add);
    }
    if (problems.isEmpty()) {
      problems.addAll(DerivedFeatures.problems(definition, inputs));
    }
    return inputs;
  }

  private Optional<FeatureDefinition> named(String canonical) {
    return byName.values().stream().filter(d -> d.canonical().equals(canonical)).findFirst();
  }

  private static void tell(Node node, Collection<Problem> problems) {
    problems.forEach(p -> node.complain(p.where() + ": " + p.what(), p.remedy()));
  }
}
