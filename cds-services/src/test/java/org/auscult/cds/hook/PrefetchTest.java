package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.auscult.cds.LocalPatients.Identifier;
import org.auscult.cds.LocalPatients.Identity;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.MissingReason;
import org.auscult.prediction.ModelRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefetchTest {
  private final World world = new World();

  /** A feature of the model itself: its run comes last. */
  private FeatureValue value(String feature) {
    List<ModelRun> runs = world.journal.entries.get(0).runs();
    return runs.get(runs.size() - 1).vector().value(feature).orElseThrow();
  }

  private MissingReason missing(String feature) {
    return ((Missing) value(feature)).reason();
  }

  /** Checklist: 16, 19. */
  @Test
  @DisplayName("16, 19: neither prefetch nor a patient of ours is 412, and it says what to send")
  void withoutDataIs412() {
    HookAnswer answer = world.call(CallBuilder.bare());

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.body()).contains("condition").contains("observation").contains("patient");
    assertThat(world.journal.entries).isEmpty();
  }

  /** Checklist: 17, 19. */
  @Test
  @DisplayName("17, 19: a missing key whose data are needed is 412, naming the key")
  void aMissingKeyIs412() {
    HookAnswer answer = world.call(CallBuilder.example().with(c -> c.prefetch.remove("condition")));

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.body()).contains("lacks condition.");
  }

  /** Checklist: 17. Safety: 4. */
  @Test
  @DisplayName("17: null says that there is nothing, which is an answer")
  void nullIsAnAnswer() {
    world.card(CallBuilder.example().with(c -> c.prefetch.putNull("condition")));

    assertThat(((Present) value("dm")).value()).isZero();
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: an answer with a next page proves no absence")
  void aNextPageProvesNoAbsence() {
    CallBuilder call = CallBuilder.example();
    call.prefetch
        .withObject("/medicationRequest")
        .putArray("link")
        .addObject()
        .put("relation", "next")
        .put("url", "https://ehr.example.org/fhir?page=2");
    world.card(call);

    assertThat(missing("statin")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Present) value("bp-tx")).value()).isEqualTo(1);
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: fewer entries than the total prove no absence")
  void aTruncatedAnswerProvesNoAbsence() {
    CallBuilder call = CallBuilder.example();
    call.prefetch.withObject("/condition").put("total", 7);
    call.resource("condition", 0)
        .withObject("/code")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", "1");
    world.card(call);

    assertThat(missing("dm")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  /** Checklist: 18. */
  @Test
  @DisplayName("18: an OperationOutcome among the entries proves no absence and is counted")
  void anOutcomeAmongEntriesProvesNoAbsence() {
    CallBuilder call = CallBuilder.example();
    call.entries("condition")
        .addObject()
        .putObject("resource")
        .put("resourceType", "OperationOutcome")
        .putArray("issue")
        .addObject()
        .put("severity", "warning")
        .put("code", "suppressed");
    world.card(call);

    assertThat(missing("known-cvd")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(((Present) value("dm")).value()).isEqualTo(1);
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  /** Checklist: 18. */
  @Test
  @DisplayName("18: an OperationOutcome that only informs leaves the answer complete")
  void anOutcomeThatOnlyInformsDoesNoHarm() {
    CallBuilder call = CallBuilder.example();
    ObjectNode outcome = call.entries("condition").addObject().putObject("resource");
    outcome.put("resourceType", "OperationOutcome");
    outcome.putArray("issue").addObject().put("severity", "information").put("code", "x");
    world.card(call);

    assertThat(((Present) value("known-cvd")).value()).isZero();
    assertThat(world.journal.entries.get(0).findings()).isZero();

    outcome.putArray("issue");
    call.call.put("hookInstance", UUID.randomUUID().toString());
    world.journal.entries.clear();
    world.card(call);
    assertThat(missing("known-cvd")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  static Stream<Consumer<ObjectNode>> nobodys() {
    return Stream.of(
        r -> r.remove("id"),
        r -> r.remove("subject"),
        r -> r.putObject("subject").put("display", "a name"),
        r ->
            r.putObject("subject")
                .put("reference", "urn:uuid:0b1f9a4e-7c1d-4a51-8d7e-6f1f2a3b4c5d"),
        r -> r.putObject("subject").put("reference", "#p1"));
  }

  /** Safety: 1. */
  @ParameterizedTest
  @MethodSource("nobodys")
  @DisplayName("rule 1: what does not say whose it is, or what it is, is not used and is counted")
  void aResourceOfNobodyIsNotUsed(Consumer<ObjectNode> change) {
    CallBuilder call = CallBuilder.example();
    change.accept(call.resource("observation", 3));
    world.card(call);

    assertThat(missing("bmi")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  /** Checklist: 18. */
  @Test
  @DisplayName("18: an OperationOutcome instead of an answer is no answer")
  void anOutcomeIsNoAnswer() {
    CallBuilder call = CallBuilder.example();
    call.prefetch.putObject("condition").put("resourceType", "OperationOutcome");
    JsonNode card = world.card(call);

    assertThat(card.path("summary").asText()).contains("not assessed");
    assertThat(missing("dm")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  static Stream<Arguments> badResources() {
    return Stream.of(
        bad("a value that is no number", r -> quantity(r).put("value", "abc")),
        bad("a value of the wrong type", r -> r.put("valueQuantity", "35")),
        bad("a date that is none", r -> r.put("effectiveDateTime", "2024-13-45")),
        bad("no date", r -> r.remove("effectiveDateTime")),
        bad("a control character", r -> r.put("implicitText", "a\u0000b")),
        bad("an unknown status", r -> r.put("status", "splendid")),
        bad("no subject", r -> r.remove("subject")),
        bad("no id", r -> r.remove("id")),
        bad(
            "a modifier extension",
            r -> r.putArray("modifierExtension").addObject().put("url", "x")),
        bad("a number that fills the memory", r -> r.set("valueQuantity", huge())));
  }

  private static Arguments bad(String name, Consumer<ObjectNode> damage) {
    return Arguments.of(name, damage);
  }

  private static ObjectNode quantity(ObjectNode resource) {
    return (ObjectNode) resource.path("valueQuantity");
  }

  private static JsonNode huge() {
    return CallBuilder.JSON
        .createObjectNode()
        .put("value", new BigDecimal("1E+99999999"))
        .put("code", "kg/m2");
  }

  /** Safety: 20, 21. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("badResources")
  @DisplayName(
      "rule 21: one bad resource inside good prefetch: its feature is missing, not the rest")
  void oneBadResourceWithholdsOneFeature(String name, Consumer<ObjectNode> damage) {
    CallBuilder call = CallBuilder.example();
    // An older good value must not stand in for the one that cannot be read.
    call.entries("observation")
        .addObject()
        .set(
            "resource",
            CallBuilder.quantity("o9", "39156-5", "22", "kg/m2", "2020-01-01T00:00:00Z"));
    damage.accept(call.resource("observation", 3));
    JsonNode card = world.card(call);

    assertThat(card.path("summary").asText()).contains("not assessed: body mass index (");
    assertThat(card.path("detail").asText()).contains("1 of the resources");
    assertThat(missing("bmi")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(value("sbp")).isInstanceOf(Present.class);
    assertThat(value("egfr")).isInstanceOf(Present.class);
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  /** Safety: 21. */
  @Test
  @DisplayName("rule 21: a bad resource that no feature reads only counts")
  void anUninterestingBadResourceOnlyCounts() {
    CallBuilder call = CallBuilder.example();
    JsonNode heartRate = CallBuilder.quantity("o8", "8867-4", "\"fast\"", "/min");
    call.entries("observation").addObject().set("resource", heartRate);

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  /** Safety: 4. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"medicationReference\":{\"reference\":\"Medication/x\"}",
        "\"medicationReference\":{\"display\":\"something for the heart\"}",
        "\"medicationCodeableConcept\":{\"text\":\"something for the heart\"}",
        "\"note\":[{\"text\":\"see letter\"}]"
      })
  @DisplayName("rule 4: an order of an unknown drug proves no absence, here and beside our record")
  void anUnknownDrugProvesNoAbsence(String drug) {
    CallBuilder call = CallBuilder.example();
    ObjectNode order = (ObjectNode) CallBuilder.order("m2", "1");
    order.remove("medicationCodeableConcept");
    order.setAll((ObjectNode) CallBuilder.read("{" + drug + "}"));
    call.entries("medicationRequest").addObject().set("resource", order);
    world.card(call);
    assertThat(missing("statin")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);

    world.journal.entries.clear();
    world.record("local7", CallBuilder.condition("c1", "44054006"));
    world.people.put(
        new Identity(List.of(new Identifier("urn:oid:1.2.3", "MRN-1")), "1974-03-01", "female"),
        "local7");
    call.call.put("hookInstance", UUID.randomUUID().toString());
    world.card(call);
    assertThat(world.journal.entries.get(0).subject().id()).isEqualTo("local7");
    assertThat(missing("statin")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
  }

  /** Safety: 13. */
  @Test
  @DisplayName("rule 13: a Medication that came along says what an order is about")
  void anIncludedMedicationIsResolved() {
    CallBuilder call = CallBuilder.example();
    ObjectNode order = (ObjectNode) CallBuilder.order("m2", "1");
    order.remove("medicationCodeableConcept");
    order.putObject("medicationReference").put("reference", "Medication/x");
    call.entries("medicationRequest").addObject().set("resource", order);
    ObjectNode include = call.entries("medicationRequest").addObject();
    include.putObject("search").put("mode", "include");
    include.set(
        "resource",
        CallBuilder.read(
            """
            {"resourceType":"Medication","id":"x","code":{"coding":[
             {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"259255"}]}}
            """));
    world.card(call);

    assertThat(((Present) value("statin")).value()).isEqualTo(1);
  }

  /** Safety: 10. */
  @Test
  @DisplayName("rule 10: what is missing does not refuse a call whose model is not for the patient")
  void aMissingKeyThatNobodyNeedsIsNoRefusal() {
    CallBuilder call = CallBuilder.example();
    call.entries("condition").addObject().set("resource", CallBuilder.condition("c2", "22298006"));
    call.entries("observation").remove(4);
    call.prefetch.remove("medicationRequest");

    assertThat(world.cards(call)).isEmpty();
  }

  /** Safety: 21. */
  @Test
  @DisplayName("rule 21: an unreadable resource that does not say what it is about withholds all")
  void anUnreadableResourceWithoutCodeWithholdsItsKind() {
    CallBuilder call = CallBuilder.example();
    call.resource("observation", 3).put("status", "splendid").remove("code");
    world.card(call);

    assertThat(missing("sbp")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(value("dm")).isInstanceOf(Present.class);
  }

  /** Safety: 21. */
  @Test
  @DisplayName("rule 21: an unreadable panel withholds what its components are about")
  void anUnreadablePanelWithholdsItsComponents() {
    CallBuilder call = CallBuilder.example();
    ObjectNode panel = call.resource("observation", 2);
    ((ObjectNode) panel.at("/code/coding/0")).put("code", "1-8");
    panel.put("status", "splendid");
    world.card(call);

    assertThat(missing("sbp")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(value("bmi")).isInstanceOf(Present.class);
  }

  /** Safety: 21. */
  @Test
  @DisplayName("rule 21: an entry that is no resource counts, and proves no absence")
  void anEntryWithoutTypeProvesNoAbsence() {
    CallBuilder call = CallBuilder.example();
    call.entries("condition").addObject().putObject("resource").put("id", "c9");
    world.card(call);

    assertThat(missing("known-cvd")).isEqualTo(MissingReason.SEARCH_INCOMPLETE);
    assertThat(world.journal.entries.get(0).findings()).isEqualTo(1);
  }

  /** Checklist: 15. */
  @Test
  @DisplayName("15: a searchset's answer may come as null, a Bundle, or a single read")
  void extraKeysAndExtensionsArePassedOver() {
    CallBuilder call = CallBuilder.example();
    call.prefetch.put("vendor", 7);
    call.call.putObject("extension").put("com.vendor.x", "y");
    call.context.putObject("com.vendor.context").put("a", 1);

    assertThat(world.card(call).path("summary").asText()).contains("14.7 %");
  }
}
