package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
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
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.deployment.Recording;
import org.auscult.deployment.Topic;
import org.auscult.display.DisplayRules;
import org.junit.jupiter.api.Test;

/** Checklist: 24. Safety: 27. Results for the caller's own record. */
class SystemActionsTest {
  private static World world(Recording recording, boolean takes) {
    Deployment like = CvdRisk.deployment(PreventExample.MODEL);
    Deployment deployment =
        new Deployment(
            like.url(),
            like.version(),
            like.service(),
            like.hooks(),
            like.title(),
            like.description(),
            null,
            like.onFailure(),
            like.models(),
            null,
            List.of(),
            DisplayRules.NONE,
            Deployment.USUAL_BUDGET,
            recording,
            new Topic("https://example.org/topics", "heart", "Heart"));
    CardParts parts =
        new CardParts(
            true,
            EnumSet.allOf(ActionType.class),
            9,
            takes,
            EnumSet.allOf(SelectionBehavior.class),
            false,
            EnumSet.allOf(LinkType.class),
            false,
            true,
            true,
            true);
    ClientProfile plain =
        new ClientProfile(
            ClientProfile.PLAIN_ID,
            "any",
            Set.of(),
            null,
            EnumSet.allOf(Hook.class),
            PrefetchRules.AS_ASKED,
            parts,
            ClientProfile.USUAL_BODY_LIMIT);
    return new World(List.of(deployment), new Clients(plain, List.of()));
  }

  private static JsonNode answer(World world, CallBuilder call) {
    HookAnswer answer = world.call(call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return CallBuilder.read(answer.body());
  }

  @Test
  void aResultIsRecordedInTheCallersIds() {
    CallBuilder call = CallBuilder.example();
    String server = call.call.path("fhirServer").asText();
    JsonNode answer = answer(world(Recording.WHEN_SHOWN, true), call);

    assertThat(answer.path("systemActions")).hasSize(1);
    JsonNode action = answer.at("/systemActions/0");
    assertThat(action.path("type").asText()).isEqualTo("create");
    assertThat(action.path("description").asText()).isNotBlank();
    JsonNode risk = action.path("resource");
    assertThat(risk.path("resourceType").asText()).isEqualTo("RiskAssessment");
    assertThat(risk.has("id")).isFalse();
    assertThat(risk.at("/identifier/0/value").asText())
        .isEqualTo("urn:uuid:" + answer.at("/cards/0/uuid").asText());
    assertThat(risk.at("/subject/reference").asText())
        .isEqualTo("Patient/" + call.call.at("/context/patientId").asText());
    assertThat(risk.at("/prediction/0/probabilityDecimal").decimalValue().doubleValue())
        .as("percent, as R4 has it")
        .isBetween(14.65, 14.75);
    assertThat(risk.at("/meta/security/0/code").asText()).isEqualTo("AIAST");
    assertThat(risk.at("/performer/display").asText()).contains("version");
    assertThat(risk.path("performer").has("reference")).isFalse();
    assertThat(risk.toString()).doesNotContain("StructureDefinition");
    for (JsonNode basis : risk.path("basis")) {
      assertThat(basis.path("reference").asText()).doesNotStartWith(server).contains("/");
    }
  }

  /** Checklist: 32. */
  @Test
  void cardsBearTheDeploymentsTopic() {
    JsonNode topic =
        answer(world(Recording.NEVER, false), CallBuilder.example()).at("/cards/0/source/topic");

    assertThat(topic.path("system").asText()).isEqualTo("https://example.org/topics");
    assertThat(topic.path("code").asText()).isEqualTo("heart");
    assertThat(topic.path("display").asText()).isEqualTo("Heart");
  }

  @Test
  void nothingIsRecordedUnlessBothAskForIt() {
    assertThat(answer(world(Recording.NEVER, true), CallBuilder.example()).has("systemActions"))
        .isFalse();
    assertThat(
            answer(world(Recording.WHEN_SHOWN, false), CallBuilder.example()).has("systemActions"))
        .isFalse();
  }

  @Test
  void whatIsNotAssessedLeavesNothingToRecord() {
    CallBuilder lacking = CallBuilder.example().with(call -> call.entries("observation").remove(1));
    lacking.call.put("hookInstance", UUID.randomUUID().toString());
    JsonNode answer = answer(world(Recording.WHEN_SHOWN, true), lacking);

    assertThat(answer.at("/cards/0/summary").asText()).contains("not assessed");
    assertThat(answer.has("systemActions")).isFalse();
  }
}
