package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.Code;
import org.auscult.timeline.CodeFamilies;
import org.auscult.timeline.ResourceKind;
import org.junit.jupiter.api.Test;

class PrefetchTemplatesTest {
  private static ResolvedFeatureSet set(ResolvedFeature... features) {
    return new ResolvedFeatureSet("https://example.org/set", "1", "set", List.of(features));
  }

  private static ResolvedFeature exists(String name, ResourceKind kind, Set<Code> codes) {
    return ResolvedFeature.of(
        new FeatureDefinition(
            "https://example.org/" + name,
            "1",
            name,
            name,
            Operator.EXISTS,
            kind == null ? null : Selection.of(kind, List.copyOf(codes)),
            Window.WHOLE_RECORD,
            "1",
            null,
            new MissingPolicy.Report(),
            null,
            Arguments.NONE));
  }

  @Test
  void asksForThePatientAndOneQueryPerTypeOverAllSets() {
    List<PrefetchTemplate> templates =
        PrefetchTemplates.from(
            List.of(
                set(exists("a", ResourceKind.OBSERVATION, Set.of(Code.loinc("2160-0")))),
                set(exists("b", ResourceKind.OBSERVATION, Set.of(Code.loinc("2093-3"))))));
    assertThat(templates)
        .containsExactly(
            new PrefetchTemplate("patient", ResourceKind.PATIENT, "Patient/{{context.patientId}}"),
            new PrefetchTemplate(
                "observation",
                ResourceKind.OBSERVATION,
                "Observation?patient={{context.patientId}}"
                    + "&code=http://loinc.org|2093-3,http://loinc.org|2160-0"));
  }

  @Test
  void asksForAPressureByItsPanelToo() {
    assertThat(query(ResourceKind.OBSERVATION, Set.of(Code.loinc("8480-6"))))
        .contains("|8480-6")
        .contains("|85354-9");
  }

  @Test
  void asksForWholeTypesWhereSearchByCodeWouldMissFacts() {
    Set<Code> codes = Set.of(Code.rxnorm("617310"));
    assertThat(query(ResourceKind.MEDICATION_REQUEST, codes))
        .isEqualTo(
            "MedicationRequest?patient={{context.patientId}}&_include=MedicationRequest:medication");
    assertThat(query(ResourceKind.ENCOUNTER, codes))
        .isEqualTo("Encounter?patient={{context.patientId}}");
    assertThat(query(ResourceKind.CLAIM, codes)).isEqualTo("Claim?patient={{context.patientId}}");
    Code head = Code.of("http://hl7.org/fhir/sid/icd-10-cm", "I50");
    assertThat(
            query(
                ResourceKind.CONDITION, Set.of(CodeFamilies.family(head), Code.snomed("44054006"))))
        .isEqualTo("Condition?patient={{context.patientId}}");
  }

  @Test
  void namesTheSearchParameterOfTheType() {
    assertThat(
            query(ResourceKind.IMMUNIZATION, Set.of(Code.of("http://hl7.org/fhir/sid/cvx", "1"))))
        .isEqualTo(
            "Immunization?patient={{context.patientId}}&vaccine-code=http://hl7.org/fhir/sid/cvx|1");
  }

  @Test
  void neverLimitsSortsOrLeavesOutAStatus() {
    for (ResourceKind kind : ResourceKind.values()) {
      if (kind != ResourceKind.PATIENT) {
        assertThat(query(kind, Set.of(Code.loinc("2160-0"))))
            .doesNotContain("_count", "_sort", "status", ":in");
      }
    }
  }

  @Test
  void dividesLongListsOfCodesAndKeepsAllOfThem() {
    Set<Code> codes = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      codes.add(Code.snomed("1000" + i));
    }
    List<PrefetchTemplate> templates =
        PrefetchTemplates.from(List.of(set(exists("many", ResourceKind.CONDITION, codes))));
    assertThat(templates).hasSizeGreaterThan(3);
    assertThat(templates).extracting(PrefetchTemplate::key).contains("condition", "condition-2");
    assertThat(templates).allMatch(t -> t.query().length() < 1700);
    Set<String> asked = new HashSet<>();
    for (PrefetchTemplate template : templates) {
      int codesAt = template.query().indexOf("&code=");
      if (codesAt >= 0) {
        asked.addAll(List.of(template.query().substring(codesAt + 6).split(",")));
      }
    }
    assertThat(asked).hasSize(200);
  }

  @Test
  void escapesWhatWouldChangeTheQuery() {
    assertThat(query(ResourceKind.PROCEDURE, Set.of(Code.of("urn:x", "a,b&c d|e"))))
        .endsWith("&code=urn:x|a%5C%2Cb%26c%20d%5C%7Ce");
  }

  private static String query(ResourceKind kind, Set<Code> codes) {
    List<PrefetchTemplate> templates =
        PrefetchTemplates.from(List.of(set(exists("a", kind, codes))));
    assertThat(templates).hasSize(2);
    assertThat(templates.get(1).kind()).isEqualTo(kind);
    return templates.get(1).query();
  }
}
