package org.auscult.golden.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named change of a case, done to its text, so that the changed case is read like any other.
 *
 * @param name what was changed
 * @param caseName of the changed case, for complaints
 * @param changed the case with the change in it
 * @param definitions that take the place of those of their names
 * @param conceptMaps that take the place of all of the file's; null if those stay
 * @param contextRules that take the place of all of the file's; null if those stay
 */
record Mutation(
    String name,
    String caseName,
    Node changed,
    List<Node> definitions,
    @Nullable List<Node> conceptMaps,
    @Nullable List<Node> contextRules) {
  private static final int MOST = 10_000;
  private static final List<String> REPLACED =
      List.of("at", "knownAt", "zone", "complete", "deletions");
  private static final Set<String> MEMBERS =
      Set.of(
          "name",
          "at",
          "knownAt",
          "zone",
          "complete",
          "deletions",
          "resources",
          "without",
          "definitions",
          "conceptMaps",
          "contextRules");

  /** Null, with complaints, if it is none. */
  static @Nullable Mutation read(Node original, Node mutation) {
    int before = mutation.complaints().count();
    if (!mutation.isObjectOf(MEMBERS)) {
      return null;
    }
    String name = mutation.required("name", "Say what was changed.").text();
    if (mutation.json().size() < 2) {
      mutation.complain("it changes nothing", "Give what is different, such as 'at'.");
    }
    ObjectNode changed = original.json().deepCopy();
    changed.remove("mutant");
    for (String member : REPLACED) {
      if (mutation.json().has(member)) {
        changed.set(member, mutation.json().get(member));
      }
    }
    changed.set("resources", resources(original, mutation));
    if (name == null || mutation.complaints().count() != before) {
      return null;
    }
    String caseName = original.json().path("name").asText() + "' as mutated by '" + name;
    return new Mutation(
        name,
        caseName,
        new Node(changed, original.place(), original.complaints()),
        mutation.elements("definitions", MOST),
        mutation.json().has("conceptMaps") ? mutation.elements("conceptMaps", MOST) : null,
        mutation.json().has("contextRules") ? mutation.elements("contextRules", MOST) : null);
  }

  private static ArrayNode resources(Node original, Node mutation) {
    List<JsonNode> resources = new ArrayList<>();
    original.json().path("resources").forEach(resources::add);
    for (Node without : mutation.elements("without", MOST)) {
      String reference = without.text();
      if (reference != null && !resources.removeIf(r -> reference(r).equals(reference))) {
        without.complain("the case has no " + reference, "Name one as Observation/a/_history/1.");
      }
    }
    for (Node other : mutation.elements("resources", MOST)) {
      String reference = reference(other.json());
      resources.removeIf(r -> reference(r).equals(reference));
      resources.add(other.json());
    }
    ArrayNode all = ((ObjectNode) original.json()).arrayNode();
    return all.addAll(resources);
  }

  private static String reference(JsonNode resource) {
    return resource.path("resourceType").asText()
        + "/"
        + resource.path("id").asText()
        + "/_history/"
        + resource.path("meta").path("versionId").asText();
  }
}
