package org.auscult.cds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.auscult.cds.fhir.DraftOrders.Surroundings;
import org.auscult.order.DraftOrder;
import org.auscult.timeline.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an order is for, from every form in which clients write it.
 *
 * <p>Safety: 13, 19, 21.
 */
class DraftOrdersTest {
  private static final String EHR = "https://ehr.example.org/fhir";
  private static final Code METFORMIN = Code.rxnorm("860975");
  private static final Code LOCAL = Code.of("urn:oid:1.2.3.4", "MET1000");
  private static final String CONCEPT =
      """
      "medicationCodeableConcept":{"text":"Metformin 1 g","coding":[
       {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"860975","display":"met"},
       {"system":"urn:oid:1.2.3.4","code":"MET1000"}]}""";

  @Test
  void everyCodingAndTheText() {
    DraftOrders read = sign(order("m1", CONCEPT));

    assertThat(read.findings()).isZero();
    DraftOrder order = only(read);
    assertThat(order.reference()).isEqualTo("MedicationRequest/m1");
    assertThat(order.codes()).containsExactlyInAnyOrder(METFORMIN, LOCAL);
    assertThat(order.text()).isEqualTo("Metformin 1 g");
  }

  @Test
  void aDisplayStandsInForTheText() {
    String concept =
        "\"medicationCodeableConcept\":{\"coding\":[{\"code\":\"1\"},{\"code\":\"2\",\"display\":\"Two\"}]}";

    assertThat(only(sign(order("m1", concept))).text()).isEqualTo("Two");
  }

  @Test
  void aContainedMedicationIsResolved() {
    String body =
        """
        "contained":[{"resourceType":"Medication","id":"other","code":{"text":"no"}},
         {"resourceType":"Medication","id":"med","code":{"text":"Metformin",
          "coding":[{"system":"urn:oid:1.2.3.4","code":"MET1000"}]}}],
        "medicationReference":{"reference":"#med","display":"not asked"}""";

    DraftOrder order = only(sign(order("m1", body)));

    assertThat(order.codes()).containsExactly(LOCAL);
    assertThat(order.text()).isEqualTo("Metformin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Medication/med",
        "Medication/med/_history/2",
        EHR + "/Medication/med",
        "urn:uuid:6d1e3a62-3a3a-4d3c-a51e-06b2a2bb1a01"
      })
  void aMedicationOfTheSameBundleIsResolvedAndIsNoOrder(String reference) {
    String medication =
        """
        {"fullUrl":"urn:uuid:6d1e3a62-3a3a-4d3c-a51e-06b2a2bb1a01","resource":
         {"resourceType":"Medication","id":"med",
         "code":{"coding":[{"system":"urn:oid:1.2.3.4","code":"MET1000"}]}}}""";
    String order = order("m1", "\"medicationReference\":{\"reference\":\"" + reference + "\"}");

    DraftOrders read = DraftOrders.all(bundle(entry(order), medication), "at", around());

    assertThat(only(read).codes()).containsExactly(LOCAL);
  }

  @Test
  void aMedicationOfPrefetchIsResolved() {
    JsonNode prefetched =
        json(
            """
            {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Medication","id":"med",
             "code":{"coding":[{"system":"urn:oid:1.2.3.4","code":"MET1000"}]}}}]}""");

    DraftOrders read =
        DraftOrders.all(
            bundle(
                entry(order("m1", "\"medicationReference\":{\"reference\":\"Medication/med\"}"))),
            "at",
            new Surroundings("p1", EHR, List.of(prefetched)));

    assertThat(only(read).codes()).containsExactly(LOCAL);
  }

  @Test
  void ingredientsCountButExcipientsDoNot() {
    String body =
        """
        "contained":[{"resourceType":"Medication","id":"med","ingredient":[
          {"itemCodeableConcept":{"coding":[{"system":"urn:oid:1.2.3.4","code":"MET1000"}]}},
          {"itemCodeableConcept":{"coding":[{"code":"water"}]},"isActive":false}]}],
        "medicationReference":{"reference":"#med"}""";

    assertThat(only(sign(order("m1", body))).codes()).containsExactly(LOCAL);
  }

