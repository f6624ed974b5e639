package org.auscult.feature;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.InMemoryTimeline;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.MedicationResolver;
import org.auscult.timeline.fhir.Projection;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Resource;

/**
 * The golden cases: FHIR resources, an index time, and the vector that must come of them. The same
 * files can drive any other road from resources to a vector.
 */
public final class GoldenCases {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final CodeUnits UNITS = CodeUnits.standard();

  private final JsonNode root = json("golden/cases.json");
  private final Map<String, ResolvedFeature> definitions = definitions();

  /**
   * One case.
   *
   * @param resources every version in the order in which it was stored
   * @param complete the kinds whose search is to be complete
   * @param expected by feature: a reason code, a number, or number, unit and (evidence or origin)
   */
  public record Case(
      String name,
      ZoneId zone,
      AsOf asOf,
      List<Resource> resources,
      Set<ResourceKind> complete,
      Map<String, JsonNode> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** All cases. */
  public List<Case> all() {
    return StreamSupport.stream(root.get("cases").spliterator(), false).map(this::of).toList();
  }

  /** The set of the features that a case has expectations of. */
  public ResolvedFeatureSet set(Case golden) {
    Set<String> names = new HashSet<>(golden.expected().keySet());
    for (String name : golden.expected().keySet()) {
      names.addAll(feature(name).definition().dependencies());
    }
    return new ResolvedFeatureSet(
        "https://example.org/fhir/Library/golden",
        "1.0.0",
        "golden",
        definitions.values().stream().filter(f -> names.contains(f.definition().name())).toList());
  }

  private ResolvedFeature feature(String name) {
    return Objects.requireNonNull(definitions.get(name), name);
  }

  /** The patient's timeline in a case, as stored version by version. */
  public PatientTimeline timeline(Case golden) {
    InMemoryTimeline timeline = new InMemoryTimeline().patient("p", 0);
    FactProjector projector = new FactProjector(golden.zone(), UNITS, medications(root));
    golden.resources().stream()
        .sorted(Comparator.comparing(r -> r.getMeta().getLastUpdated()))
        .forEach(
            resource ->
                projector
                    .patient(resource)
                    .ifPresent(
                        patient ->
                            timeline.write(
                                patient,
                                resource.getMeta().getLastUpdated().toInstant(),
                                projector.project(resource, Projection.RECORD))));
    PatientTimeline read =
        timeline.read(new TimelineQuery("p", golden.asOf(), set(golden).needs())).orElseThrow();
    return new PatientTimeline(read.patient(), read.epoch(), read.facts(), golden.complete());
  }

  private Case of(JsonNode node) {
    List<Resource> resources = new ArrayList<>();
    for (JsonNode resource : node.get("resources")) {
      resources.add((Resource) FHIR.newJsonParser().parseResource(resource.toString()));
    }
    Set<ResourceKind> complete = new HashSet<>();
    for (ResourceKind kind : ResourceKind.values()) {
      boolean listed =
          !node.has("complete")
              || StreamSupport.stream(node.get("complete").spliterator(), false)
                  .anyMatch(k -> k.asText().equals(kind.fhirType()));
      if (listed) {
        complete.add(kind);
      }
    }
    Map<String, JsonNode> expected = new LinkedHashMap<>();
    node.get("expect").properties().forEach(e -> expected.put(e.getKey(), e.getValue()));
    return new Case(
        node.get("name").asText(),
        ZoneId.of(node.path("zone").asText("Z")),
        AsOf.instant(Instant.parse(node.get("at").asText())),
        resources,
        complete,
        expected);
  }

  private Map<String, ResolvedFeature> definitions() {
    Bundle bundle =
        FHIR.newJsonParser()
            .parseResource(Bundle.class, json("golden/definitions.json").toString());
    FeatureDefinitions reader = new FeatureDefinitions(UNITS);
    return bundle.getEntry().stream()
        .map(entry -> reader.read((Library) entry.getResource()).orThrow())
        .map(this::resolved)
        .collect(
            Collectors.toMap(f -> f.definition().name(), f -> f, (a, b) -> b, LinkedHashMap::new));
  }

  private ResolvedFeature resolved(FeatureDefinition definition) {
    CodedAnswers answers = definition.answers();
    if (answers == null) {
      return ResolvedFeature.of(definition);
    }
    JsonNode valueSets = root.get("valueSets");
    return new ResolvedFeature(
        definition,
        Set.copyOf(definition.codes()),
        codes(valueSets.path(answers.trueValueSet())),
        codes(valueSets.path(Objects.requireNonNullElse(answers.falseValueSet(), ""))));
  }

  private static MedicationResolver medications(JsonNode root) {
    return reference -> List.copyOf(codes(root.get("medications").path(reference)));
  }

  private static Set<Code> codes(JsonNode pairs) {
    return StreamSupport.stream(pairs.spliterator(), false)
        .map(pair -> new Code(pair.get(0).asText(), pair.get(1).asText()))
        .collect(Collectors.toSet());
  }

  private static JsonNode json(String resource) {
    try (InputStream in =
        Objects.requireNonNull(GoldenCases.class.getResourceAsStream(resource), resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
