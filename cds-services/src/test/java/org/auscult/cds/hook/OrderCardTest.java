package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.auscult.cds.caller.CallerAccess;
import org.auscult.cds.caller.CallerRecord;
import org.auscult.cds.client.Clients;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Wanted;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OrderCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.display.DisplayRules;
import org.auscult.order.OrderFinding.Kind;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.fhir.ShippedDefinitions;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.FeedbackResult;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.OrderRun;
import org.junit.jupiter.api.Test;

/**
 * Orders held against the shipped table of rules. Safety: 13. Checklist: 33, 35, 36. A man of 74,
 * of 80 kg and 175 cm.
 */
class OrderCardTest {
  private static final RegisteredOrderRules RULES = ShippedDefinitions.orderRules("renal-dosing");
  private static final String METFORMIN = "6809";
  private static final String DABIGATRAN = "1037042";
  private static final String PATIENT = "pat1";

  private final World world = world(FailureDisplay.NOT_ASSESSED);

  private static World world(FailureDisplay onFailure) {
    Deployment deployment =
        new Deployment(
            "https://example.org/kidneys",
            "1",
            "kidneys",
            List.of(Hook.ORDER_SELECT, Hook.ORDER_SIGN),
            "t",
            "d",
            null,
            onFailure,
            List.of(
                new ModelCard(
                    PreventExample.CKD_EPI,
                    "CKD-EPI 2021",
                    "It is context.",
                    "https://example.org",
                    List.of(new OutputText("egfr", "eGFR", null)),
                    Place.CONTEXT,
                    null)),
            new OrderCard(
                RULES.rules().canonical(), "Renal dosing", "Nothing else.", "https://example.org"),
            List.of(),
            DisplayRules.NONE,
            Duration.ofSeconds(20),
            Recording.NEVER,
            null);
    return new World(
        List.of(deployment),
        Clients.NONE,
        canonical ->
            canonical.equals(RULES.rules().canonical()) ? Optional.of(RULES) : Optional.empty());
  }

  private static JsonNode creatinine(String value, Duration ago) {
    Instant at = World.NOW.minus(ago);
    JsonNode one =
        CallBuilder.quantity("c" + ago.toHours(), "2160-0", value, "mg/dL", at.toString());
    ((ObjectNode) one.path("subject")).put("reference", "Patient/" + PATIENT);
    return one;
  }

  private static JsonNode order(String id, String rxnorm, String text) {
    return CallBuilder.read(
        """
        {"resourceType":"MedicationRequest","id":"%s","status":"draft","intent":"order",
         "subject":{"reference":"Patient/%s"},"medicationCodeableConcept":{%s"text":"%s"}}
        """
            .formatted(
                id,
                PATIENT,
                rxnorm.isEmpty()
                    ? ""
                    : "\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\","
                        + "\"code\":\""
                        + rxnorm
                        + "\"}],",
                text));
  }

  private static ObjectNode call(String hook, List<JsonNode> orders, JsonNode... observations) {
    List<JsonNode> all = new ArrayList<>(List.of(observations));
    for (JsonNode size :
        List.of(
            CallBuilder.quantity("w", "29463-7", "80", "kg", "2024-05-01T08:00:00Z"),
            CallBuilder.quantity("h", "8302-2", "175", "cm", "2024-05-01T08:00:00Z"))) {
      ((ObjectNode) size.path("subject")).put("reference", "Patient/" + PATIENT);
      all.add(size);
    }
    ObjectNode call =
        (ObjectNode)
            CallBuilder.read(
                """
                {"hook":"%s","hookInstance":"%s","context":{"userId":"Practitioner/u1",
                 "patientId":"%s","encounterId":"e9"},"prefetch":{"patient":{"resourceType":
                 "Patient","id":"%s","gender":"male","birthDate":"1950-03-07"}}}
                """
                    .formatted(hook, UUID.randomUUID(), PATIENT, PATIENT));
    ObjectNode context = (ObjectNode) call.path("context");
    context.set("draftOrders", CallBuilder.bundle(orders.toArray(JsonNode[]::new)));
    ObjectNode prefetch = (ObjectNode) call.path("prefetch");
    prefetch.set("observation", CallBuilder.bundle(all.toArray(JsonNode[]::new)));
    prefetch.set("condition", CallBuilder.bundle());
    prefetch.set("procedure", CallBuilder.bundle());
    return call;
  }

