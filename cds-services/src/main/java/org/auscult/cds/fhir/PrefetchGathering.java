package org.auscult.cds.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.cds.fhir.Subjects.Whose;
import org.auscult.feature.PrefetchTemplate;
import org.auscult.protection.SpecialLabels;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.Fact;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.Projection;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Gathers the answers of one call; used once. */
final class PrefetchGathering {
  private record Key(ResourceKind kind, String id) {}

  private final FactProjector projector;
  private final Map<String, List<Code>> medications;
  private final Asked asked;
  private final CallerPatient patient;
  private final Map<Key, List<Fact>> facts = new LinkedHashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> completeKeys = new HashSet<>();
  private final Map<String, String> nextPages = new HashMap<>();
  private final Set<String> otherPatient = new LinkedHashSet<>();
  private final List<Prefetched.Withheld> withheld = new ArrayList<>();
  private final Map<String, Set<String>> labels = new HashMap<>();
  private int findings;
  private @Nullable Patient person;

  /**
   * @param medications codes of Medications that were brought along, by their ids
   */
  PrefetchGathering(
      FactProjector projector,
      Map<String, List<Code>> medications,
      Asked asked,
      CallerPatient patient) {
    this.projector = projector;
    this.medications = medications;
    this.asked = asked;
    this.patient = patient;
  }

  void take(PrefetchAnswer answer) {
    findings += answer.findings();
    answer
        .template()
        .ifPresent(
            template -> {
              answered.add(template.key());
              if (answer.complete()) {
                completeKeys.add(template.key());
              } else if (answer.next() != null) {
                nextPages.put(template.key(), answer.next());
              }
            });
    answer.resources().forEach(json -> take(answer, json));
  }

  private void take(PrefetchAnswer answer, JsonNode json) {
    Optional<ResourceKind> kind = kind(json);
    if (kind.isEmpty()) {
      if (!json.path("resourceType").isTextual()) {
        unreadable(answer.template().map(PrefetchTemplate::kind), Set.of());
      }
      return;
    }
    Optional<Resource> parsed = ResourceParser.parse(json);
    Whose whose = parsed.map(this::whose).orElseGet(() -> whoseUnparsed(json));
    if (whose == Whose.ANOTHERS) {
      otherPatient.add(
          answer.template().map(PrefetchTemplate::key).orElse("(a key not asked for)"));
    } else if (parsed.isEmpty() || whose == Whose.UNKNOWN || !project(parsed.get(), kind.get())) {
      unreadable(kind, codes(json));
    }
  }

  /** Whether facts came of it. */
  private boolean project(Resource resource, ResourceKind kind) {
    pointToCallersId(resource);
    List<Fact> projected =
        projector.project(resource, Projection.call(patient.origin(), patient.calledAt())).stream()
            .map(this::named)
            .toList();
    if (resource instanceof Patient found) {
      person = found;
    }
    if (projected.isEmpty() && kind != ResourceKind.PATIENT) {
      return false;
    }
    Key key = new Key(kind, resource.getIdElement().getIdPart());
    facts.merge(key, projected, PrefetchGathering::newer);
    projected.stream().findFirst().ifPresent(fact -> label(fact, resource));
    return true;
  }

  private Fact named(Fact fact) {
    return Medications.reference(fact)
        .map(id -> Medications.named(fact, medications.getOrDefault(id, List.of())))
        .orElse(fact);
  }

  /** Any version's label counts. */
  private void label(Fact fact, Resource resource) {
    Set<String> own = new HashSet<>();
    for (Coding label : resource.getMeta().getSecurity()) {
      if (SpecialLabels.isOne(label.getSystem(), label.getCode())) {
        own.add(label.getCode());
      }
    }
    if (!own.isEmpty()) {
      String reference = fact.source().reference().split("/_history/", 2)[0];
      labels.computeIfAbsent(reference, r -> new HashSet<>()).addAll(own);
    }
  }

  private static List<Fact> newer(List<Fact> first, List<Fact> second) {
    return version(second) > version(first) ? second : first;
  }

  private static long version(List<Fact> facts) {
    return facts.stream().mapToLong(f -> f.source().version()).max().orElse(-1);
  }

