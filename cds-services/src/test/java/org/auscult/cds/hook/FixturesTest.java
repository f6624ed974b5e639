package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.Card.ActionType;
import org.auscult.cds.Card.LinkType;
import org.auscult.cds.Card.SelectionBehavior;
import org.auscult.cds.CvdRisk;
import org.auscult.cds.client.CardParts;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.cds.client.PrefetchRules;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.order.Dosage;
import org.auscult.order.DraftOrder;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.timeline.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plays recorded requests in the styles of calling EHRs; their README says where each is
 * documented.
 *
 * <p>Safety: 27.
 */
class FixturesTest {
  private static final String NUMBER =
      "10-year risk of cardiovascular disease 14.7 % (PREVENT 2023)";
  private static final Code METFORMIN = Code.rxnorm("861004");
  private static final String EPIC_SERVER =
      "https://fhir.example-health.org/interconnect/api/FHIR/R4";

  private static final ClientProfile EPIC = epic(Set.of("4101"));
  private static final ClientProfile ORACLE =
      new ClientProfile(
          "oracle",
          "In Oracle Health's style",
          Set.of("https://oracle.example.org/r4"),
          null,
          Set.of(Hook.PATIENT_VIEW),
          PrefetchRules.AS_ASKED,
          CardParts.VERSION_2,
          ClientProfile.USUAL_BODY_LIMIT);

  private final World world = world(EPIC, ORACLE);

  private static ClientProfile epic(Set<String> harmless) {
    return new ClientProfile(
        "epic",
        "In Epic's style",
        Set.of(EPIC_SERVER),
        "https://hooks.example.org",
        EnumSet.allOf(Hook.class),
        new PrefetchRules(1, false, 0, false, Map.of(), harmless),
        new CardParts(
            true,
            EnumSet.allOf(ActionType.class),
            1,
            false,
            Set.of(SelectionBehavior.ANY),
            false,
            EnumSet.allOf(LinkType.class),
            false,
            false,
            true,
            true),
        ClientProfile.USUAL_BODY_LIMIT);
  }

  /** cvd-risk on every hook. */
  private static World world(ClientProfile... clients) {
    return new World(
        Arrays.stream(Hook.values())
            .map(
                hook -> CvdRisk.deployment(PreventExample.MODEL, hook, FailureDisplay.NOT_ASSESSED))
            .toList(),
        new Clients(ClientProfile.PLAIN, List.of(clients)));
  }

  /** Checklist: 10, 11, 13, 23. */
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource({
    "sandbox/patient-view, default, https://r4.smarthealthit.org",
    "sandbox/order-select, default, https://r4.smarthealthit.org",
    "sandbox/order-sign, default, https://r4.smarthealthit.org",
    "epic-like/patient-view, epic, " + EPIC_SERVER,
    "epic-like/order-select, epic, " + EPIC_SERVER,
    "epic-like/order-sign, epic, " + EPIC_SERVER,
    "oracle-like/patient-view, oracle, "
        + "https://fhir-ehr.example-millennium.com/r4/ec2458f2-1e24-41c8-b71b-0ea57ecdb2f0",
    "athena-like/order-sign, default, https://api.example-ambulatory.com/fhir/r4",
    "athena-like/appointment-book, default, https://api.example-ambulatory.com/fhir/r4",
    "meditech-like/encounter-discharge, default, "
        + "https://ehr.example-hospital.org/v2/uscore/STU6",
    "argonaut-like/order-select, default, urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "argonaut-like/order-dispatch, default, urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2eb"
  })
  void eachStyleGetsTheSameNumberForTheSamePatient(String fixture, String client, String origin) {
    ObjectNode request = fixture(fixture);

    JsonNode cards = cards(client, request);

    assertThat(cards).hasSize(1);
    JsonNode card = cards.get(0);
    assertThat(card.path("summary").asText()).isEqualTo(NUMBER);
    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(card.at("/source/label").asText()).isEqualTo("PREVENT 2023");
    assertThat(card.path("detail").asText()).contains("That is about 15 of 100 people.");
    JournalEntry entry = world.journal.entries.get(0);
    assertThat(entry.findings()).isZero();
    assertThat(entry.subject().origin()).isEqualTo(origin);
    assertThat(entry.call().hook()).isEqualTo(request.path("hook").asText());
    assertThat(entry.call().instance())
        .isEqualToIgnoringCase(request.path("hookInstance").asText());
    String token = request.at("/fhirAuthorization/access_token").asText("no token");
    assertThat(entry.toString() + cards).doesNotContain(token);
    assertThat(cards(client, request)).as("a retry").isEqualTo(cards);
  }

