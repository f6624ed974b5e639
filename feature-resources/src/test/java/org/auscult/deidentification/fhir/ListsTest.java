package org.auscult.deidentification.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.deidentification.fhir.Elements.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lists that ship name what there is, and let pass what they should.
 *
 * <p>Safety: 33, 35.
 */
class ListsTest {
  private final CodeSystems codes = new CodeSystems("egfr"::equals);

  /** A misspelt path would let nothing pass, and nobody would see why. */
  @Test
  void everyElementOfTheListIsOneOfFhir() {
    List<String> unknown = new ArrayList<>();
    Elements elements = Elements.standard();
    for (String type : elements.types()) {
      check(
          FhirContext.forR4Cached().getResourceDefinition(type),
          Objects.requireNonNull(elements.type(type)),
          type,
          unknown);
    }
    assertThat(unknown).isEmpty();
    assertThat(elements.types()).hasSize(17);
  }

  private static void check(
      BaseRuntimeElementDefinition<?> definition,
      Element element,
      String path,
      List<String> unknown) {
    for (Map.Entry<String, Element> below : element.children().entrySet()) {
      String name = below.getKey();
      if (name.startsWith("extension(") || path.contains("extension(")) {
        continue;
      }
      var child =
          definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
              ? composite.getChildByName(name)
              : null;
      if (child == null) {
        unknown.add(path + "." + name);
      } else {
        check(child.getChildByName(name), below.getValue(), path + "." + name, unknown);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://loinc.org, 8302-2, true",
    "http://loinc.org, 8302-3, false",
    "http://loinc.org, LA33-6, true",
    "http://loinc.org, LA30122-8, true",
    "http://loinc.org, LA30122-7, false",
    "http://loinc.org, 617-555-0142, false",
    "http://snomed.info/sct, 44054006, true",
    "http://snomed.info/sct, 44054007, false",
    "http://snomed.info/sct, 442571000124108, true",
    "http://www.nlm.nih.gov/research/umls/rxnorm, 314076, true",
    "http://www.nlm.nih.gov/research/umls/rxnorm, 999359473, false",
    "http://hl7.org/fhir/sid/icd-10-cm, F10.20, true",
    "http://hl7.org/fhir/sid/icd-10-cm, Doe, false",
    "http://hl7.org/fhir/sid/ndc, 0093-7146-01, true",
    "http://hl7.org/fhir/sid/ndc, 16175550142, false",
    "https://auscult.org/fhir/load-lag, PT24H, true",
    "https://auscult.org/fhir/CodeSystem/model-input-name, egfr, true",
    "https://auscult.org/fhir/CodeSystem/model-input-name, doe, false",
    "urn:our-own, 1, false",
    "'', 1, false"
  })
  void codesPassByTheirSystem(String system, String code, boolean passes) {
    assertThat(codes.passes(system, code)).isEqualTo(passes);
  }

  /** One digit wrong, or two neighbours in the wrong order, is never a code. */
  @ParameterizedTest
  @ValueSource(strings = {"44054006", "59621000", "314529007", "442571000124108", "386053000"})
  void theCheckDigitFindsEveryWrongDigit(String code) {
    assertThat(CheckDigits.isSnomed(code)).isTrue();
    for (int place = 0; place < code.length(); place++) {
      for (char digit = place == 0 ? '1' : '0'; digit <= '9'; digit++) {
        String changed = code.substring(0, place) + digit + code.substring(place + 1);
        assertThat(CheckDigits.isSnomed(changed)).isEqualTo(changed.equals(code));
      }
    }
    for (int place = 0; place + 1 < code.length(); place++) {
      String swapped =
          code.substring(0, place)
              + code.charAt(place + 1)
              + code.charAt(place)
              + code.substring(place + 2);
      if (!swapped.equals(code)) {
        assertThat(CheckDigits.isSnomed(swapped)).isFalse();
      }
    }
  }

  /** Only number and category of ICD-10-CM, which is in the public domain. */
  @Test
  void theProtectedCodesAreOfOneSystemThatMayBeShipped() {
    assertThat(Elements.lines("protected-codes.txt"))
        .hasSizeGreaterThan(8)
        .allMatch(
            line ->
                line.matches(
                    "http://hl7\\.org/fhir/sid/icd-10-cm\\|[A-Z0-9.]+\\* (?:psychiatry|substance-use|hiv)"));
  }
}