  private void unreadable(Optional<ResourceKind> kind, Set<Code> about) {
    findings++;
    if (kind.isEmpty()) {
      return;
    }
    if (about.isEmpty()) {
      withhold(kind.get(), Set.of());
      return;
    }
    Set<Code> concerned = new HashSet<>(about);
    Set<Code> wanted = asked.codesOf(kind.get());
    concerned.removeIf(code -> !CodeFamilies.holds(wanted, code));
    if (!concerned.isEmpty()) {
      withhold(kind.get(), concerned);
    }
  }

  private void withhold(ResourceKind kind, Set<Code> codes) {
    withheld.add(new Prefetched.Withheld(kind, codes));
  }

  Prefetched finish() {
    Set<ResourceKind> complete = EnumSet.noneOf(ResourceKind.class);
    asked.templates().forEach(template -> complete.add(template.kind()));
    List<Wanted> wanted = new ArrayList<>();
    List<String> missingKeys = new ArrayList<>();
    for (PrefetchTemplate template : asked.templates()) {
      String key = template.key();
      if (!completeKeys.contains(key)) {
        complete.remove(template.kind());
        wanted.add(new Wanted(key, template.kind(), template.query(), nextPages.get(key)));
      }
      if (asked.narrow().contains(key)) {
        complete.remove(template.kind());
      }
      if (!answered.contains(key)) {
        missingKeys.add(key);
      }
    }
    withheld.forEach(w -> complete.remove(w.kind()));
    List<Fact> all = facts.values().stream().flatMap(List::stream).toList();
    return new Prefetched(
        all,
        complete,
        missingKeys,
        wanted,
        List.copyOf(otherPatient),
        withheld,
        findings,
        labels,
        Optional.ofNullable(person).flatMap(PatientIdentity::of));
  }

  private static Optional<ResourceKind> kind(JsonNode json) {
    String type = json.path("resourceType").asText();
    return Arrays.stream(ResourceKind.values()).filter(k -> k.fhirType().equals(type)).findFirst();
  }

  private Whose whose(Resource resource) {
    String id = resource.getIdElement().getIdPart();
    if (id == null || id.isBlank()) {
      return whose(reference(resource)) == Whose.ANOTHERS ? Whose.ANOTHERS : Whose.UNKNOWN;
    }
    if (resource instanceof Patient) {
      return id.equals(patient.id()) ? Whose.OURS : Whose.ANOTHERS;
    }
    return whose(reference(resource));
  }

  /** Also of what cannot be parsed, another patient's is refused. */
  private Whose whoseUnparsed(JsonNode json) {
    if (json.path("resourceType").asText().equals("Patient")) {
      String id = json.path("id").asText();
      return id.isEmpty() || id.equals(patient.id()) ? Whose.UNKNOWN : Whose.ANOTHERS;
    }
    JsonNode subject =
        json.path("subject").isObject() ? json.path("subject") : json.path("patient");
    String reference = subject.path("reference").asText();
    return whose(reference.isEmpty() ? null : new Reference(reference)) == Whose.ANOTHERS
        ? Whose.ANOTHERS
        : Whose.UNKNOWN;
  }

  private Whose whose(@Nullable Reference subject) {
    return Subjects.whose(
        subject == null ? null : subject.getReference(), patient.id(), patient.fhirServer());
  }

  private static @Nullable Reference reference(Resource resource) {
    for (String name : List.of("subject", "patient")) {
      Property property = resource.getNamedProperty(name);
      if (property != null) {
        for (Base value : property.getValues()) {
          if (value instanceof Reference reference) {
            return reference;
          }
        }
      }
    }
    return null;
  }

  private void pointToCallersId(Resource resource) {
    Reference subject = reference(resource);
    if (subject != null) {
      subject.setReference("Patient/" + patient.id());
    }
  }

  /** What an unreadable resource is about; empty if that cannot be read either. */
  private static Set<Code> codes(JsonNode json) {
    List<JsonNode> concepts = new ArrayList<>();
    for (String name : List.of("code", "medicationCodeableConcept", "vaccineCode")) {
      if (json.has(name)) {
        concepts.add(json.path(name));
      }
    }
    json.path("component").forEach(component -> concepts.add(component.path("code")));
    Set<Code> codes = new HashSet<>();
    for (JsonNode concept : concepts) {
      JsonNode codings = concept.path("coding");
      for (JsonNode coding : codings) {
        String code = coding.path("code").asText();
        if (code.isBlank()) {
          return Set.of();
        }
        codes.add(new Code(coding.path("system").asText(), code));
      }
      if (codings.isEmpty()) {
        return Set.of();
      }
    }
    return codes;
  }
}
