package org.auscult.prove;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.Derivation;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Library;

/** Definitions as the evaluator takes them, for what is measured without a server. */
public final class ParsedDefinitions {
  private ParsedDefinitions() {}

  /**
   * A set of definitions that name explicit codes alone; what one is made of comes before it.
   *
   * @param set as a client writes it
   */
  public static ResolvedFeatureSet set(ObjectNode set, List<ObjectNode> definitions) {
    FeatureDefinitions reader = new FeatureDefinitions(CodeUnits.standard());
    Map<String, ResolvedFeature> features = new LinkedHashMap<>();
    for (ObjectNode library : definitions) {
      FeatureDefinition definition =
          reader
              .read(
                  FhirContext.forR4Cached()
                      .newJsonParser()
                      .parseResource(Library.class, library.toString()))
              .orThrow();
      Derivation derivation = definition.arguments().derivation();
      List<ResolvedFeature> inputs =
          derivation == null
              ? List.of()
              : derivation.inputs().stream()
                  .map(input -> Objects.requireNonNull(features.get(input)))
                  .toList();
      features.put(
          definition.canonical(),
          new ResolvedFeature(
              definition, Set.copyOf(definition.codes()), Set.of(), Set.of(), inputs));
    }
    return new ResolvedFeatureSet(
        set.path("url").asText(),
        set.path("version").asText(),
        set.path("name").asText(),
        List.copyOf(features.values()));
  }
}
