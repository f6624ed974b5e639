package org.auscult.timeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.EncounterElements;
import org.auscult.timeline.Fact;
import org.auscult.timeline.References;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** Who, where on the body, how, with what, and in which place. */
class CircumstancesReaderTest {
  private static final Code ARM = Code.snomed("368209003");

  private static List<Fact> facts(String type, String elements, Projection how) {
    String json =
        """
        {"resourceType": "%s", "id": "r1", "meta": {"versionId": "1",
         "lastUpdated": "2024-06-01T12:00:00Z"}, %s}"""
            .formatted(type, elements.replace('\'', '"'));
    return new FactProjector(ZoneOffset.UTC, CodeUnits.standard())
        .project((Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json), how);
  }

  private static Circumstances of(String type, String elements) {
    return facts(type, elements, Projection.RECORD).get(0).context().circumstances();
  }

  private static String coded(String name, String code) {
    return "'"
        + name
        + "': {'coding': [{'system': 'http://snomed.info/sct', 'code': '"
        + code
        + "'}]}";
  }

  private static Code reference(String reference) {
    return new Code(References.SYSTEM, reference);
  }

  @Test
  void anObservationNamesAllFour() {
    String elements =
        "'status': 'final', 'subject': {'reference': 'Patient/p'}, 'effectiveDateTime':"
            + " '2024-05-01', "
            + coded("code", "1")
            + ", 'performer': [{'reference': 'Practitioner/1/_history/7'}, {'identifier': {'system':"
            + " 'urn:staff', 'value': 'k 7'}, 'reference': 'https://other/fhir/Organization/2'}],"
            + coded("bodySite", "368209003")
            + ", "
            + coded("method", "37931006")
            + ", 'contained': [{'resourceType': 'Device', 'id': 'd', 'identifier': [{'system':"
            + " 'urn:devices', 'value': '9'}], "
            + coded("type", "706689003")
            + "}], 'device': {'reference': '#d'}, 'component': [{"
            + coded("code", "2")
            + "}]";
    Circumstances full =
        new Circumstances(
            List.of(
                reference("Practitioner/1"),
                reference("https://other/fhir/Organization/2"),
                Code.of("urn:staff", "k 7")),
            List.of(ARM),
            List.of(Code.snomed("37931006")),
            List.of(Code.of("urn:devices", "9"), Code.snomed("706689003")));
    assertThat(of("Observation", elements)).isEqualTo(full);
    assertThat(facts("Observation", elements, Projection.RECORD).get(1).context().circumstances())
        .as("a component was measured as the whole was")
        .isEqualTo(full);
    // What a caller calls Practitioner/1 is one of its own record.
    Projection call = Projection.call("https://ehr/fhir", Instant.parse("2024-06-01T12:00:00Z"));
    assertThat(facts("Observation", elements, call).get(0).context().circumstances().performers())
        .containsExactly(
            reference("https://ehr/fhir/Practitioner/1"),
            reference("https://other/fhir/Organization/2"),
            Code.of("urn:staff", "k 7"));
  }

  @Test
  void aTypeOfDeviceMayBeAnExtension() {
    String elements =
        "'status': 'final', 'subject': {'reference': 'Patient/p'}, 'effectiveDateTime':"
            + " '2024-05-01', "
            + coded("code", "1")
            + ", 'extension': [{'url': 'http://hl7.org/fhir/StructureDefinition/"
            + "observation-deviceCode', "
            + coded("valueCodeableConcept", "706689003")
            + "}], 'device': {'reference': 'Device/3'}, 'performer': [{'identifier': {'value':"
            + " 'a\\nb'}}, {'display': 'somebody'}]";
    assertThat(of("Observation", elements))
        .isEqualTo(
            new Circumstances(
                List.of(),
                List.of(),
                List.of(),
                List.of(reference("Device/3"), Code.snomed("706689003"))));
  }