  /** Checklist: 45. */
  @Test
  void theSandboxDraftsOneOrderAndItsDrugIsUnderstood() {
    DraftOrder metformin =
        new DraftOrder(
            "MedicationRequest/request-123",
            List.of(METFORMIN),
            "metformin hydrochloride 1000 MG Oral Tablet",
            new Dosage("1 {pill}", "1 a day", null));

    assertThat(read("sandbox/order-select").orders()).containsExactly(metformin);
    assertThat(read("sandbox/order-sign").orders()).containsExactly(metformin);
    assertThat(read("sandbox/order-sign").user()).isEqualTo("Practitioner/COREPRACTITIONER1");
    assertThat(read("sandbox/order-sign").encounter()).isNull();
  }

  /** Checklist: 16, 17, 19. */
  @Test
  void theSandboxLeavesOutWhatItCouldNotFetch() {
    HookAnswer answer = call("default", fixture("sandbox/patient-view-failed-prefetch"));

    assertThat(answer.status()).isEqualTo(412);
    JsonNode issue = CallBuilder.read(answer.body()).at("/issue/0");
    assertThat(issue.path("code").asText()).isEqualTo("required");
    assertThat(issue.at("/expression/0").asText()).isEqualTo("prefetch");
    assertThat(issue.path("diagnostics").asText()).contains("prefetch lacks observation.");
    assertThat(world.journal.entries).isEmpty();
  }

  /** Checklist: 40, 41, 42, 43, 44. */
  @Test
  void theSandboxSendsFeedbackOfThreeKinds() {
    JsonNode card = cards("default", fixture("sandbox/patient-view")).get(0);
    JsonNode reason = card.at("/overrideReasons/1");

    assertThat(feedback("sandbox/feedback-dismissed", card)).isEqualTo(new HookAnswer(200, ""));
    assertThat(feedback("sandbox/feedback-reason", card)).isEqualTo(new HookAnswer(200, ""));
    assertThat(feedback("sandbox/feedback-accepted", card)).isEqualTo(new HookAnswer(200, ""));

    assertThat(world.journal.feedback)
        .extracting(Feedback::card)
        .containsOnly(UUID.fromString(card.path("uuid").asText()));
    assertThat(world.journal.feedback)
        .extracting(Feedback::outcome)
        .containsExactly(
            Feedback.Outcome.OVERRIDDEN, Feedback.Outcome.OVERRIDDEN, Feedback.Outcome.ACCEPTED);
    assertThat(world.journal.feedback.get(0).reasonCode()).isNull();
    assertThat(world.journal.feedback.get(1).reasonCode()).isEqualTo(reason.path("code").asText());
    assertThat(world.journal.feedback.get(1).reasonDisplay()).isNull();
    assertThat(world.journal.feedback.get(2).acceptedSuggestions())
        .containsExactly("6b0b7a3c-2f0e-4f0b-8d55-0f6c9b8a1d11");
  }

  /** Checklist: 31, 34, 39. */
  @Test
  void anEpicLikeClientGetsTheCardThatItCanTake() {
    JsonNode card = cards("epic", fixture("epic-like/patient-view")).get(0);

    assertThat(card.has("overrideReasons")).isFalse();
    assertThat(card.at("/source/icon").asText()).isEqualTo("https://hooks.example.org/icon.png");
    assertThat(card.path("extension")).hasSize(1);
    assertThat(card.toString()).doesNotContain("com.epic");
  }

  @Test
  void anEpicLikeClientsDraftsHaveLongIdsAndDrugsByReference() {
    HookRequest select = read("epic-like/order-select");
    HookRequest sign = read("epic-like/order-sign");

    assertThat(select.orders()).hasSize(1);
    DraftOrder metformin = select.orders().get(0);
    assertThat(metformin.reference()).hasSizeGreaterThan(160);
    assertThat(metformin.codes())
        .containsExactlyInAnyOrder(
            METFORMIN, Code.of("urn:oid:1.2.840.114350.1.13.0.1.7.2.698288", "10544"));
    assertThat(metformin.text()).isEqualTo("METFORMIN 1,000 MG PO TABS");
    assertThat(sign.orders()).hasSize(2).contains(metformin);
    assertThat(sign.orders().get(0).codes()).isEmpty();
    assertThat(sign.orders().get(0).text()).isEqualTo("ACETAMINOPHEN 325 MG PO TABS");
    assertThat(sign.findings()).isZero();
  }