  private static JsonNode cards(World world, ObjectNode call) {
    HookAnswer answer =
        world.endpoint.call("kidneys", call.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return CallBuilder.read(answer.body()).path("cards");
  }

  private OrderRun orders() {
    return Objects.requireNonNull(world.journal.entries.get(0).deployments().get(0).orders());
  }

  @Test
  void adviceHasACardOfItsOwnWithItsNumberItsRuleAndWhatItWasMadeOf() {
    JsonNode cards =
        cards(
            world,
            call(
                "order-sign",
                List.of(
                    order("m1", METFORMIN, "metformin *500* mg"),
                    order("m2", DABIGATRAN, "dabigatran")),
                creatinine("2.5", Duration.ofDays(5))));

    assertThat(cards).hasSize(2);
    JsonNode metformin = cards.get(0);
    assertThat(metformin.path("summary").asText())
        .isEqualTo("metformin: avoid, eGFR 26 mL/min/1.73 m² (Renal dosing)");
    assertThat(metformin.path("indicator").asText()).isEqualTo("critical");
    assertThat(metformin.path("detail").asText())
        .contains("Contraindicated: lactic acid")
        .contains("- metformin \\*500\\* mg")
        .contains("| eGFR by CKD-EPI 2021 | 26 mL/min/1.73 m² | 27 May 2024, 14:00 (+02:00) |")
        .contains("| creatinine | 2.5 mg/dL |")
        .contains("Rule: [FDA Drug Safety Communication")
        .contains("2016-04-08")
        .contains("steady state is not known")
        .contains("Context: eGFR 26.")
        .contains("Nothing else.");
    JsonNode dabigatran = cards.get(1);
    assertThat(dabigatran.path("summary").asText())
        .startsWith("dabigatran etexilate: reduce the dose, creatinine clearance 29 mL/min");
    assertThat(dabigatran.path("detail").asText())
        .contains("by Cockcroft–Gault, actual weight")
        .contains("| body weight | 80 kg |")
        .contains("Dose: 75 mg twice daily");
    JsonNode measure = dabigatran.at("/extension/org.auscult.order-check/findings/0/measure");
    assertThat(measure.path("kind").asText()).isEqualTo("cockcroft-gault");
    assertThat(measure.path("weight").asText()).isEqualTo("actual");
    assertThat(measure.path("unit").asText()).isEqualTo("mL/min");
  }

  /** Safety: 34. Advice stays with its number; what it rests on is not said. */
  @Test
  void adviceNamesNothingThatIsUnderSpecialProtection() {
    JsonNode creatinine = creatinine("2.5", Duration.ofDays(5));
    ((ObjectNode) creatinine)
        .putObject("meta")
        .putArray("security")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .put("code", "R");
    List<JsonNode> ordered = List.of(order("m1", METFORMIN, "metformin"));

    String open = cards(world, call("order-sign", ordered, creatinine)).toString();

    assertThat(open)
        .contains("metformin: avoid, eGFR 26 mL/min/1.73 m² (Renal dosing)")
        .contains("This check rests on inputs that are withheld from you")
        .doesNotContain("2.5")
        .doesNotContain("27 May 2024")
        .doesNotContain("2024-05-27")
        .doesNotContain("Observation/" + creatinine.path("id").asText());
    world.mayName = true;
    assertThat(cards(world, call("order-sign", ordered, creatinine)).toString())
        .contains("| creatinine | 2.5 mg/dL |")
        .doesNotContain("withheld");
  }

  @Test
  void theOrderMayBeRemovedByItsOwnId() {
    JsonNode card =
        cards(
                world,
                call(
                    "order-sign",
                    List.of(order("m1", METFORMIN, "metformin")),
                    creatinine("2.5", Duration.ofDays(5))))
            .get(0);

    assertThat(card.path("selectionBehavior").asText()).isEqualTo("any");
    JsonNode action = card.at("/suggestions/0/actions/0");
    assertThat(action.path("type").asText()).isEqualTo("delete");
    assertThat(action.path("resourceId").asText()).isEqualTo("MedicationRequest/m1");
    assertThat(action.has("resource")).isFalse();
    assertThat(card.at("/suggestions/0/uuid").asText()).hasSize(36);
  }

  /** Safety: 25, 26. */
  @Test
  void aUserAcceptsWhatTheCardSuggestsAndNothingElse() {
    JsonNode card =
        cards(
                world,
                call(
                    "order-sign",
                    List.of(order("m1", METFORMIN, "metformin")),
                    creatinine("2.5", Duration.ofDays(5))))
            .get(0);
    String suggestion = card.at("/suggestions/0/uuid").asText();

    assertThat(accepted(card, UUID.randomUUID().toString()))
        .isEqualTo(new FeedbackResult.Refused(FeedbackResult.Reason.NO_SUGGESTION_OF_IT));
    assertThat(world.journal.feedback).isEmpty();
    assertThat(accepted(card, suggestion)).isInstanceOf(FeedbackResult.Taken.class);
    assertThat(world.journal.feedback.get(0).acceptedSuggestions()).containsExactly(suggestion);
  }

  private FeedbackResult accepted(JsonNode card, String suggestion) {
    return world
        .endpoint
        .answers()
        .ofUser(
            Answerer.ofUser("Practitioner/u1", "app"),
            new Feedback(
                UUID.fromString(card.path("uuid").asText()),
                "kidneys",
                Feedback.Outcome.ACCEPTED,
                World.NOW,
                List.of(suggestion),
                null,
                null,
                null,
                null,
                null),
            null);
  }

  @Test
  void unstableKidneysAreSaidOnceForAllAndACreatinineIsOffered() {
    ObjectNode call =
        call(
            "order-sign",
            List.of(order("m1", METFORMIN, "metformin"), order("m2", DABIGATRAN, "dabigatran")),
            creatinine("1.0", Duration.ofHours(40)),
            creatinine("1.3", Duration.ofHours(3)));
    JsonNode cards = cards(world, call);

    assertThat(cards).hasSize(1);
    JsonNode card = cards.get(0);
    assertThat(card.path("summary").asText())
        .startsWith("Renal function unstable: do not dose by it: metformin, dabigatran etexilate");
    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(card.path("detail").asText())
        .contains("**Renal function unstable: creatinine rose from 1.0 mg/dL to 1.3 mg/dL")
        .doesNotContain("Context:");
    JsonNode order = card.at("/suggestions/0/actions/0/resource");
    assertThat(card.at("/suggestions/0/isRecommended").asBoolean()).isTrue();
    assertThat(order.path("resourceType").asText()).isEqualTo("ServiceRequest");
    assertThat(order.path("status").asText()).isEqualTo("draft");
    assertThat(order.path("intent").asText()).isEqualTo("proposal");
    assertThat(order.at("/code/coding/0/code").asText()).isEqualTo("2160-0");
    assertThat(order.at("/subject/reference").asText()).isEqualTo("Patient/" + PATIENT);
    assertThat(order.at("/encounter/reference").asText()).isEqualTo("Encounter/e9");
    assertThat(order.at("/requester/reference").asText()).isEqualTo("Practitioner/u1");
    assertThat(order.path("authoredOn").asText()).isEqualTo(World.NOW.toString());
    assertThat(cards(world, call)).as("a retry").isEqualTo(cards);
    assertThat(world.journal.entries.get(0).runs().get(0).result())
        .as("the context is not eligible")
        .isInstanceOf(NotEligible.class);
  }

  @Test
  void whatNobodyCanTellIsSaidNotToBeChecked() {
    JsonNode card =
        cards(
                world,
                call(
                    "order-sign",
                    List.of(order("m1", "", "the _blue_ pill"), order("m2", "", "")),
                    creatinine("0.8", Duration.ofDays(5))))
            .get(0);

    assertThat(card.path("summary").asText())
        .isEqualTo(
            "Not checked against renal function: the _blue_ pill, an order without a name"
                + " (Renal dosing)");
    assertThat(card.path("detail").asText())
        .contains("This does not mean that they are safe")
        .contains("- the \\_blue\\_ pill");
    assertThat(card.has("suggestions")).isFalse();
  }

  @Test
  void whatWasCheckedAndIsClearIsSilentAndStored() {
    assertThat(
            cards(
                world,
                call(
                    "order-sign",
                    List.of(order("m1", METFORMIN, "metformin")),
                    creatinine("0.8", Duration.ofDays(5)),
                    creatinine("0.8", Duration.ofDays(3)))))
        .isEmpty();
    assertThat(orders().check().findings().get(0).kind()).isEqualTo(Kind.CLEAR);
  }

  @Test
  void missingDataAreSaidUnlessTheDeploymentIsSilent() {
    ObjectNode call = call("order-sign", List.of(order("m1", METFORMIN, "metformin")));
    JsonNode card = cards(world, call).get(0);

    assertThat(card.path("summary").asText())
        .isEqualTo("Renal dosing not assessed: metformin (Renal dosing)");
    assertThat(card.path("detail").asText())
        .contains("This does not mean that the orders are safe")
        .contains("- creatinine: not recorded")
        .contains("Measure creatinine again");
    assertThat(card.at("/suggestions/0/label").asText()).isEqualTo("Order a repeat creatinine");
    assertThat(cards(world(FailureDisplay.SILENT), call)).isEmpty();
  }

  /** Only the caller's server knows what a reference means. */
  @Test
  void aDrugThatIsNamedByReferenceIsReadAndChecked() {
    JsonNode order =
        CallBuilder.read(
            """
            {"resourceType":"MedicationRequest","id":"m1","status":"draft","intent":"order",
             "subject":{"reference":"Patient/%s"},
             "medicationReference":{"reference":"Medication/met","display":"METFORMIN 1 G"}}
            """
                .formatted(PATIENT));
    JsonNode drug =
        CallBuilder.read(
            """
            {"resourceType":"Medication","id":"met","code":{"coding":[
             {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"%s"}]}}
            """
                .formatted(METFORMIN));
    world.callers =
        new CallerRecord() {
          @Override
          public boolean mayRead(String fhirServer) {
            return true;
          }

          @Override
          public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
            return wanted.stream()
                .filter(one -> one.query().equals("Medication/met"))
                .collect(Collectors.toMap(Wanted::key, one -> new Fetched(List.of(drug), null)));
          }
        };
    ObjectNode call = call("order-sign", List.of(order), creatinine("2.5", Duration.ofDays(5)));
    call.put("fhirServer", CallBuilder.EHR);

    assertThat(cards(world, call).at("/0/summary").asText())
        .isEqualTo("metformin: avoid, eGFR 26 mL/min/1.73 m² (Renal dosing)");
  }

  /** order-select advises on what was just selected; sex and other drafts stay out of it. */
  @Test
  void orderSelectAdvisesOnSelectionsOnly() {
    ObjectNode call =
        call(
            "order-select",
            List.of(order("m1", METFORMIN, "metformin"), order("m2", DABIGATRAN, "dabigatran")),
            creatinine("2.5", Duration.ofDays(5)));
    ((ObjectNode) call.path("context")).putArray("selections").add("MedicationRequest/m2");

    JsonNode cards = cards(world, call);

    assertThat(cards).hasSize(1);
    assertThat(cards.get(0).path("summary").asText()).startsWith("dabigatran");
  }

  @Test
  void oneCardOffersWhatIsOfferedOnce() {
    JsonNode cards =
        cards(
            world,
            call(
                "order-sign",
                List.of(order("m0", "", "a pill"), order("m1", METFORMIN, "metformin"))));

    assertThat(cards).hasSize(2);
    assertThat(cards.findValuesAsText("label").stream().filter(l -> l.contains("creatinine")))
        .hasSize(1);
  }
}
