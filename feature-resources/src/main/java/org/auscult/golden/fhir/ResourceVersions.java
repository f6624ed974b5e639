package org.auscult.golden.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.golden.fhir.GoldenCase.Deletion;
import org.auscult.timeline.ResourceKind;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Reads the resources of a case: each version with its number, and when it was stored. */
final class ResourceVersions {
  /** States no facts itself; those that name it take its codes. */
  static final String MEDICATION = "Medication";

  private final FhirNodes fhir;

  ResourceVersions(FhirNodes fhir) {
    this.fhir = fhir;
  }

  /** Those that can be read; complaints for the others. */
  List<Resource> read(List<Node> nodes) {
    List<Resource> read = new ArrayList<>();
    Map<String, Map<Long, Instant>> storedAt = new HashMap<>();
    for (Node node : nodes) {
      Resource resource = fhir.read(node);
      if (resource != null && isVersion(resource, node)) {
        check(resource, node);
        String id = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
        place(storedAt.computeIfAbsent(id, i -> new HashMap<>()), resource, node);
        read.add(resource);
      }
    }
    return read;
  }

  List<Deletion> deletions(List<Node> nodes) {
    List<Deletion> deletions = new ArrayList<>();
    for (Node node : nodes) {
      Deletion deletion = deletion(node);
      if (deletion != null) {
        deletions.add(deletion);
      }
    }
    return deletions;
  }

  static Instant stored(Resource resource) {
    return resource.getMeta().getLastUpdated().toInstant();
  }

  static Optional<ResourceKind> kind(String type) {
    return Arrays.stream(ResourceKind.values()).filter(k -> k.fhirType().equals(type)).findFirst();
  }

  private static boolean isVersion(Resource resource, Node node) {
    if (resource.getIdElement().getIdPart() == null) {
      node.complain("it has no id", "Give it one; its versions share it.");
      return false;
    }
    String version = resource.getMeta().getVersionId();
    if (version == null || !version.matches("[1-9][0-9]{0,8}")) {
      node.complain("it has no version that is a number", "Give meta.versionId, such as \"1\".");
      return false;
    }
    if (resource.getMeta().getLastUpdated() == null) {
      node.complain("it does not say when it was stored", "Give meta.lastUpdated.");
      return false;
    }
    return true;
  }

  /** What would say something else on the server than it says here is refused. */
  private static void check(Resource resource, Node node) {
    if (resource instanceof Provenance) {
      node.complain(
          "what a Provenance says of others is not read here",
          "Label what a model wrote AIAST itself, in meta.security.");
    }
    if (resource instanceof Patient patient
        && patient.getLink().stream()
            .anyMatch(link -> link.getType() == Patient.LinkType.REPLACEDBY)) {
      node.complain("merged patients are not followed here", "Leave the link out.");
    }
  }

  /** A later version was stored later. */
  private static void place(Map<Long, Instant> others, Resource resource, Node node) {
    long version = Long.parseLong(resource.getMeta().getVersionId());
    Instant stored = stored(resource);
    for (Map.Entry<Long, Instant> other : others.entrySet()) {
      if (other.getKey() == version) {
        node.complain("its version " + version + " is there twice", "Number them 1, 2, 3.");
        return;
      }
      boolean isLater = version > other.getKey();
      if (isLater ? stored.isBefore(other.getValue()) : stored.isAfter(other.getValue())) {
        node.complain(
            "its version " + version + " was not stored after the ones before it",
            "Let meta.lastUpdated rise with meta.versionId.");
        return;
      }
    }
    others.put(version, stored);
  }

  private static @Nullable Deletion deletion(Node node) {
    if (!node.isObjectOf(Set.of("reference", "at"))) {
      return null;
    }
    Node reference = node.required("reference", "Give one such as Observation/a.");
    Instant at = ExpectationReader.instant(node.required("at", "Say when it was deleted."));
    String text = reference.text();
    if (text == null) {
      return null;
    }
    int slash = text.indexOf('/');
    String type = slash < 0 ? "" : text.substring(0, slash);
    boolean isOne = kind(type).isPresent() || type.equals(MEDICATION);
    if (!isOne || !text.substring(slash + 1).matches("[A-Za-z0-9.-]{1,64}")) {
      reference.complain("'" + text + "' names no resource", "Write it as Observation/a.");
      return null;
    }
    return at == null ? null : new Deletion(type, text.substring(slash + 1), at);
  }
}
