package org.auscult.feature.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.timeline.Demographics;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide in {@code ig} and the constants and readers here say the same. */
class GuideTest {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  private static <T extends Resource> T guide(Class<T> type, String id) {
    String file = "/org/auscult/ig/" + type.getSimpleName() + "-" + id + ".json";
    try (InputStream in = GuideTest.class.getResourceAsStream(file)) {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .parseResource(type, Objects.requireNonNull(in, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> codes(CodeSystem system) {
    return system.getConcept().stream().map(ConceptDefinitionComponent::getCode).toList();
  }

  @Test
  void everyStructureNamedHereIsInTheGuide() throws IllegalAccessException {
    List<String> urls = new ArrayList<>();
    for (Field field : FeatureUrls.class.getFields()) {
      String url = String.valueOf(field.get(null));
      if (Modifier.isStatic(field.getModifiers()) && url.startsWith(SD)) {
        urls.add(url);
      }
    }
    assertThat(urls).hasSizeGreaterThanOrEqualTo(11);
    for (String url : urls) {
      assertThat(guide(StructureDefinition.class, url.substring(SD.length())).getUrl())
          .isEqualTo(url);
    }
  }

  @Test
  void operatorsAndReasonsAreTheGuidesCodes() {
    CodeSystem operators = guide(CodeSystem.class, "feature-operator");
    assertThat(operators.getUrl()).isEqualTo(FeatureUrls.OPERATOR_SYSTEM);
    assertThat(codes(operators))
        .containsExactlyElementsOf(Arrays.stream(Operator.values()).map(Operator::code).toList());
    CodeSystem reasons = guide(CodeSystem.class, "missing-reason");
    assertThat(reasons.getUrl()).isEqualTo(FeatureUrls.MISSING_REASON_SYSTEM);
    assertThat(codes(reasons))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MissingReason.values()).map(MissingReason::code).toList());
  }

  @Test
  void demographicsAreTheGuidesCodes() {
    CodeSystem demographics = guide(CodeSystem.class, "demographics");
    assertThat(demographics.getUrl()).isEqualTo(Demographics.SYSTEM);
    assertThat(codes(demographics))
        .containsExactlyInAnyOrder(
            Demographics.BIRTH_DATE.code(),
            Demographics.GENDER.code(),
            Demographics.BIRTH_SEX.code(),
            Demographics.SEX_PARAMETER_FOR_CLINICAL_USE.code(),
            Demographics.DECEASED.code(),
            Demographics.INACTIVE.code(),
            Demographics.RACE.code(),
            Demographics.ETHNICITY.code(),
            Demographics.LANGUAGE.code(),
            Demographics.STATE.code(),
            Demographics.POSTAL_CODE.code(),
            Demographics.COUNTRY.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prevent-inputs", "ckd-epi-inputs"})
  void everyStarterFeatureIsWellFormed(String setId) {
    FeatureDefinitions reader = new FeatureDefinitions(CodeUnits.standard());
    List<String> members = FeatureSets.read(guide(Library.class, setId)).orThrow().members();
    for (String member : members) {
      String id = member.substring(member.lastIndexOf('/') + 1, member.indexOf('|'));
      Parsed<?> parsed = reader.read(guide(Library.class, id));
      assertThat(parsed).as(member).isInstanceOf(Parsed.Accepted.class);
    }
  }
}
