package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardTest {
  private final World world = new World();

  /** Checklist: 23, 25, 26, 28. */
  @Test
  @DisplayName("23, 25, 26, 28: PREVENT's published example through prefetch gives 14.7 %")
  void showsThePublishedNumber() {
    JsonNode card = world.card(CallBuilder.example());

    assertThat(card.path("summary").asText())
        .isEqualTo("10-year risk of cardiovascular disease 14.7 % (PREVENT 2023)")
        .hasSizeLessThan(140);
    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(UUID.fromString(card.path("uuid").asText()).toString())
        .isEqualTo(card.path("uuid").asText());
    assertThat(world.journal.entries).hasSize(1);
  }

  /** Checklist: 27. */
  @Test
  @DisplayName(
      "27: the detail says the number, its meaning, reasons with value, unit, date, version")
  void detailSaysWhatAPhysicianNeeds() {
    String detail = world.card(CallBuilder.example()).path("detail").asText();

    assertThat(detail)
        .startsWith("**10-year risk of cardiovascular disease: 14.7 %**")
        .contains("That is about 15 of 100 people.")
        .contains("10-year risk of heart failure 8.1 %")
        .contains("| diabetes | yes | 1 Jan 2015 (+01:00) | raises it most |")
        .contains("| systolic blood pressure | 160 mmHg | 3 May 2024, 10:00 (+02:00) | raises it |")
        .contains("| age | 50 years |")
        .contains("lowers it")
        .contains("Reference patient: age 55 years, same sex")
        .contains("Made 1 Jun 2024, 14:00 (+02:00) by PREVENT 2023 base model, version 1.0.0")
        .doesNotContain("could not be read")
        .doesNotContain("Not available")
        .doesNotContain("Mustermann");
  }

  /** Checklist: 29, 30, 34, 38. */
  @Test
  @DisplayName("29, 30, 34, 38: source, absolute url, override reasons with system, code, display")
  void namesItsSourceAndReasonsToOverride() {
    JsonNode card = world.card(CallBuilder.example());

    assertThat(card.path("source").path("label").asText()).isEqualTo("PREVENT 2023");
    assertThat(URI.create(card.path("source").path("url").asText()).isAbsolute()).isTrue();
    assertThat(card.path("overrideReasons")).isNotEmpty();
    for (JsonNode reason : card.path("overrideReasons")) {
      assertThat(reason.path("system").asText()).isNotBlank();
      assertThat(reason.path("code").asText()).isNotBlank();
      assertThat(reason.path("display").asText()).isNotBlank();
    }
    assertThat(card.has("suggestions")).isFalse();
    assertThat(card.has("selectionBehavior")).isFalse();
  }

  /** Checklist: 39. */
  @Test
  @DisplayName("39: the machine-readable explanation adds up and cites its evidence")
  void explanationAddsUp() {
    JsonNode explanation =
        world.card(CallBuilder.example()).path("extension").path("org.auscult.explanation");

    assertThat(explanation.path("prediction").asText())
        .isEqualTo(world.journal.entries.get(0).id() + ".0");
    assertThat(explanation.path("outputs")).hasSize(3);
    for (JsonNode output : explanation.path("outputs")) {
      double sum = output.path("base").asDouble();
      for (JsonNode contribution : output.path("contributions")) {
        sum += contribution.path("phi").asDouble();
      }
      assertThat(sum).isCloseTo(output.path("margin").asDouble(), within(1e-9));
    }
    assertThat(explanation.path("call").asText())
        .isEqualTo(world.journal.entries.get(0).id().toString());
    assertThat(explanation.path("indexTime").asText()).isEqualTo("2024-06-01T12:00:00Z");
    assertThat(explanation.has("unreadable")).isFalse();
    JsonNode cholesterol = named(explanation, "total-c");
    assertThat(cholesterol.path("value").asDouble()).isEqualTo(200);
    assertThat(cholesterol.path("effective").asText()).isEqualTo("2024-05-03T08:00:00Z");
    assertThat(cholesterol.path("evidence").path(0).asText())
        .isEqualTo("https://ehr.example.org/fhir/Observation/o1/_history/1");
    assertThat(named(explanation, "smoking").path("text").asText()).isEqualTo("Never smoked");
    assertThat(named(explanation, "statin").has("evidence")).isFalse();
  }

  private static JsonNode named(JsonNode explanation, String input) {
    for (JsonNode one : explanation.path("inputs")) {
      if (one.path("input").asText().equals(input)) {
        return one;
      }
    }
    throw new AssertionError("no input " + input);
  }

  /** Checklist: 39. */
  @Test
  @DisplayName("39: what was missing is machine-readable too, and how much could not be read")
  void explanationSaysWhatWasMissing() {
    CallBuilder call = CallBuilder.example();
    call.resource("observation", 3).put("status", "splendid");
    JsonNode explanation = world.card(call).at("/extension/org.auscult.explanation");

    assertThat(explanation.path("unreadable").asInt()).isEqualTo(1);
    assertThat(explanation.path("notAssessed")).hasSize(1);
    assertThat(explanation.at("/notAssessed/0/input").asText()).isEqualTo("bmi");
    assertThat(explanation.at("/notAssessed/0/code").asText()).isEqualTo("search-incomplete");
    assertThat(explanation.has("outputs")).isFalse();
  }

  /** Checklist: 2. */
  @Test
  @DisplayName("2: no null and no empty property")
  void hasNothingNullOrEmpty() {
    assertNothingEmpty(world.card(CallBuilder.example()));
    assertNothingEmpty(
        new World().card(CallBuilder.example().with(c -> c.prefetch.putNull("observation"))));
  }

  private static void assertNothingEmpty(JsonNode node) {
    assertThat(node.isNull()).isFalse();
    if (node.isContainerNode()) {
      assertThat(node).as(node.toString()).isNotEmpty();
      node.forEach(CardTest::assertNothingEmpty);
    } else {
      assertThat(node.asText()).isNotEmpty();
    }
  }

  /** Checklist: 28. */
  @ParameterizedTest(name = "systolic {0} gives {1}")
  @CsvSource({"110,info,6.9", "160,warning,14.7", "200,critical,27.7"})
  @DisplayName("28: the indicator follows the thresholds")
  void indicatorFollowsThresholds(String systolic, String indicator, String unused) {
    CallBuilder call = CallBuilder.example();
    call.entries("observation").remove(2);
    call.entries("observation")
        .addObject()
        .set("resource", CallBuilder.bloodPressure("o3", systolic));

    assertThat(world.card(call).path("indicator").asText()).isEqualTo(indicator);
  }

  /** Safety: 25. */
  @Test
  @DisplayName("rule 25: the same hookInstance gives the same cards, and is stored once")
  void aRetryGivesTheSameCards() {
    String first = world.call(CallBuilder.example()).body();
    CallBuilder retry = CallBuilder.example();
    retry.entries("observation").remove(2);
    retry
        .entries("observation")
        .addObject()
        .set("resource", CallBuilder.bloodPressure("o3", "120"));

    assertThat(world.call(retry).body()).isEqualTo(first);
    assertThat(world.journal.entries).hasSize(1);
  }

  /** Safety: 25. */
  @Test
  @DisplayName("rule 25: a retry gives the same cards also where its data would not do any more")
  void aRetryWithoutDataGivesTheSameCards() {
    CallBuilder without = CallBuilder.example();
    without.call.remove("prefetch");
    assertThat(world.call(without).status()).as("without an answer before").isEqualTo(412);
    String first = world.call(CallBuilder.example()).body();

    assertThat(world.call(without).status()).isEqualTo(200);
    assertThat(world.call(without).body()).isEqualTo(first);
    assertThat(world.journal.entries).hasSize(1);
  }

  /** Safety: 25. */
  @Test
  @DisplayName("rule 25: the same hookInstance for another patient is another call")
  void aRetryIsOfTheSamePatient() {
    world.call(CallBuilder.example());
    CallBuilder other =
        CallBuilder.example().with(c -> c.call.put("fhirServer", "https://b.org/f"));
    other.resource("condition", 0).withObject("/subject").put("reference", "Patient/p1");
    world.call(other);

    assertThat(world.journal.entries).hasSize(2);
  }

  /** Safety: 10. */
  @Test
  @DisplayName("rule 10: not eligible gives no card, and the reason is stored")
  void notEligibleGivesNoCard() {
    CallBuilder call = CallBuilder.example();
    call.entries("condition").addObject().set("resource", CallBuilder.condition("c2", "22298006"));

    assertThat(world.cards(call)).isEmpty();
    assertThat(world.journal.entries.get(0).runs().get(0).result()).isInstanceOf(NotEligible.class);
  }

  /** Safety: 10. */
  @Test
  @DisplayName("rule 10: eligible but data missing gives an info card that says what")
  void missingDataGivesAnInfoCard() {
    CallBuilder call = CallBuilder.example();
    call.entries("observation").remove(5);
    JsonNode card = world.card(call);

    assertThat(card.path("indicator").asText()).isEqualTo("info");
    assertThat(card.path("summary").asText())
        .isEqualTo(
            "10-year risk of cardiovascular disease not assessed: current smoking (PREVENT 2023)");
    assertThat(card.path("detail").asText()).contains("does not mean that the risk is low");
  }

  /** Checklist: 27. */
  @Test
  @DisplayName("27: what stood in for a missing value is said; the card is the model's own run")
  void saysWhatStoodIn() {
    CallBuilder call = CallBuilder.example();
    call.entries("observation").remove(4);
    call.entries("observation")
        .addObject()
        .set("resource", CallBuilder.quantity("o7", "2160-0", "0.8", "mg/dL"));
    JsonNode card = world.card(call);

    assertThat(world.journal.entries.get(0).runs()).hasSize(2);
    assertThat(card.path("uuid").asText()).endsWith("02");
    assertThat(card.path("detail").asText())
        .containsPattern("Not available: eGFR \\(.*\\), calculated instead by CKD-EPI 2021");
    assertThat(card.at("/extension/org.auscult.explanation/prediction").asText()).endsWith(".1");
    assertThat(
            named(card.at("/extension/org.auscult.explanation"), "egfr").path("fromModel").asText())
        .isEqualTo(PreventExample.CKD_EPI);
  }

  /** Safety: 10. */
  @Test
  @DisplayName(
      "rule 10: a value outside the model's range gives an info card, not a clamped number")
  void outOfRangeGivesAnInfoCard() {
    CallBuilder call = CallBuilder.example();
    call.entries("observation").remove(3);
    call.entries("observation")
        .addObject()
        .set("resource", CallBuilder.quantity("o4", "39156-5", "52", "kg/m2"));
    JsonNode card = world.card(call);

    assertThat(card.path("indicator").asText()).isEqualTo("info");
    assertThat(card.path("detail").asText()).contains("body mass index lies outside");
  }

  /** Checklist: 26. */
  @Test
  @DisplayName("26: a summary stays short however much is missing")
  void summaryStaysShort() {
    JsonNode card = world.card(CallBuilder.example().with(c -> c.prefetch.putNull("observation")));

    assertThat(card.path("summary").asText()).hasSizeLessThan(140).contains(" more (PREVENT 2023)");
  }

  /** Safety: 35. */
  @Test
  @DisplayName("rule 35: text of the record is escaped in Markdown")
  void textOfTheRecordIsEscaped() {
    CallBuilder call = CallBuilder.example();
    call.entries("observation").remove(5);
    call.entries("observation")
        .addObject()
        .set(
            "resource",
            CallBuilder.smoking(
                "449868002", "[x](javascript:alert) <img src=a> | www.evil.org https://b.c"));

    assertThat(world.card(call).path("detail").asText())
        .contains(
            "| \\[x\\](javascript:alert) \\<img src=a\\> \\| www\\.evil\\.org https\\://b\\.c |");
  }

  @Test
  @DisplayName("store first, show second: without the journal no call and no feedback is answered")
  void withoutTheJournalNothingIsAnswered() {
    String card = world.card(CallBuilder.example()).path("uuid").asText();
    world.journal.unreachable = true;

    assertThat(world.call(CallBuilder.example()).status()).isEqualTo(503);
    byte[] feedback =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2024-06-01T12:01:00Z"}]}
        """
            .formatted(card)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(world.endpoint.feedback("cvd-risk", feedback).status()).isEqualTo(503);
  }

  @Test
  @DisplayName("store first, show second: what cannot be stored is not shown")
  void nothingIsShownThatIsNotStored() {
    world.journal.broken = true;
    HookAnswer answer = world.call(CallBuilder.example());

    assertThat(answer.status()).isEqualTo(503);
    assertThat(CallBuilder.read(answer.body()).path("resourceType").asText())
        .isEqualTo("OperationOutcome");
    assertThat(answer.body()).doesNotContain("cards").doesNotContain("Mustermann");
  }
}
