package org.auscult.prove.vendor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.prove.FhirCalls;

/**
 * Codes and units of the second vendor, made up as they are met, and the mapping that tells them.
 */
final class LocalCodes {
  static final String BASE = "https://second.example.org/";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String OURS = "https://auscult.org/fhir/";

  private final Random random;
  private final Map<String, String> systems = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> codes = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, String> units = new TreeMap<>();

  LocalCodes(Random random) {
    this.random = random;
  }

  /** How many codes there are. */
  int size() {
    return taken.size();
  }

  /** How many texts of units. */
  int units() {
    return units.size();
  }

  /** Writes a coding as the second vendor does, without the standard one beside it. */
  void rewrite(ObjectNode coding) {
    String system = coding.path("system").asText();
    String code = coding.path("code").asText();
    if (!system.isEmpty() && !code.isEmpty()) {
      coding.put("system", systems.computeIfAbsent(system, s -> BASE + "list-" + systems.size()));
      coding.put(
          "code",
          codes
              .computeIfAbsent(system, s -> new LinkedHashMap<>())
              .computeIfAbsent(code, this::made));
      coding.remove("version");
    }
  }

  private String made(String code) {
    String made = "Z" + (100_000 + random.nextInt(900_000));
    return taken.add(made) ? made : made(code);
  }

  /** Notes a text that stands for a UCUM unit. */
  String unit(String text, String ucum) {
    units.put(text, ucum);
    return text;
  }

  /** The mapping resource: nothing else tells the server of this vendor. */
  ObjectNode conceptMap() {
    ObjectNode map = FhirCalls.JSON.createObjectNode();
    map.put("resourceType", "ConceptMap");
    map.putObject("meta").putArray("profile").add(OURS + "StructureDefinition/source-mapping");
    map.put("url", BASE + "ConceptMap/all").put("version", "1.0.0").put("status", "active");
    ArrayNode groups = map.putArray("group");
    systems.forEach(
        (system, local) ->
            codes
                .getOrDefault(system, Map.of())
                .forEach(
                    (code, made) ->
                        element(group(groups, local, system), made, code, "equivalent")));
    units.forEach(
        (text, ucum) ->
            element(group(groups, OURS + "CodeSystem/recorded-unit", UCUM), text, ucum, "equal"));
    return map;
  }

  private static ObjectNode group(ArrayNode groups, String source, String target) {
    for (var group : groups) {
      if (group.path("source").asText().equals(source)) {
        return (ObjectNode) group;
      }
    }
    return groups.addObject().put("source", source).put("target", target);
  }

  private static void element(ObjectNode group, String code, String target, String equivalence) {
    group
        .withArray("element")
        .addObject()
        .put("code", code)
        .putArray("target")
        .addObject()
        .put("code", target)
        .put("equivalence", equivalence);
  }
}
