package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.auscult.feature.Baseline;
import org.auscult.feature.Distinct;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Window;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Library;
import org.junit.jupiter.api.Test;

/** The page about features names all that there is, and its example is right. */
class FeaturesPageTest {
  private static final Pattern JSON = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL);

  private final String page = page();

  private static String page() {
    try {
      return Files.readString(Path.of("..", "docs", "features.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void namesEverythingThatThereIs() {
    Stream.of(
            Arrays.stream(Operator.values()).map(Operator::code),
            Arrays.stream(Baseline.values()).map(Baseline::code),
            Arrays.stream(Distinct.values()).map(Distinct::code),
            Arrays.stream(Window.Calendar.values()).map(Window.Calendar::ucum),
            Arrays.stream(MissingReason.values()).map(MissingReason::code))
        .flatMap(codes -> codes)
        .forEach(code -> assertThat(page).contains("`" + code + "`"));
  }

  @Test
  void itsExampleIsTakenAndItsUnitsFit() {
    List<FeatureDefinition> definitions =
        JSON.matcher(page)
            .results()
            .map(found -> found.group(1))
            .filter(json -> json.contains("\"Library\""))
            .map(FeaturesPageTest::read)
            .toList();
    assertThat(definitions)
        .extracting(FeatureDefinition::name)
        .containsExactly("weight", "height", "bmi");
    List<ResolvedFeature> inputs =
        definitions.subList(0, 2).stream().map(ResolvedFeature::of).toList();
    FeatureDefinition bmi = definitions.get(2);
    assertThat(Objects.requireNonNull(bmi.arguments().derivation()).inputs())
        .containsExactlyElementsOf(
            inputs.stream().map(input -> input.definition().canonical()).toList());
    assertThat(DerivedFeatures.problems(bmi, inputs)).isEmpty();
  }

  @Test
  void itsMappingIsTaken() {
    List<SourceMapping> mappings =
        JSON.matcher(page)
            .results()
            .map(found -> found.group(1))
            .filter(json -> json.contains("\"ConceptMap\""))
            .map(
                json ->
                    FhirContext.forR4Cached().newJsonParser().parseResource(ConceptMap.class, json))
            .map(map -> SourceMappings.read(map).orThrow())
            .toList();

    assertThat(mappings).singleElement().satisfies(m -> assertThat(m.units()).hasSize(1));
  }

  private static FeatureDefinition read(String json) {
    Library library = FhirContext.forR4Cached().newJsonParser().parseResource(Library.class, json);
    return new FeatureDefinitions(CodeUnits.standard()).read(library).orThrow();
  }
}