  @Test
  void otherTypesNameWhatTheyHave() {
    String subject = "'status': 'completed', 'subject': {'reference': 'Patient/p'}, ";
    assertThat(
            of(
                "Procedure",
                subject
                    + coded("code", "1")
                    + ", 'performer': [{'actor': {'reference': 'Practitioner/1'}}], 'bodySite': [{"
                    + "'coding': [{'system': 'http://snomed.info/sct', 'code': '368209003'}]}],"
                    + " 'usedReference': [{'reference': 'Device/1'}]"))
        .isEqualTo(
            new Circumstances(
                List.of(reference("Practitioner/1")),
                List.of(ARM),
                List.of(),
                List.of(reference("Device/1"))));
    assertThat(
            of(
                "MedicationAdministration",
                subject
                    + coded("medicationCodeableConcept", "1")
                    + ", 'effectiveDateTime': '2024-05-01', 'performer': [{'actor': {'reference':"
                    + " 'Practitioner/1'}}], 'dosage': {"
                    + coded("site", "368209003")
                    + ", "
                    + coded("method", "2")
                    + "}, 'device': [{'reference': 'Device/2'}]"))
        .isEqualTo(
            new Circumstances(
                List.of(reference("Practitioner/1")),
                List.of(ARM),
                List.of(Code.snomed("2")),
                List.of(reference("Device/2"))));
    assertThat(
            of(
                    "MedicationRequest",
                    subject
                        + "'intent': 'order', "
                        + coded("medicationCodeableConcept", "1")
                        + ", 'requester': {'reference': 'Practitioner/1'}")
                .performers())
        .containsExactly(reference("Practitioner/1"));
    assertThat(
            of(
                    "DiagnosticReport",
                    "'status': 'final', 'subject': {'reference': 'Patient/p'}, "
                        + coded("code", "1")
                        + ", 'effectiveDateTime': '2024-05-01',"
                        + " 'performer': [{'reference': 'Organization/1'}]")
                .performers())
        .containsExactly(reference("Organization/1"));
    assertThat(
            of(
                    "Immunization",
                    "'status': 'completed', 'patient': {'reference': 'Patient/p'}, "
                        + coded("vaccineCode", "1")
                        + ", 'occurrenceDateTime': '2024-05-01', "
                        + coded("site", "368209003"))
                .bodySites())
        .containsExactly(ARM);
    assertThat(
            of(
                    "Condition",
                    "'subject': {'reference': 'Patient/p'}, "
                        + coded("code", "1")
                        + ", 'bodySite': [{'coding': [{'system': 'http://snomed.info/sct', 'code':"
                        + " '368209003'}]}]")
                .bodySites())
        .containsExactly(ARM);
  }

  @Test
  void anEncounterSaysWhereThePatientWas() {
    List<Fact> facts =
        facts(
            "Encounter",
            "'status': 'in-progress', 'subject': {'reference': 'Patient/p'}, 'class': {'system':"
                + " 'a', 'code': 'IMP'}, 'period': {'start': '2024-05-01T10:00:00Z'},"
                + " 'participant': [{'individual': {'reference': 'Practitioner/1'}}], 'location': ["
                + "{'location': {'reference': 'Location/er', 'display': 'Emergency room'},"
                + " 'period': {'end': '2024-05-01T12:00:00Z'}},"
                + "{'location': {'identifier': {'system': 'urn:wards', 'value': 'W3'}}, "
                + coded("physicalType", "ward")
                + ", 'period': {'start': '2024-05-01T12:00:00Z'}},"
                + "{'location': {'reference': 'Location/icu'}, 'status': 'planned', 'period':"
                + " {'start': '2024-05-03'}},"
                + "{'location': {'reference': 'Location/hall'}, 'status': 'completed'},"
                + "{'status': 'active'}]",
            Projection.RECORD);
    assertThat(facts).extracting(f -> f.source().slot()).containsExactly(0, 2, 3, 4, 5);
    assertThat(facts.get(0).context().circumstances().performers())
        .containsExactly(reference("Practitioner/1"));
    Fact emergency = facts.get(1);
    assertThat(emergency.codes())
        .containsExactly(EncounterElements.LOCATION, reference("Location/er"));
    assertThat(emergency.display()).isEqualTo("Emergency room");
    assertThat(emergency.context().encounter()).isEqualTo("r1");
    assertThat(emergency.context().status()).isEqualTo("in-progress");
    assertThat(emergency.context().circumstances()).isEqualTo(Circumstances.NONE);
    assertThat(emergency.effective().from()).isEqualTo("2024-05-01T10:00:00Z");
    assertThat(emergency.effective().until()).isEqualTo("2024-05-01T12:00:00Z");
    Fact ward = facts.get(2);
    assertThat(ward.codes())
        .containsExactly(
            EncounterElements.LOCATION, Code.of("urn:wards", "W3"), Code.snomed("ward"));
    assertThat(ward.effective().from()).isEqualTo("2024-05-01T12:00:00Z");
    assertThat(ward.effective().until()).isNull();
    assertThat(facts.get(3).context().status()).isEqualTo("planned");
    assertThat(facts.get(3).effective().visibleFrom()).isEqualTo("2024-05-04T00:00:00Z");
    assertThat(facts.get(4).context().status()).as("left, nobody knows when").isEqualTo("finished");
  }

  @Test
  void aPlaceEndsWithItsEncounter() {
    List<Fact> facts =
        facts(
            "Encounter",
            "'status': 'finished', 'subject': {'reference': 'Patient/p'}, 'class': {'system':"
                + " 'a', 'code': 'IMP'}, 'period': {'start': '2024-05-01T10:00:00Z', 'end':"
                + " '2024-05-02T10:00:00Z'}, 'location': [{'location': {'reference':"
                + " 'Location/er'}, 'status': 'completed'}]",
            Projection.RECORD);
    assertThat(facts.get(1).effective()).isEqualTo(facts.get(0).effective());
    assertThat(facts.get(1).context().status()).isEqualTo("finished");
  }
}
