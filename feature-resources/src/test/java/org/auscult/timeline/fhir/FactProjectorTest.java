package org.auscult.timeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Dispositions;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.Medications;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactProjectorTest {
  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Instant STORED = Instant.parse("2024-06-01T12:00:00Z");
  private static final Code STATIN = Code.rxnorm("617310");

  private final FactProjector projector = projector(ZoneOffset.UTC);

  private static FactProjector projector(ZoneId zone) {
    return new FactProjector(zone, CodeUnits.standard());
  }

  /**
   * A resource with an id, a version, a time of storage, and {@code subject} as a local patient.
   */
  private static Resource resource(String type, String elements) {
    return parse(
        """
        {"resourceType": "%s", "id": "r1",
         "meta": {"versionId": "3", "lastUpdated": "2024-06-01T12:00:00Z"}, %s}"""
            .formatted(type, elements.replace('\'', '"')));
  }

  private static Resource parse(String json) {
    return (Resource) FHIR.newJsonParser().parseResource(json);
  }

  private List<Fact> facts(String type, String elements) {
    return projector.project(resource(type, elements), Projection.RECORD);
  }

  private Fact fact(String type, String elements) {
    List<Fact> facts = facts(type, elements);
    assertThat(facts).hasSize(1);
    return facts.get(0);
  }

  private static final String SUBJECT = "'subject': {'reference': 'Patient/p'}, ";
  private static final String PATIENT = "'patient': {'reference': 'Patient/p'}, ";

  private static String code(String element, String system, String code) {
    return "'%s': {'coding': [{'system': '%s', 'code': '%s'}], 'text': 'words'}"
        .formatted(element, system, code);
  }

  private static EffectiveTime at(String instant) {
    return EffectiveTime.at(Instant.parse(instant));
  }

  private static EffectiveTime state(String from, String until) {
    return new EffectiveTime(
        Instant.parse(from), Instant.parse(from), Instant.parse(until), Precision.INSTANT);
  }

  @Test
  void readsAnObservationWithAllThatSurroundsIt() {
    Fact fact =
        fact(
            "Observation",
            SUBJECT
                + "'status': 'final', 'effectiveDateTime': '2024-05-01T10:00:00+02:00',"
                + "'category': [{'coding': [{'code': 'laboratory'}]}],"
                + "'encounter': {'reference': 'Encounter/e7'},"
                + "'interpretation': [{'coding': [{'code': 'H'}]}],"
                + code("code", "http://loinc.org", "2160-0")
                + ", 'valueQuantity': {'value': 88.40, 'unit': 'umol/L'}");
    assertThat(fact.patient()).isEqualTo("p");
    assertThat(fact.source().reference()).isEqualTo("Observation/r1/_history/3");
    assertThat(fact.codes()).containsExactly(Code.loinc("2160-0"));
    assertThat(fact.display()).isEqualTo("words");
    assertThat(fact.effective()).isEqualTo(at("2024-05-01T08:00:00Z"));
    assertThat(fact.known().from()).isEqualTo(STORED);
    assertThat(fact.known().basis()).isEqualTo(Basis.RECORDED);
    assertThat(fact.context().status()).isEqualTo("final");
    assertThat(fact.context().category()).isEqualTo("laboratory");
    assertThat(fact.context().encounter()).isEqualTo("e7");
    assertThat(fact.context().interpretation()).isEqualTo("H");
    assertThat(fact.context().author()).isEqualTo(Author.RECORD);
    FactValue.Measured value = (FactValue.Measured) fact.value();
    assertThat(value.original()).isEqualTo(Quantity.of("88.40", "umol/L"));
    assertThat(value.comparator()).isEqualTo(Comparator.NONE);
    Quantity preferred = Objects.requireNonNull(value.preferred());
    assertThat(preferred.unit()).isEqualTo("mg/dL");
    assertThat(preferred.value()).isEqualByComparingTo("0.999980800");
  }

  @Test
  void readsComponentsInSlotsOfTheirOwn() {
    List<Fact> facts =
        facts(
            "Observation",
            SUBJECT
                + "'status': 'final', 'effectiveDateTime': '2024-05-01T10:00:00Z',"
                + code("code", "http://loinc.org", "85354-9")
                + ", 'component': [{'code': {'text': 'no code'}}, {"
                + code("code", "http://loinc.org", "8480-6")
                + ", 'valueQuantity': {'value': 120, 'code': 'mm[Hg]'}}]");
    assertThat(facts).extracting(f -> f.source().slot()).containsExactly(0, 2);
    assertThat(facts.get(0).value()).isEqualTo(new FactValue.None());
    assertThat(facts.get(1).value()).isInstanceOf(FactValue.Measured.class);
  }

  private FactValue value(String element) {
    return fact(
            "Observation",
            SUBJECT
                + "'status': 'final', 'effectiveDateTime': '2024-05-01T10:00:00Z', "
                + code("code", "http://loinc.org", "8480-6")
                + ", "
                + element)
        .value();
  }

  @Test
  void readsEveryKindOfValue() {
    assertThat(value("'valueString': 'high'")).isEqualTo(new FactValue.Text("high"));
    assertThat(value("'valueBoolean': false")).isEqualTo(new FactValue.Truth(false));
    assertThat(value("'valueDateTime': '2024-05'")).isEqualTo(new FactValue.Dated("2024-05"));
    assertThat(value(code("valueCodeableConcept", "http://snomed.info/sct", "1")))
        .isEqualTo(new FactValue.Coded(List.of(Code.snomed("1")), "words"));
    assertThat(value(code("dataAbsentReason", "x", "asked-declined")))
        .isEqualTo(new FactValue.Absent("asked-declined"));
    assertThat(((FactValue.Measured) value("'valueInteger': 3")).original())
        .isEqualTo(Quantity.of("3", "1"));
    assertThat(value("'valueRange': {'low': {'value': 1}}"))
        .isEqualTo(new FactValue.Text("(Range)"));
    assertThat(value("'valueQuantity': {'unit': 'mm[Hg]'}")).isEqualTo(new FactValue.None());
  }

  /** Safety: 5, 6. */
  @Test
  void keepsComparatorAndOddUnit() {
    FactValue.Measured bound =
        (FactValue.Measured)
            value("'valueQuantity': {'value': 60, 'comparator': '>', 'unit': 'mmHg'}");
    assertThat(bound.comparator()).isEqualTo(Comparator.GREATER);
    FactValue.Measured odd =
        (FactValue.Measured) value("'valueQuantity': {'value': 60, 'unit': 'furlong'}");
    assertThat(odd.preferred()).isNull();
    assertThat(odd.original()).isEqualTo(Quantity.of("60", "furlong"));
    FactValue.Measured bare = (FactValue.Measured) value("'valueQuantity': {'value': 60}");
    assertThat(bare.preferred()).isNull();
  }

  private EffectiveTime effective(FactProjector by, String element) {
    return by.project(
            resource(
                "Observation",
                SUBJECT
                    + "'status': 'final', "
                    + element
                    + ", "
                    + code("code", "http://loinc.org", "8480-6")),
            Projection.RECORD)
        .get(0)
        .effective();
  }

  /** Safety: 8. */
  @Test
  void readsPartialDatesInTheZoneOfTheSite() {
    FactProjector berlin = projector(ZoneId.of("Europe/Berlin"));
    assertThat(effective(berlin, "'effectiveDateTime': '2024-06-01'"))
        .isEqualTo(
            new EffectiveTime(
                Instant.parse("2024-05-31T22:00:00Z"),
                Instant.parse("2024-06-01T22:00:00Z"),
                null,
                Precision.DAY));
    assertThat(effective(berlin, "'effectiveDateTime': '2024-03'").visibleFrom())
        .as("the month in which the clocks go forward")
        .isEqualTo("2024-03-31T22:00:00Z");
    assertThat(effective(berlin, "'effectiveDateTime': '2024'").from())
        .isEqualTo("2023-12-31T23:00:00Z");
    assertThat(effective(berlin, "'effectiveDateTime': '2024-06-01T10:00:00'"))
        .as("a time without offset")
        .isEqualTo(at("2024-06-01T08:00:00Z"));
    assertThat(effective(berlin, "'effectiveDateTime': '2024-03-31T02:30:00'"))
        .as("an hour that the clocks skipped")
        .isEqualTo(at("2024-03-31T01:30:00Z"));
    assertThat(effective(berlin, "'effectiveInstant': '2024-06-01T10:00:00Z'"))
        .isEqualTo(at("2024-06-01T10:00:00Z"));
  }

  @Test
  void aMeasuredPeriodIsVisibleFromItsEnd() {
    EffectiveTime day =
        effective(
            projector,
            "'effectivePeriod': {'start': '2024-06-01T00:00:00Z', 'end': '2024-06-02T00:00:00Z'}");
    assertThat(day.visibleFrom()).isEqualTo("2024-06-02T00:00:00Z");
    assertThat(day.until()).isNull();
  }

  @Test
  void anObservationWithoutAnyDateIsNoFactOfAnyTime() {
    assertThat(facts("Observation", SUBJECT + code("code", "http://loinc.org", "8480-6")))
        .isEmpty();
  }

  @Test
  void readsAConditionAsAStateWithItsVerification() {
    String coded = SUBJECT + code("code", "http://snomed.info/sct", "44054006");
    Fact resolved =
        fact(
            "Condition",
            coded
                + ", 'clinicalStatus': {'coding': [{'code': 'resolved'}]},"
                + "'onsetDateTime': '2010-01-01T00:00:00Z',"
                + "'abatementDateTime': '2011-01-01T00:00:00Z'");
    assertThat(resolved.effective())
        .isEqualTo(state("2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z"));
    assertThat(resolved.context().status()).isEqualTo("resolved");
    assertThat(resolved.value()).isEqualTo(new FactValue.None());
    Fact refuted =
        fact(
            "Condition",
            coded
                + ", 'clinicalStatus': {'coding': [{'code': 'active'}]},"
                + "'verificationStatus': {'coding': [{'code': 'refuted'}]},"
                + "'recordedDate': '2012-01-01T00:00:00Z'");
    assertThat(refuted.context().status()).isEqualTo("refuted");
    assertThat(refuted.effective()).isEqualTo(at("2012-01-01T00:00:00Z"));
  }

  @Test
  void anUndatedConditionStandsSinceItWasKnown() {
    Fact fact =
        fact(
            "Condition",
            SUBJECT
                + "'onsetString': 'as a child', "
                + code("code", "http://snomed.info/sct", "1"));
    assertThat(fact.effective())
        .isEqualTo(new EffectiveTime(STORED, STORED, null, Precision.UNDATED));
  }

  private Fact request(String elements) {
    return fact(
        "MedicationRequest",
        SUBJECT + "'authoredOn': '2024-01-01T00:00:00Z', 'status': 'active', " + elements);
  }

  @Test
  void readsMedicationsByCodeContainedAndByReference() {
    String rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    assertThat(request("'intent': 'order', " + code("medicationCodeableConcept", rxnorm, "617310")))
        .satisfies(f -> assertThat(f.codes()).containsExactly(STATIN))
        .satisfies(f -> assertThat(f.context().status()).isEqualTo("active"))
        .satisfies(f -> assertThat(f.effective()).isEqualTo(at("2024-01-01T00:00:00Z")));
    assertThat(
            request(
                    "'intent': 'order', 'medicationReference': {'reference': '#m'}, 'contained':"
                        + " [{'resourceType': 'Medication', 'id': 'm', "
                        + code("code", rxnorm, "617310")
                        + "}]")
                .codes())
        .containsExactly(STATIN);
    assertThat(
            request("'intent': 'order', 'medicationReference': {'reference': 'Medication/other'}")
                .codes())
        .containsExactly(
            new Code(Medications.REFERENCE, "Medication/other"), Medications.UNRESOLVED);
    assertThat(request("'medicationCodeableConcept': {'text': 'a statin'}").codes())
        .containsExactly(Medications.UNRESOLVED);
  }

  @Test
  void anotherServersMedicationIsNotOurs() {
    Fact elsewhere =
        request(
            "'medicationReference': {'reference': 'https://other.org/Medication/9/_history/2'}");
    assertThat(elsewhere.codes())
        .containsExactly(
            new Code(Medications.REFERENCE, "https://other.org/Medication/9"),
            Medications.UNRESOLVED);
    assertThat(Medications.reference(elsewhere)).isEmpty();
    Fact ours = request("'medicationReference': {'reference': 'Medication/9/_history/2'}");
    assertThat(Medications.reference(ours)).contains("9");
    String pretended = code("medicationCodeableConcept", Medications.REFERENCE, "Medication/9");
    assertThat(request(pretended).codes()).containsExactly(Medications.UNRESOLVED);
  }

  @Test
  void readsWhatAStoredMedicationSays() {
    String rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    MedicationVersion plain = medication(code("code", rxnorm, "617310"));
    assertThat(plain.id()).isEqualTo("r1");
    assertThat(plain.says().codes()).containsExactly(STATIN);
    assertThat(plain.says().from()).isEqualTo(STORED);
    assertThat(plain.says().basis()).isEqualTo(KnownTime.Basis.RECORDED);
    assertThat(medication("'status': 'entered-in-error', " + code("code", rxnorm, "1")).says())
        .satisfies(says -> assertThat(says.codes()).isEmpty());
    assertThat(medication("'status': 'active'").says().codes()).isEmpty();
    assertThat(medication(code("code", Medications.REFERENCE, "Medication/2")).says().codes())
        .isEmpty();
  }

  private static MedicationVersion medication(String elements) {
    return MedicationVersion.of((Medication) resource("Medication", elements));
  }

  /** Safety: 5. */
  @Test
  void tellsAnOrderFromWhatIsNone() {
    String drug = code("medicationCodeableConcept", "x", "y");
    assertThat(request("'intent': 'proposal', " + drug).context().status())
        .isEqualTo("not-an-order");
    assertThat(request(drug).context().status()).isEqualTo("not-an-order");
    assertThat(request("'intent': 'order', 'doNotPerform': true, " + drug).context().status())
        .isEqualTo("do-not-perform");
  }

  @Test
  void readsEveryOtherType() {
    String drug = code("medicationCodeableConcept", "x", "y");
    String coded = code("code", "x", "y");
    String instant = "2024-01-01T00:00:00Z";
    String later = "2024-01-03T00:00:00Z";
    String period = "{'start': '%s', 'end': '%s'}".formatted(instant, later);

    assertThat(
            fact(
                "MedicationAdministration",
                SUBJECT + "'status': 'completed', 'effectivePeriod': " + period + ", " + drug))
        .satisfies(f -> assertThat(f.effective().visibleFrom()).isEqualTo(later));
    assertThat(
            fact(
                "MedicationStatement",
                SUBJECT + "'status': 'active', 'effectivePeriod': " + period + ", " + drug))
        .satisfies(f -> assertThat(f.effective()).isEqualTo(state(instant, later)));
    assertThat(
            fact(
                "Procedure",
                SUBJECT + "'status': 'completed', 'performedPeriod': " + period + ", " + coded))
        .satisfies(f -> assertThat(f.effective()).isEqualTo(state(instant, later)));
    assertThat(
            fact(
                "AllergyIntolerance",
                PATIENT + "'onsetDateTime': '%s', ".formatted(instant) + coded))
        .satisfies(f -> assertThat(f.source().kind()).isEqualTo(ResourceKind.ALLERGY_INTOLERANCE));
    assertThat(
            fact(
                "Immunization",
                PATIENT
                    + "'status': 'completed', 'occurrenceDateTime': '%s', ".formatted(instant)
                    + code("vaccineCode", "x", "y")))
        .satisfies(f -> assertThat(f.effective()).isEqualTo(at(instant)));
    assertThat(
            fact(
                "DiagnosticReport",
                SUBJECT + "'status': 'final', 'issued': '%s', ".formatted(instant) + coded))
        .satisfies(f -> assertThat(f.effective()).isEqualTo(at(instant)));
    Fact encounter =
        fact(
            "Encounter",
            SUBJECT
                + "'status': 'finished', 'class': {'system': 'a', 'code': 'IMP'},"
                + "'type': [{'coding': [{'system': 'x', 'code': 'y'}]}],"
                + "'serviceProvider': {'reference': 'Organization/o'}, 'period': "
                + period);
    assertThat(encounter.codes()).containsExactly(Code.of("x", "y"), Code.of("a", "IMP"));
    assertThat(encounter.context().site()).isEqualTo("o");
    List<Fact> left =
        facts(
            "Encounter",
            SUBJECT
                + "'status': 'finished', 'class': {'system': 'a', 'code': 'IMP'},"
                + "'hospitalization': {'dischargeDisposition': {'coding': [{'system': '"
                + Dispositions.SYSTEM
                + "', 'code': 'exp'}]}}, 'period': "
                + period);
    assertThat(left).hasSize(2);
    assertThat(left.get(1).codes()).containsExactly(Dispositions.EXPIRED);
    assertThat(left.get(1).source().slot()).isEqualTo(1);
    for (String type : List.of("Claim", "ExplanationOfBenefit")) {
      List<Fact> claim =
          facts(
              type,
              PATIENT
                  + "'status': 'active', 'billablePeriod': "
                  + period
                  + ", "
                  + code("type", "t", "institutional")
                  + ", 'item': [{'sequence': 1, "
                  + code("productOrService", "x", "y")
                  + "}]");
      assertThat(claim).extracting(f -> f.source().slot()).containsExactly(0, 1);
    }
  }

  @Test
  void readsWhatThePatientIs() {
    List<Fact> facts =
        facts(
            "Patient",
            "'birthDate': '1960-03', 'gender': 'female', 'active': false,"
                + "'deceasedDateTime': '2024-05-01T00:00:00Z', 'extension': [{'url':"
                + " 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex',"
                + " 'valueCode': 'M'}]");
    assertThat(facts)
        .extracting(f -> f.codes().get(0), Fact::value)
        .containsExactlyInAnyOrder(
            Tuple.tuple(Demographics.BIRTH_DATE, new FactValue.Dated("1960-03")),
            Tuple.tuple(
                Demographics.GENDER,
                new FactValue.Coded(
                    List.of(Code.of("http://hl7.org/fhir/administrative-gender", "female")), null)),
            Tuple.tuple(
                Demographics.BIRTH_SEX,
                new FactValue.Coded(
                    List.of(
                        Code.of(
                            "http://terminology.hl7.org/CodeSystem/v3-AdministrativeGender", "M")),
                    null)),
            Tuple.tuple(Demographics.DECEASED, new FactValue.Dated("2024-05-01T00:00:00Z")),
            Tuple.tuple(Demographics.INACTIVE, new FactValue.Truth(false)));
    assertThat(facts).allSatisfy(f -> assertThat(f.patient()).isEqualTo("r1"));
    assertThat(facts).allSatisfy(f -> assertThat(f.source().slot()).isGreaterThanOrEqualTo(1000));
    assertThat(facts.get(0).effective().visibleFrom()).isBefore("1850-01-01T00:00:00Z");
  }

  /** Safety: 9. */
  @Test
  void reconstructsWhenALoadedFactWasKnown() {
    String loaded =
        """
        {"resourceType": "Observation", "id": "r1", "status": "final",
         "meta": {"lastUpdated": "2024-06-01T12:00:00Z", "tag": [
           {"system": "https://auscult.org/fhir/CodeSystem/load", "code": "history"},
           {"system": "https://auscult.org/fhir/load-lag", "code": "PT2H"}]},
         "subject": {"reference": "Patient/p"}, "code": {"coding": [{"code": "x"}]},
         "effectiveDateTime": "%s" %s}""";
    assertThat(
            known(
                loaded.formatted("2020-01-01T00:00:00Z", ", \"issued\": \"2020-01-05T00:00:00Z\"")))
        .isEqualTo("2020-01-05T00:00:00Z");
    assertThat(known(loaded.formatted("2020-01-01T00:00:00Z", "")))
        .as("effective and the lag of the feed")
        .isEqualTo("2020-01-01T02:00:00Z");
    assertThat(known(loaded.formatted("2030-01-01T00:00:00Z", "")))
        .as("never later than it was stored")
        .isEqualTo(STORED);
    String past = loaded.formatted("2020-01-01T00:00:00Z", "");
    assertThat(known(past.replace("load-lag", "another"))).isEqualTo("2020-01-01T00:00:00Z");
    for (String noLag : List.of("-PT2H", "two hours")) {
      Fact fact = projector.project(parse(past.replace("PT2H", noLag)), Projection.RECORD).get(0);
      assertThat(fact.known()).isEqualTo(KnownTime.recorded(STORED));
    }
  }

  private Instant known(String json) {
    Fact fact = projector.project(parse(json), Projection.RECORD).get(0);
    assertThat(fact.known().basis()).isEqualTo(Basis.ASSUMED);
    return fact.known().from();
  }

  /** Safety: 9. */
  @Test
  void whatACallerBringsIsKnownSinceTheCall() {
    Instant call = Instant.parse("2025-01-01T00:00:00Z");
    Fact fact =
        projector
            .project(
                parse(
                    """
                    {"resourceType": "Observation", "id": "9", "meta": {"versionId": "abc"},
                     "subject": {"reference": "Patient/p"}, "code": {"coding": [{"code": "x"}]},
                     "effectiveDateTime": "2020-01-01T00:00:00Z"}"""),
                Projection.call("https://ehr.example/fhir", call))
            .get(0);
    assertThat(fact.known().from()).isEqualTo(call);
    assertThat(fact.known().basis()).isEqualTo(Basis.CALL);
    assertThat(fact.source().reference()).isEqualTo("https://ehr.example/fhir/Observation/9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'subject': {'reference': 'https://elsewhere.example/Patient/p'},",
        "'subject': {'reference': 'urn:uuid:0b1f'},",
        "'subject': {'reference': '#p'},",
        "'subject': {'reference': 'Group/p'},",
        "'subject': {'display': 'a name'},",
        "'subject': {'identifier': {'value': '1'}},"
      })
  void aSubjectThatIsNoLocalPatientGivesNoFacts(String subject) {
    Resource resource =
        resource(
            "Observation",
            subject
                + "'status': 'final', 'effectiveDateTime': '2024', "
                + code("code", "http://loinc.org", "8480-6"));
    assertThat(projector.patient(resource)).isEmpty();
    assertThat(projector.project(resource, Projection.RECORD)).isEmpty();
  }

  @Test
  void marksWhatAModelWrote() {
    Resource resource =
        resource(
            "Observation",
            SUBJECT + "'effectiveDateTime': '2024', " + code("code", "http://loinc.org", "8480-6"));
    resource
        .getMeta()
        .addSecurity()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
        .setCode("AIAST");
    assertThat(projector.project(resource, Projection.RECORD).get(0).context().author())
        .isEqualTo(Author.MODEL);
  }

  @ParameterizedTest
  @CsvSource({
    "http://terminology.hl7.org/CodeSystem/v3-ObservationValue, R",
    "https://example.org/labels, AIAST"
  })
  void anotherLabelDoesNotSayThatAModelWroteIt(String system, String code) {
    Resource resource =
        resource(
            "Observation",
            SUBJECT + "'effectiveDateTime': '2024', " + code("code", "http://loinc.org", "8480-6"));
    resource.getMeta().addSecurity().setSystem(system).setCode(code);
    assertThat(projector.project(resource, Projection.RECORD).get(0).context().author())
        .isEqualTo(Author.RECORD);
  }

  @Test
  void onlyADeclaredLoadIsHistory() {
    String other =
        """
        {"resourceType": "Observation", "id": "r1", "status": "final",
         "meta": {"lastUpdated": "2024-06-01T12:00:00Z", "tag": [
           {"system": "https://auscult.org/fhir/CodeSystem/load", "code": "live"},
           {"system": "https://example.org/tags", "code": "history"}]},
         "subject": {"reference": "Patient/p"}, "code": {"coding": [{"code": "x"}]},
         "effectiveDateTime": "2020-01-01T00:00:00Z"}""";
    assertThat(projector.project(parse(other), Projection.RECORD).get(0).known())
        .isEqualTo(KnownTime.recorded(STORED));
  }

  @Test
  void takesTheContainedMedicationThatTheOrderNames() {
    String rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    String contained =
        "'contained': [{'resourceType': 'Medication', 'id': 'other', "
            + code("code", rxnorm, "1")
            + "}, {'resourceType': 'Medication', 'id': 'm', "
            + code("code", rxnorm, "617310")
            + "}], 'intent': 'order', 'medicationReference': {'reference': '#%s'}";
    assertThat(request(contained.formatted("m")).codes()).containsExactly(STATIN);
    assertThat(request(contained.formatted("none")).codes())
        .containsExactly(Medications.UNRESOLVED);
    assertThat(request("'intent': 'order', 'medicationReference': {'display': 'a drug'}").codes())
        .containsExactly(Medications.UNRESOLVED);
  }

  /**
   * A Patient that says a thing twice, or in another type, is read all the same.
   *
   * <p>Safety: 7.
   */
  @Test
  void sexGivenTwiceIsReadTwice() {
    String birthSex =
        "{'url': 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', 'value%s}";
    assertThat(
            fact(
                    "Patient",
                    "'extension': ["
                        + birthSex.formatted("Code': 'F'")
                        + ","
                        + birthSex.formatted("Code': 'M'")
                        + ","
                        + birthSex.formatted("Quantity': {'value': 1}")
                        + "]")
                .value())
        .isInstanceOfSatisfying(
            FactValue.Coded.class,
            v -> assertThat(v.codes()).extracting(Code::code).containsExactly("F", "M"));

    String value = "{'url': 'value', 'valueCodeableConcept': {'coding': [{'code': '%s'}]}}";
    List<Fact> parameters =
        facts(
            "Patient",
            "'extension': [{'url': 'http://hl7.org/fhir/StructureDefinition/patient-"
                + "sexParameterForClinicalUse', 'extension': ["
                + value.formatted("female-typical")
                + ","
                + value.formatted("male-typical")
                + ", {'url': 'period', 'valuePeriod': {'start': '2020'}},"
                + " {'url': 'period', 'valuePeriod': {'start': '2021'}}]}]");
    assertThat(parameters).extracting(f -> f.source().slot()).doesNotHaveDuplicates().hasSize(2);
    assertThat(parameters)
        .allSatisfy(
            f ->
                assertThat(f.codes()).containsExactly(Demographics.SEX_PARAMETER_FOR_CLINICAL_USE));
  }

  /** Safety: 3. */
  @Test
  @DisplayName("rule 3: of a partial date of death the earliest instant counts")
  void deathCountsFromTheStartOfItsDay() {
    assertThat(fact("Patient", "'deceasedDateTime': '2024-05'").effective())
        .satisfies(e -> assertThat(e.visibleFrom()).isEqualTo(e.from()))
        .satisfies(e -> assertThat(e.from()).isEqualTo(Instant.parse("2024-05-01T00:00:00Z")));
  }

  @Test
  void whoIsSaidToLiveIsNotDead() {
    assertThat(facts("Patient", "'deceasedBoolean': false, 'active': true")).isEmpty();
    assertThat(fact("Patient", "'deceasedBoolean': true"))
        .satisfies(f -> assertThat(f.codes()).containsExactly(Demographics.DECEASED))
        .satisfies(f -> assertThat(f.value()).isEqualTo(new FactValue.Truth(true)))
        .satisfies(f -> assertThat(f.effective().visibleFrom()).isBefore("1850-01-01T00:00:00Z"));
  }

  /** Where no clinical time is given, it is the time that the record was made. */
  static Stream<Arguments> undated() {
    return Stream.of(
        Arguments.of("Observation", SUBJECT, "issued", code("code", "x", "y")),
        Arguments.of("DiagnosticReport", SUBJECT, "issued", code("code", "x", "y")),
        Arguments.of(
            "MedicationStatement",
            SUBJECT,
            "dateAsserted",
            code("medicationCodeableConcept", "x", "y")),
        Arguments.of("AllergyIntolerance", PATIENT, "recordedDate", code("code", "x", "y")),
        Arguments.of("Claim", PATIENT, "created", code("type", "x", "y")),
        Arguments.of("ExplanationOfBenefit", PATIENT, "created", code("type", "x", "y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("undated")
  void whatIsNotDatedIsAsOldAsItsRecord(String type, String subject, String element, String code) {
    Fact fact = facts(type, subject + "'" + element + "': '2024-05-01T08:00:00Z', " + code).get(0);
    assertThat(fact.effective()).isEqualTo(at("2024-05-01T08:00:00Z"));
  }

  @Test
  void aCodeOfALengthThatNobodyUsesIsLeftOut() {
    String coding = "'coding': [{'system': '%s', 'code': '%s'}, {'code': 'y'}]";
    String element = SUBJECT + "'effectiveDateTime': '2024', 'code': {" + coding + "}";
    String longest = "c".repeat(255);
    assertThat(fact("Observation", element.formatted(longest, longest)).codes())
        .containsExactly(new Code(longest, longest), new Code("", "y"));
    assertThat(fact("Observation", element.formatted("x", longest + "c")).codes())
        .containsExactly(new Code("", "y"));
    assertThat(fact("Observation", element.formatted(longest + "c", "x")).codes())
        .containsExactly(new Code("", "y"));
  }

  @Test
  void leavesTheResourceAsItWas() {
    for (String type : HollowResources.TYPES) {
      Resource resource = resource(type, "'language': 'en'");
      Resource before = resource.copy();
      projector.project(resource, Projection.RECORD);
      assertThat(resource.equalsDeep(before)).as(type).isTrue();
      assertThat(FHIR.newJsonParser().encodeResourceToString(resource))
          .isEqualTo(FHIR.newJsonParser().encodeResourceToString(before));
    }
  }

  @Test
  void neverThrowsForResourcesWithHoles() {
    int projected = 0;
    for (Resource resource : HollowResources.all()) {
      List<Fact> facts = projector.project(resource, Projection.RECORD);
      assertThat(projector.patient(resource)).isNotNull();
      projected += facts.size();
    }
    assertThat(projected).isPositive();
  }
}
