package org.auscult.golden.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.golden.fhir.GoldenCase.Deletion;
import org.auscult.golden.fhir.GoldenCase.Mutant;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads the cases of a golden file. */
final class CaseReader {
  private static final int MOST_FEATURES = 1000;
  private static final int MOST_RESOURCES = 10_000;
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "about",
          "patient",
          "zone",
          "at",
          "knownAt",
          "resources",
          "deletions",
          "complete",
          "expect",
          "mutant");

  private final String file;
  private final ZoneId zoneByDefault;
  private final Definitions definitions;
  private final MedicationCodes medications;
  private final ResourceVersions versions;
  private final FactProjector projector;

  CaseReader(
      String file,
      ZoneId zoneByDefault,
      Definitions definitions,
      MedicationCodes medications,
      FhirNodes fhir,
      CodeUnits units) {
    this.file = file;
    this.zoneByDefault = zoneByDefault;
    this.definitions = definitions;
    this.medications = medications;
    this.versions = new ResourceVersions(fhir);
    this.projector = new FactProjector(zoneByDefault, units);
  }

  /** The case; null, with complaints, if it cannot be run. */
  @Nullable GoldenCase read(Node anonymous) {
    JsonNode name = anonymous.json().path("name");
    Complaints complaints = anonymous.complaints().of(name.isTextual() ? name.asText() : null);
    Node node = anonymous.with(complaints);
    if (!node.isObjectOf(MEMBERS)) {
      return null;
    }
    Node mutation = node.member("mutant");
    Mutant mutant = mutation == null ? null : mutant(node, mutation);
    GoldenCase read = plain(node, definitions, mutant);
    return complaints.count() == 0 ? read : null;
  }

  private @Nullable Mutant mutant(Node node, Node mutation) {
    Mutation change = Mutation.read(node, mutation);
    if (change == null) {
      return null;
    }
    Complaints complaints = node.complaints().of(change.caseName());
    List<Node> changed =
        change.definitions().stream().map(definition -> definition.with(complaints)).toList();
    GoldenCase mutated =
        plain(
            change.changed().with(complaints),
            definitions.with(
                changed,
                with(complaints, change.conceptMaps()),
                with(complaints, change.contextRules())),
            null);
    return mutated == null ? null : new Mutant(change.name(), mutated);
  }

  private static @Nullable List<Node> with(Complaints complaints, @Nullable List<Node> nodes) {
    return nodes == null ? null : nodes.stream().map(node -> node.with(complaints)).toList();
  }

  private @Nullable GoldenCase plain(Node node, Definitions defined, @Nullable Mutant mutant) {
    int before = node.complaints().count();
    String name = node.required("name", "Give it one of its own.").text();
    node.text("about");
    ZoneId zone = zone(node.member("zone"));
    Instant at =
        ExpectationReader.instant(node.required("at", "Give the index time of the vector."));
    Node known = node.member("knownAt");
    Instant knownAt = known == null ? at : ExpectationReader.instant(known);
    node.required("resources", "Give an array; it may be empty.");
    List<Resource> resources = versions.read(node.elements("resources", MOST_RESOURCES));
    List<Deletion> deletions = versions.deletions(node.elements("deletions", MOST_RESOURCES));
    String patient = patient(node, resources);
    Set<ResourceKind> complete = complete(node);
    Map<String, Expectation> expected = new LinkedHashMap<>();
    Map<String, Node> names = new HashMap<>();
    for (Node one : expect(node)) {
      String feature = one.place().substring(node.place().length() + ".expect.".length());
      names.put(feature, one);
      Expectation expectation = ExpectationReader.read(one);
      if (expectation != null) {
        expected.put(feature, expectation);
      }
    }
    Optional<ResolvedFeatureSet> set = defined.set(names, node);
    if (node.complaints().count() != before
        || name == null
        || at == null
        || knownAt == null
        || set.isEmpty()) {
      return null;
    }
    return new GoldenCase(
        file,
        name,
        patient,
        zone,
        new AsOf(at, new AsOf.Known.ByClock(knownAt)),
        resources.stream().sorted(Comparator.comparing(ResourceVersions::stored)).toList(),
        deletions,
        medications.beside(resources),
        complete,
        set.get(),
        expected,
        mutant);
  }

  private static List<Node> expect(Node node) {
    Node expect = node.required("expect", "Say what must come of a feature.");
    if (expect.json().isMissingNode()) {
      return List.of();
    }
    if (expect.json().isObject() && expect.json().isEmpty()) {
      expect.complain("it expects nothing", "Say what must come of a feature.");
    }
    return expect.members(MOST_FEATURES);
  }

  private ZoneId zone(@Nullable Node node) {
    String text = node == null ? null : node.text();
    if (node == null || text == null) {
      return zoneByDefault;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      node.complain("'" + text + "' is no time zone", "Write it as Europe/Vienna or Z.");
      return zoneByDefault;
    }
  }

  private String patient(Node node, List<Resource> resources) {
    String named = node.text("patient");
    if (named != null) {
      return named;
    }
    Set<String> patients = new TreeSet<>();
    resources.forEach(resource -> projector.patient(resource).ifPresent(patients::add));
    if (patients.size() > 1) {
      node.complain(
          "its resources are of several patients: " + patients, "Name one of them as 'patient'.");
    }
    return patients.isEmpty() ? "none" : patients.iterator().next();
  }

  private static Set<ResourceKind> complete(Node node) {
    Set<ResourceKind> complete = EnumSet.noneOf(ResourceKind.class);
    if (node.member("complete") == null) {
      return EnumSet.allOf(ResourceKind.class);
    }
    for (Node one : node.elements("complete", ResourceKind.values().length)) {
      String type = one.text();
      Optional<ResourceKind> kind = type == null ? Optional.empty() : ResourceVersions.kind(type);
      if (type != null && kind.isEmpty()) {
        one.complain("'" + type + "' is no type that features read", "Use " + types() + ".");
      }
      kind.ifPresent(complete::add);
    }
    return complete;
  }

  private static String types() {
    return String.join(
        ", ", EnumSet.allOf(ResourceKind.class).stream().map(ResourceKind::fhirType).toList());
  }
}
