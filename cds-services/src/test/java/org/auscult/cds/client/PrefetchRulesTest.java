package org.auscult.cds.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.cds.fhir.Asked;
import org.auscult.feature.PrefetchTemplate;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each client is asked in words that it takes.
 *
 * <p>Checklist: 13, 15, 62. Safety: 4, 27.
 */
class PrefetchRulesTest {
  private static final String PATIENT = "Patient/{{context.patientId}}";
  private static final String SEARCH = "Observation?patient={{context.patientId}}&code=";
  private static final String MEDICATION =
      "MedicationRequest?patient={{context.patientId}}&_include=MedicationRequest:medication";
  private static final Asked ASKED =
      new Asked(
          List.of(
              new PrefetchTemplate("patient", ResourceKind.PATIENT, PATIENT),
              new PrefetchTemplate(
                  "observation",
                  ResourceKind.OBSERVATION,
                  SEARCH + "http://loinc.org|1,urn:x|a%5C%2Cb"),
              new PrefetchTemplate(
                  "observation-2", ResourceKind.OBSERVATION, SEARCH + "http://loinc.org|3"),
              new PrefetchTemplate(
                  "medicationRequest", ResourceKind.MEDICATION_REQUEST, MEDICATION)),
          Map.of(),
          Set.of(),
          Set.of());

  @Test
  void asAskedChangesNothing() {
    assertThat(PrefetchRules.AS_ASKED.apply(ASKED)).isEqualTo(ASKED);
  }

  @Test
  void oneCodePerQueryForWhoTakesNoLists() {
    Map<String, String> queries =
        queries(new PrefetchRules(1, false, 0, false, Map.of(), Set.of()));

    assertThat(queries)
        .isEqualTo(
            Map.of(
                "patient", PATIENT,
                "observation", SEARCH + "http://loinc.org|1",
                "observation-2", SEARCH + "urn:x|a%5C%2Cb",
                "observation-3", SEARCH + "http://loinc.org|3",
                "medicationRequest", "MedicationRequest?patient={{context.patientId}}"));
  }

  @Test
  void allPartsAreOfTheKindThatTheyPart() {
    Asked parted = new PrefetchRules(1, true, 0, false, Map.of(), Set.of()).apply(ASKED);

    assertThat(parted.templates())
        .filteredOn(t -> t.kind() == ResourceKind.OBSERVATION)
        .extracting(PrefetchTemplate::key)
        .containsExactly("observation", "observation-2", "observation-3");
    assertThat(parted.narrow()).isEmpty();
  }

  @Test
  void aPageSizeGoesToSearchesOnly() {
    Map<String, String> queries =
        queries(new PrefetchRules(0, true, 200, false, Map.of(), Set.of()));

    assertThat(queries.get("patient")).isEqualTo(PATIENT);
    assertThat(queries.get("observation")).endsWith("&_count=200");
    assertThat(queries.get("medicationRequest")).isEqualTo(MEDICATION + "&_count=200");
  }

  @Test
  void aKeysQueriesCanBeReplaced() {
    Asked replaced =
        rules(
                "observation",
                SEARCH + "1,a%5C%2Cb&_sort=-date",
                "Observation?subject={{context.patientId}}&code=http://loinc.org|3")
            .apply(ASKED);

    assertThat(replaced.templates().get(1).query()).endsWith("&_sort=-date");
    assertThat(replaced.templates().get(2).key()).isEqualTo("observation-2");
    assertThat(replaced.narrow()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://loinc.org|1,urn:x|a%5C%2Cb true",
        "http://loinc.org|1,urn:x|a%5C%2Cb,http://loinc.org|3 false",
        "1,3,a%5C%2Cb false",
        "http://loinc.org|1,urn:x|a%5C%2Cb,http://loinc.org|3&status=final true",
        "http://loinc.org|1,urn:x|a%5C%2Cb,http://loinc.org|3&category=laboratory true",
        "http://loinc.org|1,urn:x|a%5C%2Cb&code=http://loinc.org|3 true"
      })
  void aReplacementThatCouldLeaveSomethingOutProvesNoAbsence(String codes, boolean narrow) {
    assertThat(rules("observation", SEARCH + codes).apply(ASKED).narrow())
        .isEqualTo(narrow ? Set.of("observation") : Set.of());
  }

  @Test
  void aReplacementWithoutCodesFindsAllAndOneWithCodesDoesNot() {
    assertThat(
            rules("observation", "Observation?patient={{context.patientId}}").apply(ASKED).narrow())
        .isEmpty();
    assertThat(
            rules(
                    "medicationRequest",
                    "MedicationRequest?patient={{context.patientId}}&code=860975")
                .apply(ASKED)
                .narrow())
        .containsExactly("medicationRequest");
  }

  @Test
  void aDateOfFhirPathGoesToClientsThatDeclareItOnly() {
    Map<String, List<String>> dated =
        Map.of(
            "observation",
            List.of("Observation?patient={{context.patientId}}&date=ge{{today() - 730 days}}"));

    PrefetchRules declared = new PrefetchRules(0, true, 0, true, dated, Set.of());

    assertThat(queries(declared).get("observation")).contains("{{today() - 730 days}}");
    assertThat(declared.apply(ASKED).narrow()).containsExactly("observation");
    assertThatThrownBy(() -> new PrefetchRules(0, true, 0, false, dated, Set.of()))
        .hasMessageContaining("prefetch.relative-dates");
    assertThat(PrefetchRules.AS_ASKED.apply(ASKED).templates())
        .noneMatch(t -> t.query().contains("today()"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Condition?patient={{context.patientId}}",
        "Observation?code=1",
        "Observation",
        "https://evil.example.org/Observation?patient={{context.patientId}}",
        "Observation/{{context.patientId}}/$everything",
        "Observation?patient={{context.patientId}}&x={{user.secret}}",
        "Observation?patient={{context.patientId}} &x=1",
        "Observation?patient={{context.patientId}}#x"
      })
  void aReplacementIsASearchOfItsTypeForThisPatient(String query) {
    assertThatThrownBy(() -> rules("observation", query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefetch.templates.observation");
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new PrefetchRules(-1, true, 0, false, Map.of(), Set.of()))
        .hasMessageContaining("codes-per-query");
    assertThatThrownBy(() -> new PrefetchRules(0, true, 1, false, Map.of(), Set.of()))
        .hasMessageContaining("prefetch.count");
    assertThatThrownBy(() -> rules("observations", SEARCH + "1")).hasMessageContaining("no key");
    assertThatThrownBy(() -> rules("observation")).hasMessageContaining("no query");
  }

  private static PrefetchRules rules(String key, String... queries) {
    return new PrefetchRules(0, true, 0, false, Map.of(key, List.of(queries)), Set.of());
  }

  private static Map<String, String> queries(PrefetchRules rules) {
    return Stream.of(rules.apply(ASKED))
        .flatMap(asked -> asked.templates().stream())
        .collect(Collectors.toMap(PrefetchTemplate::key, PrefetchTemplate::query));
  }
}
