package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.prove.DefinitionJson;
import org.auscult.prove.FhirCalls;

/**
 * A file of golden cases, for a server that has other files' definitions too: canonical URLs get
 * its number. Cases that a whole server cannot stand for are passed over: it has one time zone, its
 * own record is always searched completely, a row that a feature refuses is none, and a number of a
 * hundred digits is not taken. So are features of what research may not read, what nobody dated,
 * and what is loaded as history but was asserted after the time that is asked for.
 *
 * @param resources value sets, mappings, context rules and definitions to create, in this order
 * @param set canonical of the feature set, the last of the resources
 * @param passedOver how many of those chosen
 */
record GoldenFile(
    String name,
    List<JsonNode> medications,
    List<JsonNode> resources,
    String set,
    List<GoldenCase> cases,
    int passedOver) {
  private static final String BASE = "https://example.org/golden/";

  /** Where resources say when somebody asserted them. */
  private static final List<String> ASSERTED =
      List.of("issued", "recordedDate", "authoredOn", "dateAsserted", "recorded");

  /** What research may read. */
  private static final Set<String> OF_RESEARCH =
      Set.of(
          "Condition",
          "Encounter",
          "Immunization",
          "MedicationAdministration",
          "MedicationRequest",
          "Observation",
          "Patient",
          "Procedure");

  /**
   * Reads some of a file's cases.
   *
   * @param number its own among the files
   * @param most how many are chosen, by chance
   */
  static GoldenFile read(Path path, int number, int most, Random random) throws IOException {
    JsonNode file = FhirCalls.JSON.readTree(path.toFile());
    Map<String, String> urls = new HashMap<>();
    for (String list : List.of("definitions", "valueSets", "conceptMaps", "contextRules")) {
      file.path(list)
          .forEach(r -> urls.put(r.path("url").asText(), BASE + number + "/" + urls.size()));
    }
    Map<String, JsonNode> definitions = new LinkedHashMap<>();
    file.path("definitions")
        .forEach(d -> definitions.put(d.path("name").asText(), renamed(d.deepCopy(), urls)));
    List<JsonNode> chosen = new ArrayList<>();
    file.path("cases").forEach(chosen::add);
    Collections.shuffle(chosen, random);
    chosen = chosen.subList(0, Math.min(most, chosen.size()));
    List<GoldenCase> cases = new ArrayList<>();
    Set<String> asked = new TreeSet<>();
    for (JsonNode one : chosen) {
      Map<String, JsonNode> expect = expected(one, definitions);
      boolean isForServers =
          !expect.isEmpty()
              && !one.has("complete")
              && one.path("zone").asText("UTC").equals("UTC")
              && isTaken(one)
              && isKnownInTime(one);
      if (isForServers) {
        String prefix = "g" + number + "-" + cases.size() + "-";
        cases.add(GoldenCase.of(path.getFileName().toString(), one, prefix, expect));
        asked.addAll(expect.keySet());
      }
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    asked.forEach(name -> addWithInputs(name, definitions, members));
    List<JsonNode> resources = new ArrayList<>();
    file.path("valueSets").forEach(v -> resources.add(renamed(v.deepCopy(), urls)));
    file.path("conceptMaps").forEach(c -> resources.add(renamed(c.deepCopy(), urls)));
    file.path("contextRules").forEach(r -> resources.add(renamed(r.deepCopy(), urls)));
    resources.addAll(members.values());
    ObjectNode set =
        DefinitionJson.set(
            BASE + number + "/",
            "golden_" + number,
            members.values().stream().map(ObjectNode.class::cast).toList());
    ArrayNode of = (ArrayNode) set.path("relatedArtifact");
    int place = 0;
    for (JsonNode member : members.values()) {
      ((ObjectNode) of.get(place++)).put("resource", canonical(member));
    }
    resources.add(set);
    List<JsonNode> medications = new ArrayList<>();
    file.path("medications").forEach(medications::add);
    return new GoldenFile(
        path.getFileName().toString(),
        medications,
        resources,
        canonical(set),
        cases,
        chosen.size() - cases.size());
  }

  private static String canonical(JsonNode library) {
    return library.path("url").asText() + "|" + library.path("version").asText();
  }

  /** What is expected of features that never refuse, and that research may read. */
  private static Map<String, JsonNode> expected(JsonNode one, Map<String, JsonNode> definitions) {
    Map<String, JsonNode> expected = new LinkedHashMap<>();
    one.path("expect")
        .properties()
        .forEach(
            entry -> {
              Map<String, JsonNode> needed = new LinkedHashMap<>();
              addWithInputs(entry.getKey(), definitions, needed);
              if (!needed.isEmpty() && needed.values().stream().allMatch(GoldenFile::isForRows)) {
                expected.put(entry.getKey(), entry.getValue());
              }
            });
    return expected;
  }

  /** Whether a server takes its numbers: not those that cost more to read than to send. */
  private static boolean isTaken(JsonNode node) {
    if (node.isBigDecimal()) {
      BigDecimal number = node.decimalValue();
      return Math.abs((long) number.precision() - number.scale()) < 100;
    }
    for (JsonNode child : node) {
      if (!isTaken(child)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a server that is told of it now says what the case does: what is undated stands since
   * it is known, and what was loaded as history is known since it was asserted.
   */
  private static boolean isKnownInTime(JsonNode one) {
    Instant at = Instant.parse(one.path("at").asText());
    for (JsonNode resource : one.path("resources")) {
      boolean isHistory = resource.at("/meta/tag").findValuesAsText("code").contains("history");
      boolean isLater =
          isHistory
              && ASSERTED.stream()
                  .map(element -> resource.path(element).asText())
                  .anyMatch(date -> date.compareTo(at.toString()) > 0);
      if (isLater || !isDated(resource)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDated(JsonNode resource) {
    if (Set.of("Medication", "Patient").contains(resource.path("resourceType").asText())) {
      return true;
    }
    Iterator<String> names = resource.fieldNames();
    while (names.hasNext()) {
      if (names
          .next()
          .matches("(effective|onset|abatement|performed|occurrence|deceased)[A-Z].*")) {
        return true;
      }
    }
    return resource.has("period") || ASSERTED.stream().anyMatch(resource::has);
  }

  private static boolean isForRows(JsonNode definition) {
    return definition.path("extension").findValuesAsText("url").stream()
            .noneMatch(url -> url.endsWith("/feature-missing-refuse"))
        && OF_RESEARCH.containsAll(definition.path("dataRequirement").findValuesAsText("type"));
  }

  private static void addWithInputs(
      String name, Map<String, JsonNode> definitions, Map<String, JsonNode> to) {
    JsonNode definition = definitions.get(name);
    if (definition == null || to.containsKey(name)) {
      return;
    }
    Collection<String> inputs = new ArrayList<>();
    for (JsonNode related : definition.path("relatedArtifact")) {
      if (related.path("type").asText().equals("depends-on")) {
        inputs.add(related.path("resource").asText());
      }
    }
    for (JsonNode extension : definition.path("extension")) {
      if (extension.path("url").asText().matches(".*/feature-(anchor|since-feature)")) {
        // A window hangs on a member of the same set, by its name.
        addWithInputs(extension.path("valueString").asText(), definitions, to);
      }
    }
    definitions.forEach(
        (other, library) -> {
          if (inputs.contains(canonical(library))) {
            addWithInputs(other, definitions, to);
          }
        });
    to.put(name, definition);
  }

  /** With other canonical URLs, wherever they stand, alone or with a version. */
  private static JsonNode renamed(JsonNode node, Map<String, String> urls) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(renamed(entry.getValue(), urls)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, renamed(array.get(i), urls));
      }
    } else if (node.isTextual()) {
      String text = node.asText();
      int bar = text.indexOf('|');
      String other = urls.get(bar < 0 ? text : text.substring(0, bar));
      return other == null ? node : TextNode.valueOf(other + (bar < 0 ? "" : text.substring(bar)));
    }
    return node;
  }
}
