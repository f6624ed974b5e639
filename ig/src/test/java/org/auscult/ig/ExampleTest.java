package org.auscult.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.ig.Guide.CONTEXT;
import static org.auscult.ig.Guide.STRUCTURE;
import static org.auscult.ig.Guide.errors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.Test;

/**
 * The definitions that we show to others are valid by their profile, by a validator that knows
 * nothing of our readers.
 */
class ExampleTest {
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  private static Library library(String json) {
    return CONTEXT.newJsonParser().parseResource(Library.class, json);
  }

  private static List<Library> ofThePage() throws IOException {
    return ofThePage("features.md");
  }

  private static List<Library> ofThePage(String page) throws IOException {
    return resourcesOfThePage(page).stream()
        .filter(Library.class::isInstance)
        .map(Library.class::cast)
        .toList();
  }

  private static List<Resource> resourcesOfThePage(String page) throws IOException {
    return JSON.matcher(Files.readString(Path.of("..", "docs", page)))
        .results()
        .map(found -> (Resource) CONTEXT.newJsonParser().parseResource(found.group(1)))
        .toList();
  }

  private static List<Library> derivedOfTheGoldenFile() throws IOException {
    List<Library> definitions = new ArrayList<>();
    JsonNode file = new ObjectMapper().readTree(Path.of("..", "golden", "derived.json").toFile());
    for (JsonNode definition : file.path("definitions")) {
      Library library = library(definition.toString());
      if (library.hasExtension(STRUCTURE + "feature-expression")) {
        definitions.add(library);
      }
    }
    return definitions;
  }

  /** Worked examples of the starter pack are of nothing but the guide's own definitions. */
  @Test
  void theDefinitionsOfTheWorkedExamplesAreTheGuides() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (JsonNode file : workedExamples()) {
      for (String part : List.of("definitions", "valueSets")) {
        for (JsonNode one : file.path(part)) {
          String name = one.path("resourceType").asText() + "-" + one.path("id").asText();
          assertThat(json.readTree(Ig.json(name + ".json"))).as(name).isEqualTo(one);
        }
      }
    }
  }

  /**
   * Each with a value and with a reason why there is none; and each says where it was published.
   */
  @Test
  void everyDerivedFeatureOfTheGuideHasItsSourceAndItsExamples() throws IOException {
    Map<String, Set<JsonNodeType>> expected = new HashMap<>();
    for (JsonNode file : workedExamples()) {
      for (JsonNode one : file.path("cases")) {
        one.path("expect")
            .fields()
            .forEachRemaining(
                f ->
                    expected
                        .computeIfAbsent(f.getKey(), n -> new HashSet<>())
                        .add(f.getValue().getNodeType()));
      }
    }
    List<Library> derived =
        Ig.names().stream()
            .filter(name -> name.startsWith("Library-"))
            .map(Guide::library)
            .filter(library -> library.getMeta().hasProfile(STRUCTURE + "feature-definition"))
            .filter(library -> library.hasExtension(STRUCTURE + "feature-expression"))
            .toList();
    assertThat(derived).hasSizeGreaterThanOrEqualTo(12);
    for (Library library : derived) {
      assertThat(expected.get(library.getName()))
          .as(library.getName())
          .containsExactlyInAnyOrder(JsonNodeType.OBJECT, JsonNodeType.STRING);
      assertThat(library.getRelatedArtifact())
          .as(library.getName())
          .anyMatch(a -> a.getType() == RelatedArtifactType.CITATION && a.hasCitation());
      assertThat(library.getUsage()).as(library.getName()).isNotBlank();
    }
  }

  private static List<JsonNode> workedExamples() throws IOException {
    List<JsonNode> files = new ArrayList<>();
    for (String name : List.of("starter.json", "comorbidities.json")) {
      files.add(new ObjectMapper().readTree(Path.of("..", "golden", name).toFile()));
    }
    return files;
  }

  @Test
  void theExamplesOfThePageAreValid() throws IOException {
    assertThat(ofThePage()).anyMatch(l -> l.hasExtension(STRUCTURE + "feature-expression"));
    assertThat(resourcesOfThePage("features.md"))
        .anyMatch(ConceptMap.class::isInstance)
        .allSatisfy(resource -> assertThat(errors(resource)).isEmpty());
  }

  @Test
  void theRulesAndTheSubscriptionOfThePageAreValid() throws IOException {
    assertThat(resourcesOfThePage("monitoring.md"))
        .hasOnlyElementsOfTypes(PlanDefinition.class, Subscription.class)
        .hasAtLeastOneElementOfType(PlanDefinition.class)
        .hasAtLeastOneElementOfType(Subscription.class)
        .allSatisfy(rule -> assertThat(errors(rule)).isEmpty());
  }

  @Test
  void theAdjudicationPlanOfThePageIsValid() throws IOException {
    assertThat(resourcesOfThePage("outcomes.md"))
        .filteredOn(PlanDefinition.class::isInstance)
        .hasSize(1)
        .allSatisfy(plan -> assertThat(errors(plan)).isEmpty());
  }

  @Test
  void theExpressionsOfTheGoldenFileAreValid() throws IOException {
    assertThat(derivedOfTheGoldenFile())
        .hasSizeGreaterThanOrEqualTo(15)
        .allSatisfy(library -> assertThat(errors(library)).isEmpty());
  }

  /** The form of old, whose language validators do not know. */
  @Test
  void anExpressionThatIsNoStringIsRefused() throws IOException {
    Library bmi = ofThePage().get(2);
    bmi.getExtensionByUrl(STRUCTURE + "feature-expression")
        .setValue(new Expression().setLanguage("text/x-auscult").setExpression("weight"));

    assertThat(errors(bmi)).anySatisfy(error -> assertThat(error).contains("Expression"));
  }

  @Test
  void theOutcomesOfThePageAndOfTheCasesAreValid() throws IOException {
    List<Library> outcomes = new ArrayList<>(ofThePage("outcomes.md"));
    JsonNode file = new ObjectMapper().readTree(Path.of("..", "outcomes", "cases.json").toFile());
    file.path("outcomes").forEach(one -> outcomes.add(library(one.toString())));

    assertThat(outcomes)
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(library -> assertThat(errors(library)).isEmpty());
  }
}
