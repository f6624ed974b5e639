package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.ModelCard.Place;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Thresholds;
import org.auscult.display.DisplayRules;
import org.auscult.display.WithheldReason;
import org.auscult.prediction.DeploymentRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several deployments answer one service on one hook. */
class SeveralDeploymentsTest {
  private static final ModelCard RISK = CvdRisk.deployment(PreventExample.MODEL).models().get(0);

  private static Deployment deployment(String name, FailureDisplay onFailure, ModelCard... cards) {
    return new Deployment(
        "https://example.org/" + name,
        "1",
        "cvd-risk",
        List.of(Hook.PATIENT_VIEW),
        "Title of " + name,
        "Description of " + name + ".",
        null,
        onFailure,
        List.of(cards),
        null,
        List.of(),
        DisplayRules.NONE,
        Duration.ofSeconds(20),
        Recording.NEVER,
        null);
  }

  private static ModelCard card(
      String model, String output, Thresholds thresholds, Place place, @Nullable String fallback) {
    return new ModelCard(
        model,
        "Label of " + output,
        "It means something.",
        "https://example.org",
        List.of(new OutputText(output, "title of " + output, thresholds, 0.0)),
        place,
        fallback);
  }

  private static ModelCard egfr(double warning) {
    return card(PreventExample.CKD_EPI, "egfr", new Thresholds(warning, 1000), Place.CARD, null);
  }

  private static CallBuilder withCreatinine() {
    CallBuilder call = CallBuilder.example();
    call.entries("observation")
        .addObject()
        .set("resource", CallBuilder.quantity("creatinine", "2160-0", "1.1", "mg/dL"));
    return call;
  }

  @Test
  void theyStandOnceInDiscoveryWithWhatAllNeed() {
    World world =
        new World(
            List.of(
                deployment("one", FailureDisplay.SILENT, RISK),
                deployment("two", FailureDisplay.SILENT, egfr(0))));

    JsonNode services = CallBuilder.read(world.endpoint.discover().body()).path("services");

    assertThat(services).hasSize(1);
    assertThat(services.get(0).path("title").asText()).isEqualTo("Title of one, Title of two");
    assertThat(services.get(0).path("description").asText())
        .isEqualTo("Description of one. Description of two.");
    assertThat(services.get(0).at("/prefetch/observation").asText())
        .contains("8480-6")
        .contains("2160-0");
  }

  @Test
  void theMostUrgentCardComesFirst() {
    World world =
        new World(
            List.of(
                deployment("one", FailureDisplay.SILENT, egfr(1000)),
                deployment("two", FailureDisplay.SILENT, RISK)));

    JsonNode cards = world.cards(withCreatinine());

    assertThat(cards).hasSize(2);
    assertThat(cards.findValuesAsText("indicator")).containsExactly("warning", "info");
    assertThat(cards.get(0).path("summary").asText()).contains("cardiovascular");
    List<DeploymentRun> runs = world.journal.entries.get(0).deployments();
    assertThat(runs)
        .extracting(DeploymentRun::deployment)
        .containsExactly("https://example.org/one|1", "https://example.org/two|1");
    assertThat(world.cards(withCreatinine())).as("a retry").isEqualTo(cards);
  }

  @Test
  void whatTwoSayIsSaidOnce() {
    ModelCard calm =
        card(PreventExample.MODEL, "total_cvd", new Thresholds(90, 95), Place.CARD, null);
    World world =
        new World(
            List.of(
                deployment("calm", FailureDisplay.SILENT, calm),
                deployment("two", FailureDisplay.SILENT, RISK)));

    JsonNode card = world.card(CallBuilder.example());

    assertThat(card.path("indicator").asText()).isEqualTo("warning");
    assertThat(world.journal.entries.get(0).deployments().get(0).decisions().get(0).withheld())
        .isEqualTo(WithheldReason.DUPLICATE);
  }

  @Test
  void oneThatCannotAnswerTakesNothingFromTheOther() {
    ModelCard broken =
        card("https://example.org/none|1", "x", new Thresholds(1, 2), Place.CARD, null);
    World world =
        new World(
            List.of(
                deployment("broken", FailureDisplay.NOT_ASSESSED, broken),
                deployment("two", FailureDisplay.SILENT, RISK)));

    JsonNode cards = world.cards(CallBuilder.example());

    assertThat(cards).hasSize(2);
    assertThat(cards.get(1).path("summary").asText())
        .isEqualTo("title of x not assessed: the model gave no answer (Label of x)");
    assertThat(cards.get(1).path("detail").asText())
        .contains("This does not mean that the risk is low")
        .contains("by Label of x, version 1. Prediction ");
  }

  /** Safety: 19. */
  @Test
  void aFallbackSaysThatItIsOne() {
    ModelCard failing =
        card(
            "https://example.org/none|1",
            "total_cvd",
            new Thresholds(7.5, 20),
            Place.CARD,
            PreventExample.MODEL);
    World world = new World(List.of(deployment("one", FailureDisplay.NOT_ASSESSED, failing)));

    JsonNode card = world.card(CallBuilder.example());

    assertThat(card.path("summary").asText()).contains("14.7 %");
    assertThat(card.path("detail").asText())
        .contains("which stands in for Label of total\\_cvd, version 1: that gave no answer");
  }

  /** Safety: 19. */
  @Test
  void aSilentDeploymentIsSilentWhenItsModelFails() {
    ModelCard broken =
        card("https://example.org/none|1", "x", new Thresholds(1, 2), Place.CARD, null);
    World world = new World(List.of(deployment("broken", FailureDisplay.SILENT, broken)));

    assertThat(world.cards(CallBuilder.example())).isEmpty();
    assertThat(world.journal.entries.get(0).runs().get(0).hasFailed()).isTrue();
  }

  @Test
  void contextStandsOnTheOtherCards() {
    ModelCard context =
        card(PreventExample.CKD_EPI, "egfr", new Thresholds(0, 1), Place.CONTEXT, null);
    World world = new World(List.of(deployment("one", FailureDisplay.SILENT, RISK, context)));

    JsonNode card = world.card(withCreatinine());

    assertThat(card.path("detail").asText())
        .containsPattern("Context: title of egfr \\d+\\.\\d mL/min")
        .contains("(Label of egfr). It means something.");
    CallBuilder without = CallBuilder.example();
    without.call.put("hookInstance", UUID.randomUUID().toString());
    assertThat(world.card(without).path("detail").asText())
        .contains("Context: Label of egfr was not assessed.");
  }
}
