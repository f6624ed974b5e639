package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Thresholds;
import org.auscult.display.Audience;
import org.auscult.display.DisplayRules;
import org.auscult.display.WithheldReason;
import org.auscult.prediction.CardId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Safety: 24. The example's patient has a risk of 14.7 %. */
class AlertFatigueTest {
  private static final DisplayRules SILENT =
      new DisplayRules(Audience.ALL, Duration.ofDays(7), null, Duration.ofDays(30), null);

  private static Deployment deployment(
      Hook hook, Thresholds thresholds, @Nullable Double showFrom, DisplayRules display) {
    Deployment like = CvdRisk.deployment(PreventExample.MODEL);
    ModelCard card = like.models().get(0);
    return new Deployment(
        "https://example.org/quiet",
        "1",
        "cvd-risk",
        List.of(hook),
        "t",
        "d",
        null,
        like.onFailure(),
        List.of(
            new ModelCard(
                card.model(),
                card.label(),
                card.meaning(),
                card.sourceUrl(),
                List.of(new OutputText("total_cvd", "risk", thresholds, showFrom)))),
        null,
        like.overrideReasons(),
        display,
        Deployment.USUAL_BUDGET,
        Recording.NEVER,
        null);
  }

  private static World world(DisplayRules display) {
    return new World(
        List.of(deployment(Hook.PATIENT_VIEW, new Thresholds(7.5, 20), null, display)));
  }

  private static CallBuilder open(String user) {
    CallBuilder call = CallBuilder.example();
    call.call.put("hookInstance", UUID.randomUUID().toString());
    call.call.withObject("/context").put("userId", user);
    return call;
  }

  private static @Nullable WithheldReason withheld(World world) {
    var entries = world.journal.entries;
    return entries.get(entries.size() - 1).deployments().get(0).decisions().get(0).withheld();
  }

  @Test
  void aChartIsOpenedInSilenceBelowTheWarning() {
    World world =
        new World(
            List.of(
                deployment(Hook.PATIENT_VIEW, new Thresholds(14.8, 20), null, DisplayRules.NONE)));

    assertThat(world.cards(open("Practitioner/1"))).isEmpty();
    assertThat(withheld(world)).isEqualTo(WithheldReason.BELOW_THRESHOLD);

    World stated =
        new World(
            List.of(
                deployment(Hook.PATIENT_VIEW, new Thresholds(14.8, 20), 14.7, DisplayRules.NONE)));
    assertThat(stated.cards(open("Practitioner/1"))).hasSize(1);
  }

  @Test
  void onlyAnOpenedChartAskedForNothing() {
    OutputText output = new OutputText("o", "t", new Thresholds(5, 7));

    assertThat(output.showFrom(Hook.PATIENT_VIEW)).isEqualTo(5);
    assertThat(output.showFrom(Hook.ENCOUNTER_START)).isNull();
    assertThat(new OutputText("o", "t", null).showFrom(Hook.PATIENT_VIEW)).isNull();
    assertThat(new OutputText("o", "t", null, 3.0).showFrom(Hook.ORDER_SIGN)).isEqualTo(3);
  }

  @Test
  void theSameIsNotSaidAgainToTheSameUser() {
    World world = world(SILENT);
    assertThat(world.cards(open("Practitioner/1"))).hasSize(1);

    assertThat(world.cards(open("Practitioner/1"))).isEmpty();
    assertThat(withheld(world)).isEqualTo(WithheldReason.UNCHANGED);
    assertThat(world.cards(open("Practitioner/2"))).as("who did not see it").hasSize(1);

    world.clock.move(Duration.ofDays(7));
    assertThat(world.cards(open("Practitioner/1"))).as("a week later").hasSize(1);
  }

  @Test
  void aRetryShowsTheSameCardAndIsNoSecondOpening() {
    World world = world(SILENT);
    CallBuilder call = open("Practitioner/1");

    assertThat(world.card(call)).isEqualTo(world.card(call));
    assertThat(world.journal.entries).hasSize(1);
  }

  @Test
  void anOverrideSnoozes() {
    World world = world(new DisplayRules(Audience.ALL, null, null, Duration.ofDays(30), null));
    JsonNode card = world.card(open("Practitioner/1"));
    String feedback =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"%s"}]}
        """
            .formatted(card.path("uuid").asText(), World.NOW);
    assertThat(
            world.endpoint.feedback("cvd-risk", feedback.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);

    assertThat(world.cards(open("Practitioner/1"))).isEmpty();
    assertThat(withheld(world)).isEqualTo(WithheldReason.SNOOZED);
    world.clock.move(Duration.ofDays(30));
    assertThat(world.cards(open("Practitioner/1"))).hasSize(1);
  }

  @Test
  void aWithheldCardTakesNoFeedback() {
    World world = world(SILENT);
    String shown = world.card(open("Practitioner/1")).path("uuid").asText();
    world.cards(open("Practitioner/1"));
    UUID withheld =
        CardId.of(world.journal.entries.get(1).id(), CardId.number(UUID.fromString(shown)));
    String feedback =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"%s"}]}
        """
            .formatted(withheld, World.NOW);

    assertThat(
            world.endpoint.feedback("cvd-risk", feedback.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(404);
  }

  @Test
  void speaksToTheRolesThatItIsMadeFor() {
    World world =
        world(
            new DisplayRules(
                new Audience(Set.of("https://example.org/roles|doctor"), Set.of()),
                null,
                null,
                null,
                null));
    world.roles.put("Practitioner/nurse", Set.of("https://example.org/roles|nurse"));
    world.roles.put("Practitioner/doctor", Set.of("https://example.org/roles|doctor"));

    assertThat(world.cards(open("Practitioner/nurse"))).isEmpty();
    assertThat(withheld(world)).isEqualTo(WithheldReason.NOT_IN_AUDIENCE);
    assertThat(world.cards(open("Practitioner/doctor"))).hasSize(1);
    assertThat(world.cards(open("Practitioner/unknown"))).as("nobody knows").hasSize(1);
  }

  @Test
  void speaksInTheSettingsThatItIsMadeFor() {
    World world =
        world(new DisplayRules(new Audience(Set.of(), Set.of("IMP")), null, null, null, null));
    assertThat(world.cards(open("Practitioner/1"))).as("nobody knows where").hasSize(1);

    assertThat(world.cards(in("AMB", "in-progress"))).isEmpty();
    assertThat(world.cards(in("IMP", "in-progress"))).hasSize(1);
    assertThat(world.cards(in("AMB", "finished"))).as("no encounter is open").hasSize(1);
  }

  private static CallBuilder in(String encounterClass, String status) {
    CallBuilder call = open("Practitioner/1");
    call.call
        .withObject("/prefetch")
        .set(
            "encounter",
            CallBuilder.read(
                """
                {"resourceType":"Bundle","type":"searchset","entry":[{"resource":
                 {"resourceType":"Encounter","id":"e1","status":"%s","class":{"system":
                  "http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"%s"},
                  "subject":{"reference":"Patient/%s"},"period":{"start":"2024-05-30T08:00:00Z"}}}]}
                """
                    .formatted(
                        status, encounterClass, call.call.at("/context/patientId").asText())));
    return call;
  }
}
