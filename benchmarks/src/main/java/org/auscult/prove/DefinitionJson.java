package org.auscult.prove;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/** A feature definition in the making, as a client writes it. */
public final class DefinitionJson {
  private static final String OURS = "https://auscult.org/fhir/StructureDefinition/";
  private static final String VERSION = "1.0.0";

  private final String base;
  private final ObjectNode library;

  /**
   * @param base of the canonical URLs of all that belong together
   */
  public DefinitionJson(String base, String name, String operator, String unit) {
    this.base = base;
    this.library = library(base, name, "feature-definition", "logic-library");
    library.putArray("extension");
    coded("operator", operator);
    coded("unit", unit);
  }

  /** A set with these members, in their order. */
  public static ObjectNode set(String base, String name, List<ObjectNode> definitions) {
    ObjectNode set = library(base, name, "feature-set", "asset-collection");
    ArrayNode members = set.putArray("relatedArtifact");
    definitions.forEach(
        d ->
            members
                .addObject()
                .put("type", "composed-of")
                .put("resource", d.path("url").asText() + "|" + VERSION));
    return set;
  }

  /** A code system of which nothing but the name is known. */
  public static ObjectNode codeSystem(String url) {
    return FhirCalls.JSON
        .createObjectNode()
        .put("resourceType", "CodeSystem")
        .put("url", url)
        .put("status", "active")
        .put("content", "not-present");
  }

  private static ObjectNode library(String base, String name, String profile, String type) {
    ObjectNode library = FhirCalls.JSON.createObjectNode().put("resourceType", "Library");
    library.putObject("meta").putArray("profile").add(OURS + profile);
    library.put("url", base + name).put("version", VERSION).put("name", name);
    library.put("title", name.replace('_', ' ')).put("status", "active");
    library
        .putObject("type")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/library-type")
        .put("code", type);
    return library;
  }

  /** The definition. */
  public ObjectNode json() {
    return library;
  }

  private ObjectNode extension(String name) {
    return ((ArrayNode) library.get("extension")).addObject().put("url", OURS + "feature-" + name);
  }

  /** An extension with a code; {@code name} without its beginning {@code feature-}. */
  public DefinitionJson coded(String name, String code) {
    extension(name).put("valueCode", code);
    return this;
  }

  public DefinitionJson nth(int number) {
    extension("nth").put("valuePositiveInt", number);
    return this;
  }

  public DefinitionJson range(int low, int high) {
    ObjectNode range = extension("range").putObject("valueRange");
    range.putObject("low").put("value", BigDecimal.valueOf(low));
    range.putObject("high").put("value", BigDecimal.valueOf(high));
    return this;
  }

  public DefinitionJson within(int amount, String unit) {
    ObjectNode duration = extension("lookback").putObject("valueDuration");
    duration.put("value", amount).put("system", "http://unitsofmeasure.org").put("code", unit);
    return this;
  }

  public DefinitionJson reads(String type, String system, String code) {
    ObjectNode filter =
        library
            .putArray("dataRequirement")
            .addObject()
            .put("type", type)
            .putArray("codeFilter")
            .addObject()
            .put("path", type.startsWith("Medication") ? "medication" : "code");
    filter.putArray("code").addObject().put("system", system).put("code", code);
    return this;
  }

  /** What a derived feature is, and of which features of the same base. */
  public DefinitionJson of(String expression, String... inputs) {
    extension("expression").put("valueString", expression);
    ArrayNode related = library.putArray("relatedArtifact");
    for (String input : inputs) {
      related.addObject().put("type", "depends-on").put("resource", base + input + "|" + VERSION);
    }
    return this;
  }
}