  @Test
  void aMedicationThatNobodyKnowsLeavesItsNameAndNoCode() {
    DraftOrders read =
        sign(
            order(
                "m1",
                "\"medicationReference\":{\"reference\":\"Medication/x\",\"display\":\"Metformin\"}"));

    assertThat(only(read).codes()).isEmpty();
    assertThat(only(read).text()).isEqualTo("Metformin");
    assertThat(read.findings()).isZero();
  }

  /** The public sandbox writes {@code category} as an object where R4 has a list. */
  @Test
  void whatIsWrongElsewhereInAnOrderDoesNotHideItsDrug() {
    String body =
        CONCEPT
            + """
            ,"category":{"coding":[{"code":"community"}]},"authoredOn":"yesterday",
            "extension":{"com.vendor":1},"dosageInstruction":[{"doseQuantity":{"value":"many"}}]""";

    assertThat(only(sign(order("m1", body))).codes()).contains(METFORMIN);
  }

  @Test
  void otherOrdersKeepTheirCodes() {
    String service =
        """
        {"resourceType":"ServiceRequest","id":"s1","subject":{"reference":"Patient/p1"},
         "code":{"coding":[{"system":"http://loinc.org","code":"2160-0"}],"text":"Creatinine"}}""";
    String diet =
        """
        {"resourceType":"NutritionOrder","id":"n1","patient":{"reference":"Patient/p1"},
         "oralDiet":{"type":[{"text":"Pureed"}]},
         "supplement":[{"type":{"coding":[{"system":"urn:x","code":"1040"}],"text":"Pudding"}}]}""";

    DraftOrders read = sign(service, diet);

    assertThat(read.orders())
        .containsExactly(
            new DraftOrder("ServiceRequest/s1", List.of(Code.loinc("2160-0")), "Creatinine"),
            new DraftOrder(
                "NutritionOrder/n1", List.of(Code.of("urn:x", "1040")), "Pureed, Pudding"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "a concept that is text; \"medicationCodeableConcept\":\"metformin\"",
        "codings that are an object; \"medicationCodeableConcept\":{\"coding\":{\"code\":\"1\"}}",
        "a code that is a number; \"medicationCodeableConcept\":{\"coding\":[{\"code\":860975}]}",
        "a control character; \"medicationCodeableConcept\":{\"text\":\"a\\u0001b\"}",
        "a reference that is text; \"medicationReference\":\"Medication/med\"",
        "a modifier; \"modifierExtension\":[{\"url\":\"urn:not\"}]",
        "implicit rules; \"implicitRules\":\"urn:rules\""
      })
  void whatCannotBeReadIsAnOrderWithoutCodes(String name, String body) {
    DraftOrders read = sign(order("m1", body), order("m2", CONCEPT));

    assertThat(read.findings()).isEqualTo(1);
    assertThat(read.orders().get(0))
        .isEqualTo(new DraftOrder("MedicationRequest/m1", List.of(), ""));
    assertThat(read.orders().get(1).codes()).contains(METFORMIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"resource\":null}", "{\"resource\":\"x\"}", "{\"resource\":{}}", "7"})
  void anEntryWithoutAResourceIsAnOrderWithoutCodes(String entry) {
    DraftOrders read = DraftOrders.all(bundle(entry), "at", around());

    assertThat(read.findings()).isEqualTo(1);
    assertThat(read.orders()).containsExactly(new DraftOrder(DraftOrders.UNKNOWN, List.of(), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"doNotPerform\":true",
        "\"status\":\"cancelled\"",
        "\"status\":\"entered-in-error\"",
        "\"status\":\"stopped\"",
        "\"status\":\"revoked\""
      })
  void whatAsksForNothingIsNoOrder(String withdrawn) {
    assertThat(sign(order("m1", CONCEPT + "," + withdrawn)).orders()).isEmpty();
  }

  @Test
  void onlyWhatWasSelectedIsLookedAt() {
    DraftOrders read =
        select(List.of("MedicationRequest/m2"), order("m1", CONCEPT), order("m2", ""));

    assertThat(read.orders())
        .extracting(DraftOrder::reference)
        .containsExactly("MedicationRequest/m2");
    assertThat(read.findings()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"m2", "MedicationRequest/m2/_history/1", EHR + "/MedicationRequest/m2"})
  void aSelectionInAnotherFormIsUnderstood(String selection) {
    DraftOrders read = select(List.of(selection), order("m1", ""), order("m2", CONCEPT));

    assertThat(only(read).reference()).isEqualTo("MedicationRequest/m2");
    assertThat(read.findings()).isZero();
  }

  /** A large vendor's drafts have ids of some 200 characters. */
  @Test
  void anIdLongerThanFhirAllowsIsUnderstood() {
    String id = "ewfT.RiR-f_".repeat(20);

    DraftOrders read = select(List.of("MedicationRequest/" + id), order(id, CONCEPT));

    assertThat(only(read).reference()).isEqualTo("MedicationRequest/" + id);
    assertThat(only(read).codes()).contains(METFORMIN);
  }

  @Test
  void aSelectionByFullUrlIsUnderstood() {
    String url = "urn:uuid:6d1e3a62-3a3a-4d3c-a51e-06b2a2bb1a01";
    String entry = "{\"fullUrl\":\"" + url + "\",\"resource\":" + order("m1", CONCEPT) + "}";

    assertThat(only(DraftOrders.selected(bundle(entry), List.of(url), "at", around())).codes())
        .contains(METFORMIN);
  }

  /** Silence about it would look like approval, and a refusal would silence the others too. */
  @Test
  void aSelectionThatIsNotThereIsAnOrderWithoutCodes() {
    DraftOrders read =
        select(
            List.of("MedicationRequest/m1", "MedicationRequest/gone", "?"), order("m1", CONCEPT));

    assertThat(read.findings()).isEqualTo(2);
    assertThat(read.orders().get(0).codes()).contains(METFORMIN);
    assertThat(read.orders().subList(1, 3))
        .containsExactly(
            new DraftOrder("MedicationRequest/gone", List.of(), ""),
            new DraftOrder(DraftOrders.UNKNOWN, List.of(), ""));
  }

  @Test
  void aSelectionIsTakenOnceAndAMedicationIsNone() {
    DraftOrders twice =
        select(List.of("MedicationRequest/m1", "MedicationRequest/m1"), order("m1", CONCEPT));
    DraftOrders medication =
        select(List.of("Medication/x"), "{\"resourceType\":\"Medication\",\"id\":\"x\"}");

    assertThat(twice.orders()).hasSize(1);
    assertThat(only(medication)).isEqualTo(new DraftOrder("Medication/x", List.of(), ""));
    assertThat(medication.findings()).isEqualTo(1);
  }

  @Test
  void anUnreadableEntryIsToldAlsoIfItWasNotSelected() {
    DraftOrders read = select(List.of("MedicationRequest/m1"), order("m1", CONCEPT), "{}");

    assertThat(read.orders()).hasSize(1);
    assertThat(read.findings()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "subject, Patient/p2, true",
    "patient, Patient/p2, true",
    "for, Patient/p2, true",
    "subject, https://other.example.org/fhir/Patient/p1, true",
    "subject, Group/p1, true",
    "subject, Patient/p1, false",
    "subject, https://ehr.example.org/fhir/Patient/p1, false",
    "subject, urn:uuid:6d1e3a62-3a3a-4d3c-a51e-06b2a2bb1a01, false"
  })
  void anotherPatientIsToldWithItsPlace(String field, String reference, boolean anothers) {
    String order =
        "{\"resourceType\":\"ServiceRequest\",\"id\":\"s\",\""
            + field
            + "\":{\"reference\":\""
            + reference
            + "\"}}";

    DraftOrders read = select(List.of(), order("m1", CONCEPT), order);

    assertThat(read.otherPatient())
        .isEqualTo(anothers ? List.of("at.entry[1].resource") : List.of());
  }

  @Test
  void anOrderThatWasPlacedIsKnownIfPrefetchBroughtIt() {
    JsonNode known =
        json(
            """
            {"resourceType":"ServiceRequest","id":"s1",
             "code":{"coding":[{"system":"http://loinc.org","code":"2160-0"}]}}""");

    DraftOrders read =
        DraftOrders.dispatched(
            List.of("ServiceRequest/s1", "ServiceRequest/s2"),
            new Surroundings("p1", EHR, List.of(known)));

    assertThat(read.orders())
        .containsExactly(
            new DraftOrder("ServiceRequest/s1", List.of(Code.loinc("2160-0")), ""),
            new DraftOrder("ServiceRequest/s2", List.of(), ""));
    assertThat(read.findings()).isZero();
  }

  @Test
  void aDrugThatWasFetchedAddsItsCodesAndNameOnce() {
    String named = "\"medicationReference\":{\"reference\":\"%s\"%s}";
    DraftOrders read =
        sign(
            order("m1", named.formatted("Medication/met", ",\"display\":\"As ordered\"")),
            order("m2", named.formatted(EHR + "/Medication/met", "")),
            order("m3", named.formatted("Medication/gone", "")),
            order("m4", CONCEPT));
    JsonNode medication =
        json(
            """
            {"resourceType":"Medication","id":"met","code":{"text":"Metformin",
             "coding":[{"system":"urn:oid:1.2.3.4","code":"MET1000"}]}}""");

    DraftOrders resolved = read.with(Map.of("Medication/met", medication));

    assertThat(read.unresolved())
        .isEqualTo(Map.of(0, "Medication/met", 1, "Medication/met", 2, "Medication/gone"));
    assertThat(resolved.unresolved()).isEqualTo(Map.of(2, "Medication/gone"));
    assertThat(resolved.orders())
        .containsExactly(
            new DraftOrder("MedicationRequest/m1", List.of(LOCAL), "As ordered"),
            new DraftOrder("MedicationRequest/m2", List.of(LOCAL), "Metformin"),
            new DraftOrder("MedicationRequest/m3", List.of(), ""),
            read.orders().get(3));
    assertThat(read.with(Map.of("Medication/met", json("{}")))).isEqualTo(read);
  }

  @Test
  void aTextIsCutAndNeverPrinted() {
    String concept = "\"medicationCodeableConcept\":{\"text\":\"" + "é".repeat(400) + "\"}";
    DraftOrders read = sign(order("m1", concept));

    assertThat(only(read).text()).hasSize(255).endsWith("…");
    assertThat(read.toString()).doesNotContain("é");
  }

  private static DraftOrder only(DraftOrders read) {
    assertThat(read.orders()).hasSize(1);
    return read.orders().get(0);
  }

  private static Surroundings around() {
    return new Surroundings("p1", EHR, List.of());
  }

  private static DraftOrders sign(String... resources) {
    return DraftOrders.all(bundle(entries(resources)), "at", around());
  }

  private static DraftOrders select(List<String> selections, String... resources) {
    return DraftOrders.selected(bundle(entries(resources)), selections, "at", around());
  }

  private static String[] entries(String... resources) {
    return List.of(resources).stream().map(DraftOrdersTest::entry).toArray(String[]::new);
  }

  private static String entry(String resource) {
    return "{\"resource\":" + resource + "}";
  }

  private static String order(String id, String body) {
    return "{\"resourceType\":\"MedicationRequest\",\"id\":\""
        + id
        + "\",\"subject\":{\"reference\":\"Patient/p1\"}"
        + (body.isEmpty() ? "" : "," + body)
        + "}";
  }

  private static JsonNode bundle(String... entries) {
    return json("{\"resourceType\":\"Bundle\",\"entry\":[" + String.join(",", entries) + "]}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
