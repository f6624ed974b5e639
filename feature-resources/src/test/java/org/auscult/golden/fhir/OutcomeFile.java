package org.auscult.golden.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.Problem;
import org.auscult.golden.fhir.GoldenCase.Deletion;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.outcome.fhir.OutcomeDefinitions;
import org.auscult.outcome.fhir.OutcomeResolver;
import org.auscult.timeline.Code;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Resource;

/** The table of outcome cases, read with the means of golden files. */
final class OutcomeFile implements OutcomeResolver.Features {
  private static final CodeUnits UNITS = CodeUnits.standard();
  private static final int MOST = 10_000;

  private final Complaints complaints = new Complaints("cases.json");
  private final FhirNodes fhir = new FhirNodes();
  private final FeatureDefinitions reader = new FeatureDefinitions(UNITS);
  private final Map<String, FeatureDefinition> features = new HashMap<>();
  private final Map<String, ResolvedOutcome> outcomes = new HashMap<>();
  private final ValueSetCodes valueSets;
  private final Node root;

  /** One case, with its mutant beside it. */
  record OutcomeCase(String name, Node node, Node mutant) {
    @Override
    public String toString() {
      return name;
    }
  }

  OutcomeFile(Path path) {
    try {
      root = new Node(new ObjectMapper().readTree(path.toFile()), "", complaints);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    valueSets = ValueSetCodes.read(root.elements("valueSets", MOST), fhir);
    for (Node node : root.elements("definitions", MOST)) {
      FeatureDefinition definition = reader.read(library(node)).orThrow();
      features.put(definition.canonical(), definition);
    }
    for (Node node : root.elements("outcomes", MOST)) {
      Library library = library(node);
      OutcomeDefinition definition = new OutcomeDefinitions(reader).read(library).orThrow();
      List<Problem> problems = new ArrayList<>();
      Optional<ResolvedOutcome> outcome = new OutcomeResolver(this).resolve(definition, problems);
      outcomes.put(
          definition.url(),
          outcome.orElseThrow(() -> new IllegalStateException(problems.toString())));
    }
  }

  List<OutcomeCase> cases() {
    List<OutcomeCase> cases = new ArrayList<>();
    for (Node node : root.elements("cases", MOST)) {
      ObjectNode plain = node.json().deepCopy();
      JsonNode mutant = plain.remove("mutant");
      Node original = new Node(plain, node.place(), complaints);
      Mutation mutation =
          Objects.requireNonNull(
              Mutation.read(original, new Node(mutant, node.place() + ".mutant", complaints)),
              () -> String.valueOf(complaints.all()));
      cases.add(new OutcomeCase(node.json().path("name").asText(), original, mutation.changed()));
    }
    if (complaints.count() > 0) {
      throw new IllegalStateException(String.valueOf(complaints.all()));
    }
    return cases;
  }

  ResolvedOutcome outcome(Node node) {
    String url = "https://example.org/Library/case-" + node.json().path("outcome").asText();
    return Objects.requireNonNull(outcomes.get(url), url);
  }

  /** The patient's timeline, as it was stored version by version. */
  PatientTimeline timeline(Node node) {
    ResourceVersions versions = new ResourceVersions(fhir);
    List<Resource> resources = new ArrayList<>(versions.read(node.elements("resources", MOST)));
    resources.sort(Comparator.comparing(ResourceVersions::stored));
    InMemoryTimeline timeline = new InMemoryTimeline().patient("p", 0);
    FactProjector projector = new FactProjector(ZoneOffset.UTC, UNITS);
    List<Deletion> deletions = versions.deletions(node.elements("deletions", MOST));
    GoldenRunner.write(timeline, projector, resources, deletions);
    PatientTimeline read = timeline.read(outcome(node).query("p", knownAt(node))).orElseThrow();
    if (complaints.count() > 0) {
      throw new IllegalStateException(String.valueOf(complaints.all()));
    }
    return new PatientTimeline("p", read.epoch(), read.facts(), complete(node));
  }

  static Instant at(Node node) {
    return Instant.parse(node.json().path("at").asText());
  }

  static Instant knownAt(Node node) {
    return Instant.parse(node.json().path("knownAt").asText());
  }

  private static Set<ResourceKind> complete(Node node) {
    if (!node.json().has("complete")) {
      return EnumSet.allOf(ResourceKind.class);
    }
    Set<ResourceKind> complete = EnumSet.noneOf(ResourceKind.class);
    node.json()
        .path("complete")
        .forEach(type -> complete.add(ResourceVersions.kind(type.asText()).orElseThrow()));
    return complete;
  }

  private Library library(Node node) {
    Library library = fhir.read(node, Library.class);
    return Objects.requireNonNull(library, () -> String.valueOf(complaints.all()));
  }

  @Override
  public Optional<ResolvedFeature> resolve(FeatureDefinition definition, List<Problem> problems) {
    Set<Code> codes = new LinkedHashSet<>(definition.codes());
    String valueSet = definition.valueSet();
    if (valueSet != null) {
      codes.addAll(valueSets.codes(valueSet).orElseThrow());
    }
    Derivation derivation = definition.arguments().derivation();
    List<ResolvedFeature> inputs =
        derivation == null
            ? List.of()
            : derivation.inputs().stream().map(input -> feature(input).orElseThrow()).toList();
    return Optional.of(new ResolvedFeature(definition, codes, Set.of(), Set.of(), inputs));
  }

  @Override
  public Optional<ResolvedFeature> feature(String canonical) {
    return Optional.ofNullable(features.get(canonical))
        .flatMap(definition -> resolve(definition, new ArrayList<>()));
  }

  @Override
  public Optional<Set<Code>> expand(String valueSet) {
    return valueSets.codes(valueSet);
  }
}
