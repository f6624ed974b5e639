package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.auscult.cds.Card;
import org.auscult.cds.CdsCoding;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.OverrideReason;
import org.junit.jupiter.api.Test;

/** What a site may say on cards, and that no card outlives what it says. */
class CardContentTest {
  private static final String NON_ADHERENCE =
      "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";

  /** Checklist: 32, 38. */
  @Test
  void aTopicIsACoding() {
    JsonNode source =
        CallBuilder.JSON.valueToTree(
            new Card.Source(
                "PREVENT 2023",
                "https://doi.org/1",
                new CdsCoding("https://example.org/topics", "cvd", "Cardiovascular risk")));

    assertThat(source)
        .isEqualTo(
            CallBuilder.read(
                """
                {"label":"PREVENT 2023","url":"https://doi.org/1","topic":
                 {"system":"https://example.org/topics","code":"cvd",
                  "display":"Cardiovascular risk"}}
                """));
  }

  /** Checklist: 65. */
  @Test
  void aCallAfterAChangeMakesACardOfItsOwn() {
    World world = new World();
    JsonNode before = world.card(CallBuilder.example());
    CallBuilder changed = CallBuilder.example();
    changed.call.put("hookInstance", UUID.randomUUID().toString());
    ((ObjectNode) changed.resource("observation", 0).path("valueQuantity")).put("value", 260);

    JsonNode after = world.card(changed);

    assertThat(after.path("uuid")).isNotEqualTo(before.path("uuid"));
    assertThat(after.path("summary")).isNotEqualTo(before.path("summary"));
    assertThat(world.card(CallBuilder.example())).as("a retry of the first").isEqualTo(before);
  }

  /** HL7's codes, "clinical" of them, are codings as any other. Checklist: 34, 38, 44, 68. */
  @Test
  void aSiteMayAskForHl7sReasons() {
    Deployment usual = CvdRisk.deployment(PreventExample.MODEL);
    World world =
        new World(
            List.of(
                new Deployment(
                    usual.url(),
                    usual.version(),
                    usual.service(),
                    usual.hooks(),
                    usual.title(),
                    usual.description(),
                    usual.usageRequirements(),
                    usual.onFailure(),
                    usual.models(),
                    List.of(
                        new OverrideReason(
                            NON_ADHERENCE,
                            "patient-contraindication",
                            "Patient has contraindication to recommended action")))));

    JsonNode card = world.card(CallBuilder.example());

    assertThat(card.path("overrideReasons"))
        .isEqualTo(
            CallBuilder.read(
                """
                [{"system":"%s","code":"patient-contraindication",
                  "display":"Patient has contraindication to recommended action"}]
                """
                    .formatted(NON_ADHERENCE)));
    String feedback =
        """
        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2024-06-01T12:00:00Z",
          "overrideReason":{"reason":%s}}]}
        """
            .formatted(card.path("uuid").asText(), card.at("/overrideReasons/0"));
    assertThat(
            world.endpoint.feedback("cvd-risk", feedback.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
    assertThat(world.journal.feedback.get(0).reasonCode()).isEqualTo("patient-contraindication");
  }
}
