package org.auscult.timeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.ZoneOffset;
import java.util.List;
import org.auscult.timeline.Code;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** Race, ethnicity, language and where somebody lives. */
class PatientReaderTest {
  private static final String OMB = "urn:oid:2.16.840.1.113883.6.238";
  private static final String BCP47 = "urn:ietf:bcp:47";

  private static List<Fact> facts(String elements, Code code) {
    Patient patient =
        FhirContext.forR4Cached()
            .newJsonParser()
            .parseResource(
                Patient.class,
                ("{'resourceType': 'Patient', 'id': 'p', 'meta': {'versionId': '1', 'lastUpdated':"
                        + " '2024-06-01T12:00:00Z'}, "
                        + elements
                        + "}")
                    .replace('\'', '"'));
    return new FactProjector(ZoneOffset.UTC, CodeUnits.standard())
        .project(patient, Projection.RECORD).stream()
            .filter(f -> f.codes().contains(code))
            .toList();
  }

  private static FactValue only(String elements, Code code) {
    List<Fact> facts = facts(elements, code);
    assertThat(facts).hasSize(1);
    return facts.get(0).value();
  }

  private static String part(String url, String code) {
    return "{'url': '"
        + url
        + "', 'valueCoding': {'system': '"
        + OMB
        + "', 'code': '"
        + code
        + "'}}";
  }

  private static Code address(String code) {
    return new Code(Demographics.ADDRESS, code);
  }

  @Test
  void raceAndEthnicityAreOneFactEachWithAllCodes() {
    String race =
        "'extension': [{'url': 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',"
            + " 'extension': ["
            + part("ombCategory", "2106-3")
            + ", "
            + part("ombCategory", "2054-5")
            + ", "
            + part("detailed", "2058-6")
            + ", {'url': 'text', 'valueString': 'both'}]}, {'url':"
            + " 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity', 'extension': ["
            + part("ombCategory", "2186-5")
            + "]}]";
    assertThat(only(race, Demographics.RACE))
        .isEqualTo(
            new FactValue.Coded(
                List.of(new Code(OMB, "2106-3"), new Code(OMB, "2054-5"), new Code(OMB, "2058-6")),
                "both"));
    assertThat(only(race, Demographics.ETHNICITY))
        .isEqualTo(new FactValue.Coded(List.of(new Code(OMB, "2186-5")), null));
  }

  private static String speaks(String code, String more) {
    return "{'language': {'coding': [{'system': '"
        + BCP47
        + "', 'code': '"
        + code
        + "'}]}"
        + more
        + "}";
  }

  @Test
  void thePreferredLanguageCountsAndItsFirstPart() {
    String both =
        "'communication': ["
            + speaks("en", "")
            + ", "
            + speaks("es-MX", ", 'preferred': true")
            + "]";
    assertThat(only(both, Demographics.LANGUAGE))
        .isEqualTo(
            new FactValue.Coded(List.of(new Code(BCP47, "es-MX"), new Code(BCP47, "es")), null));
    String none = "'communication': [" + speaks("en", "") + ", " + speaks("es", "") + "]";
    assertThat(facts(none, Demographics.LANGUAGE)).hasSize(2);
  }

  @Test
  void whereSomebodyLivesCountsAsLongAsItHolds() {
    String addresses =
        "'address': [{'use': 'old', 'state': 'NY'}, {'use': 'work', 'state': 'NJ'},"
            + " {'type': 'postal', 'state': 'PA'},"
            + " {'use': 'home', 'state': ' ma ', 'postalCode': '02139', 'country': 'us',"
            + " 'period': {'start': '2020-01-01T00:00:00Z', 'end': '2023-01-01T00:00:00Z'}},"
            + " {'postalCode': 'sw1a 1aa', 'state': 'New  York'}]";
    List<Fact> states = facts(addresses, Demographics.STATE);
    assertThat(states)
        .extracting(Fact::value)
        .containsExactly(
            new FactValue.Coded(List.of(address("MA")), null),
            new FactValue.Coded(List.of(address("NEW YORK")), null));
    assertThat(states.get(0).effective().from()).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(states.get(0).effective().until()).isEqualTo("2023-01-01T00:00:00Z");
    assertThat(states.get(1).effective().until()).isNull();
    List<Fact> codes = facts(addresses, Demographics.POSTAL_CODE);
    assertThat(((FactValue.Coded) codes.get(0).value()).codes())
        .containsExactly(
            address("02139"), address("0213"), address("021"), address("02"), address("0"));
    assertThat(((FactValue.Coded) codes.get(1).value()).codes())
        .startsWith(address("SW1A1AA"))
        .contains(address("SW1A"));
    assertThat(only(addresses, Demographics.COUNTRY))
        .isEqualTo(new FactValue.Coded(List.of(address("US")), null));
  }
}