  /** Checklist: 18. Safety: 4. */
  @Test
  void aWarningAmongAnswersIsHarmlessOnlyIfTheSiteSaysSo() {
    World wary = world(epic(Set.of()));

    JsonNode card = cards(wary, "epic", fixture("epic-like/patient-view")).get(0);

    assertThat(card.path("summary").asText()).contains("not assessed");
    assertThat(wary.journal.entries.get(0).findings()).isPositive();
  }

  /** Checklist: 17, 19. Safety: 4. */
  @Test
  void partsOfAKeyAreCompleteOnlyTogether() {
    ObjectNode request = fixture("epic-like/patient-view");
    ((ObjectNode) request.path("prefetch")).remove("condition");

    HookAnswer answer = call("epic", request);

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.body()).contains("prefetch lacks condition.");
  }

  /** Checklist: 17. Safety: 4. */
  @Test
  void anOracleLikeNextPageProvesNoAbsence() {
    JsonNode card = cards("oracle", fixture("oracle-like/patient-view-paged")).get(0);

    assertThat(card.path("summary").asText()).contains("not assessed");
    assertThat(card.path("indicator").asText()).isEqualTo("info");
  }

  /** Checklist: 2, 17. */
  @Test
  void anOracleLikeNullSaysThatThereIsNothing() {
    JsonNode card = cards("oracle", fixture("oracle-like/patient-view-null")).get(0);

    assertThat(card.path("summary").asText())
        .startsWith("10-year risk of cardiovascular disease ")
        .isNotEqualTo(NUMBER)
        .doesNotContain("not assessed");
  }

  @Test
  void anOracleLikeClientIsOfferedItsOneHook() {
    JsonNode offered = CallBuilder.read(world.endpoint.discover(ORACLE).body()).path("services");

    assertThat(offered).hasSize(1);
    assertThat(offered.at("/0/hook").asText()).isEqualTo("patient-view");
    HookAnswer refused = call("oracle", fixture("sandbox/order-sign"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("Call it on patient-view.");
  }

  @Test
  void anothersFhirServerAtAClientsPathIsRefused() {
    HookAnswer refused = call("oracle", fixture("epic-like/patient-view"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(CallBuilder.read(refused.body()).at("/issue/0/expression/0").asText())
        .isEqualTo("fhirServer");
    assertThat(world.journal.entries).isEmpty();
  }

  @Test
  void whoCallsAtThePlainPathIsToldByItsServerAndHeldToItsHooks() {
    ObjectNode request = fixture("sandbox/order-sign");
    request.put("fhirServer", "https://oracle.example.org/r4");
    assertThat(call("default", request).status()).isEqualTo(400);
    request.put("hook", "patient-view");

    assertThat(cards("default", request)).hasSize(1);
  }

  /** A page as long as asked for may have been cut there. Checklist: 17. Safety: 4. */
  @Test
  void aFullPageWithoutTotalOrNextProvesNoAbsence() {
    World paging =
        world(plainly("paging", new PrefetchRules(0, true, 10, false, Map.of(), Set.of())));
    ObjectNode request = fixture("oracle-like/patient-view");
    request.put("fhirServer", "https://paging.example.org/r4");
    ObjectNode conditions = (ObjectNode) request.at("/prefetch/condition");
    for (int i = 1; i < 10; i++) {
      conditions.withArray("entry").add(conditions.at("/entry/0").deepCopy());
    }

    assertThat(cards(paging, "paging", request).at("/0/summary").asText()).contains("not assessed");
    conditions.withArray("entry").remove(9);
    request.put("hookInstance", UUID.randomUUID().toString());
    assertThat(cards(paging, "paging", request).at("/0/summary").asText()).isEqualTo(NUMBER);
    conditions.withArray("entry").add(conditions.at("/entry/0").deepCopy());
    conditions.put("total", 10);
    request.put("hookInstance", UUID.randomUUID().toString());
    assertThat(cards(paging, "paging", request).at("/0/summary").asText()).isEqualTo(NUMBER);
  }

  /** Safety: 4. */
  @Test
  void aReplacedQueryThatCouldLeaveSomethingOutProvesNoAbsence() {
    String all = "Condition?patient={{context.patientId}}";
    World whole =
        world(
            plainly(
                "whole",
                new PrefetchRules(0, true, 0, false, Map.of("condition", List.of(all)), Set.of())));
    World narrow =
        world(
            plainly(
                "narrow",
                new PrefetchRules(
                    0,
                    true,
                    0,
                    false,
                    Map.of("condition", List.of(all + "&clinical-status=active")),
                    Set.of())));
    ObjectNode request = fixture("oracle-like/patient-view");

    assertThat(cards(whole, "whole", request).at("/0/summary").asText()).isEqualTo(NUMBER);
    assertThat(cards(narrow, "narrow", request).at("/0/summary").asText()).contains("not assessed");
  }

  private static ClientProfile plainly(String id, PrefetchRules rules) {
    return new ClientProfile(
        id,
        id,
        Set.of(),
        null,
        EnumSet.allOf(Hook.class),
        rules,
        CardParts.VERSION_2,
        ClientProfile.USUAL_BODY_LIMIT);
  }

  @Test
  void anAthenaLikeOrderIsReadWithAllItsCodes() {
    assertThat(read("athena-like/order-sign").orders())
        .satisfiesExactly(
            drug -> {
              assertThat(drug.reference()).isEqualTo("MedicationRequest/a-80000.draft-9");
              assertThat(drug.codes())
                  .containsExactlyInAnyOrder(
                      METFORMIN, Code.of("http://hl7.org/fhir/sid/ndc", "00093-7214-01"));
            },
            test ->
                assertThat(test)
                    .isEqualTo(
                        new DraftOrder(
                            "ServiceRequest/a-80000.draft-10",
                            List.of(Code.loinc("2160-0")),
                            "Creatinine, serum")));
  }

  /** Checklist: 18. Safety: 21. */
  @Test
  void aMeditechLikeRefusalOfOneKeyLeavesTheRest() {
    JsonNode card = cards("default", fixture("meditech-like/encounter-start-list-refused")).get(0);

    assertThat(card.path("summary").asText()).contains("not assessed");
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  @Test
  void anArgonautLikeClientSaysTheLeast() {
    assertThat(read("argonaut-like/order-select").orders())
        .containsExactly(
            new DraftOrder(
                "ServiceRequest/example-request-id",
                List.of(Code.of("http://www.ama-assn.org/go/cpt", "70450")),
                ""));
    HookRequest dispatch = read("argonaut-like/order-dispatch");
    assertThat(dispatch.user()).isNull();
    assertThat(dispatch.orders())
        .containsExactly(new DraftOrder("ServiceRequest/proc002", List.of(), ""));
  }

  private HookAnswer feedback(String fixture, JsonNode card) {
    String body =
        fixture(fixture)
            .toString()
            .replace("CARD", card.path("uuid").asText())
            .replace("REASON", card.at("/overrideReasons/1/code").asText())
            .replace("SYSTEM", card.at("/overrideReasons/1/system").asText());
    return world.endpoint.feedback("cvd-risk", body.getBytes(StandardCharsets.UTF_8));
  }

  private static HookRequest read(String fixture) {
    return EnvelopeReader.read(bytes(fixture(fixture)), EnumSet.allOf(Hook.class));
  }

  private HookAnswer call(String client, ObjectNode request) {
    return call(world, client, request);
  }

  private static HookAnswer call(World world, String client, ObjectNode request) {
    Clients clients = world.endpoint.clients();
    return world.endpoint.call(
        clients.find(client).orElse(clients.plain()), "cvd-risk", bytes(request));
  }

  private JsonNode cards(String client, ObjectNode request) {
    return cards(world, client, request);
  }

  private static JsonNode cards(World world, String client, ObjectNode request) {
    HookAnswer answer = call(world, client, request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return CallBuilder.read(answer.body()).path("cards");
  }

  private static byte[] bytes(ObjectNode request) {
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode fixture(String name) {
    try (InputStream json = FixturesTest.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      return (ObjectNode) CallBuilder.JSON.readTree(Objects.requireNonNull(json, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
