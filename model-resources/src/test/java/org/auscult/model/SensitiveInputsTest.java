package org.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.feature.Arguments;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Filter;
import org.auscult.feature.MissingPolicy;
import org.auscult.feature.Operator;
import org.auscult.feature.PatientElement;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.Selection;
import org.auscult.feature.Window;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the register must name of demographics and of how somebody lives.
 *
 * <p>Safety: 34.
 */
class SensitiveInputsTest {
  private static final ProtectedCodes NONE = ProtectedCodes.parse(List.of());

  @ParameterizedTest
  @EnumSource(PatientElement.class)
  void everyElementOfThePatientIsSensitive(PatientElement element) {
    Sensitivity expected =
        switch (element) {
          case RACE -> Sensitivity.RACE;
          case ETHNICITY -> Sensitivity.ETHNICITY;
          case LANGUAGE -> Sensitivity.LANGUAGE;
          case STATE, POSTAL_CODE, COUNTRY -> Sensitivity.GEOGRAPHY;
        };
    Selection selection =
        Selection.of(ResourceKind.PATIENT, List.of(Code.of("urn:any", "of these")));
    assertThat(kinds(Operator.DEMOGRAPHIC, selection, Arguments.NONE.withElement(element)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://hl7.org/fhir/sid/icd-10-cm, Z59.0, true",
    "http://hl7.org/fhir/sid/icd-10-cm, Z65, true",
    "http://hl7.org/fhir/sid/icd-10, Z55.1, true",
    "http://hl7.org/fhir/sid/icd-10-cm, Z54.0, false",
    "http://hl7.org/fhir/sid/icd-10-cm, Z66, false",
    "http://snomed.info/sct, Z59.0, false",
    "http://loinc.org, 71802-3, true",
    "http://loinc.org, 2160-0, false"
  })
  void socialCircumstancesAreFoundByTheirCodes(String system, String code, boolean expected) {
    Selection selection = Selection.of(ResourceKind.CONDITION, List.of(Code.of(system, code)));
    assertThat(kinds(Operator.EXISTS, selection, Arguments.NONE))
        .isEqualTo(expected ? List.of(Sensitivity.SOCIAL_DETERMINANTS) : List.of());
  }

  @Test
  void andByTheirCategory() {
    for (String category : List.of("sdoh", "social-history")) {
      assertThat(kinds(Operator.EXISTS, ofCategory(category), Arguments.NONE))
          .containsExactly(Sensitivity.SOCIAL_DETERMINANTS);
    }
    assertThat(kinds(Operator.EXISTS, ofCategory("laboratory"), Arguments.NONE)).isEmpty();
  }

  private static Selection ofCategory(String category) {
    return new Selection(
        ResourceKind.OBSERVATION,
        List.of(Code.of("urn:local", "housing")),
        null,
        Set.of(),
        new Filter(Set.of(category), Set.of(), Set.of(), List.of()),
        false);
  }

  private static List<Sensitivity> kinds(
      Operator operator, Selection selection, Arguments arguments) {
    FeatureDefinition definition =
        new FeatureDefinition(
            "https://example.org/f",
            "1",
            "f",
            "f",
            operator,
            selection,
            Window.WHOLE_RECORD,
            "1",
            null,
            new MissingPolicy.Report(),
            null,
            arguments);
    PredictionModel model =
        new PredictionModel(
            "https://example.org/model",
            "1",
            "model",
            "model",
            "https://example.org/set|1",
            OutputKind.VALUE,
            List.of(new ModelInput("f", "f", "1", "f", null, null, 1.0)),
            List.of(new ModelOutput("out", "out", "1", null, null)),
            List.of(),
            null,
            "");
    return SensitiveInputs.unregistered(
            model,
            new ResolvedFeatureSet(
                "https://example.org/set", "1", "set", List.of(ResolvedFeature.of(definition))),
            NONE)
        .stream()
        .map(SensitiveUse::kind)
        .toList();
  }
}
