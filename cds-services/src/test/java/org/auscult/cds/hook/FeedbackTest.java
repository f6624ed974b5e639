package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.auscult.cds.CvdRisk;
import org.auscult.cds.client.CardParts;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.PrefetchRules;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.auscult.prediction.Answerer;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.CardId;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.Feedback.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackTest {
  private static final String WHEN = "2024-06-01T12:01:00Z";

  private final World world = new World();
  private final String card = world.card(CallBuilder.example()).path("uuid").asText();

  private HookAnswer send(String body) {
    return world.endpoint.feedback("cvd-risk", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String overridden(String card) {
    return """
        {"card":"%s","outcome":"overridden","outcomeTimestamp":"%s","overrideReason":
         {"reason":{"system":"https://auscult.org/x","code":"data-wrong","display":"d"},
          "userComment":"old value"}}
        """
        .formatted(card, WHEN);
  }

  /** Checklist: 40, 41, 42, 44. */
  @Test
  @DisplayName("40–42, 44: an override with its reason and comment is kept")
  void keepsAnOverride() {
    HookAnswer answer = send("{\"feedback\":[" + overridden(card) + "]}");

    assertThat(answer).isEqualTo(new HookAnswer(200, ""));
    Feedback kept = world.journal.feedback.get(0);
    assertThat(kept.card()).isEqualTo(UUID.fromString(card));
    assertThat(kept.outcome()).isEqualTo(Outcome.OVERRIDDEN);
    assertThat(kept.at()).isEqualTo(Instant.parse(WHEN));
    assertThat(kept.reasonCode()).isEqualTo("data-wrong");
    assertThat(kept.userComment()).isEqualTo("old value");
  }

  /** Safety: 26. */
  @Test
  @DisplayName("rule 26: an EHR's answer bears the name of the user to whom the card was shown")
  void keepsWhoseAnswerItIs() {
    send("{\"feedback\":[" + overridden(card) + "]}");

    Caller caller = world.journal.entries.get(0).call().caller();
    assertThat(world.journal.feedback.get(0).by())
        .isEqualTo(new Answerer(Answerer.Way.EHR, "Practitioner/dr1", caller.fhirServer(), null));
    assertThat(caller.fhirServer()).isNotEqualTo(World.OURS).isNotNull();
  }

  /** Safety: 26. */
  @ParameterizedTest
  @ValueSource(strings = {"Patient/p1", "Patient/somebody", "RelatedPerson/r1"})
  @DisplayName("rule 26: who is no clinician gets no card, and nothing is predicted or kept")
  void aLayPersonGetsNoCard(String user) {
    World fresh = new World();
    CallBuilder call = CallBuilder.example();
    call.context.put("userId", user);

    HookAnswer answer = fresh.call(call);

    assertThat(answer).isEqualTo(new HookAnswer(200, "{\"cards\":[]}"));
    assertThat(fresh.journal.entries).isEmpty();
    call.context.put("userId", "PractitionerRole/r1");
    assertThat(fresh.cards(call)).hasSize(1);
  }

  /** Checklist: 43. */
  @Test
  @DisplayName("43: accepted brings the ids of its suggestions")
  void keepsAnAcceptance() {
    String id = "00000000-0000-4000-8000-000000000002";
    HookAnswer answer =
        send(
            "{\"feedback\":[{\"card\":\"%s\",\"outcome\":\"accepted\",\"outcomeTimestamp\":\"%s\",\"acceptedSuggestions\":[{\"id\":\"%s\"}]}]}"
                .formatted(card, WHEN, id));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.journal.feedback.get(0).acceptedSuggestions()).containsExactly(id);
  }

  /** Checklist: 46. Safety: 27. */
  @Test
  @DisplayName(
      "46: a card shown to a client known by its token is answered by no other such client")
  void anothersCardIsUnknown() {
    World known = new World();
    CallerIdentity north = new CallerIdentity("north", "https://n.example.org", null, null, "j1");
    CallerIdentity south = new CallerIdentity("south", "https://s.example.org", null, null, "j1");
    ClientProfile path =
        new ClientProfile(
            "north",
            "north",
            Set.of(),
            null,
            EnumSet.allOf(Hook.class),
            PrefetchRules.AS_ASKED,
            CardParts.VERSION_2,
            ClientProfile.USUAL_BODY_LIMIT);
    HookAnswer answer = known.endpoint.call(path, north, "cvd-risk", CallBuilder.example().bytes());
    String shown = CallBuilder.read(answer.body()).at("/cards/0/uuid").asText();
    byte[] body = ("{\"feedback\":[" + overridden(shown) + "]}").getBytes(StandardCharsets.UTF_8);

    assertThat(known.journal.entries.get(0).call().caller().identity()).isEqualTo(north);
    assertThat(known.endpoint.feedback(south, "cvd-risk", body).status()).isEqualTo(404);
    assertThat(known.journal.feedback).isEmpty();
    assertThat(known.endpoint.feedback(north, "cvd-risk", body).status()).isEqualTo(200);
    assertThat(known.journal.feedback).hasSize(1);
  }

  /** Checklist: 45. */
  @Test
  @DisplayName("45: repeated feedback is taken and not counted twice")
  void doesNotCountTwice() {
    send("{\"feedback\":[" + overridden(card) + "," + overridden(card) + "]}");

    assertThat(send("{\"feedback\":[" + overridden(card) + "]}").status()).isEqualTo(200);
    assertThat(world.journal.feedback).hasSize(1);
  }

  /** Checklist: 40. */
  @Test
  @DisplayName("40: another service's card, and one that was never shown, are unknown")
  void aCardThatWasNotShownHereIs404() {
    Deployment risk = CvdRisk.deployment(PreventExample.MODEL);
    Deployment other =
        new Deployment(
            "https://example.org/other",
            "1",
            "other",
            risk.hooks(),
            "t",
            "d",
            null,
            risk.onFailure(),
            risk.models(),
            List.of());
    World two = new World(List.of(risk, other));
    String shown = two.card(CallBuilder.example()).path("uuid").asText();
    String body = "{\"feedback\":[" + overridden(shown) + "]}";
    assertThat(two.endpoint.feedback("other", body.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(404);

    CallBuilder notEligible = CallBuilder.example();
    notEligible.call.put("hookInstance", UUID.randomUUID().toString());
    notEligible
        .entries("condition")
        .addObject()
        .set("resource", CallBuilder.condition("c2", "22298006"));
    assertThat(two.cards(notEligible)).isEmpty();
    String never = CardId.of(two.journal.entries.get(1).id(), 1).toString();
    body = "{\"feedback\":[" + overridden(never) + "]}";
    assertThat(two.endpoint.feedback("cvd-risk", body.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(404);
  }

  /** Checklist: 40. */
  @Test
  @DisplayName("40: a card that is none of ours is 404 with its place; the others are kept")
  void anUnknownCardIs404() {
    String unknown = overridden("00000000-0000-4000-8000-000000000001");
    HookAnswer answer = send("{\"feedback\":[" + unknown + "," + overridden(card) + "]}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(CallBuilder.read(answer.body()).at("/issue/0/expression/0").asText())
        .isEqualTo("feedback[0].card");
    assertThat(world.journal.feedback).hasSize(1);
  }

  /** Checklist: 40. */
  @Test
  @DisplayName("40: a number that no card of the call has is no card")
  void anotherNumberIsNoCard() {
    String next = card.substring(0, card.length() - 2) + "02";

    assertThat(send("{\"feedback\":[" + overridden(next) + "]}").status()).isEqualTo(404);
    assertThat(world.journal.feedback).isEmpty();
  }

  /** Checklist: 40. */
  @Test
  @DisplayName("40: feedback to an unknown service is 404")
  void anUnknownServiceIs404() {
    byte[] body = ("{\"feedback\":[" + overridden(card) + "]}").getBytes(StandardCharsets.UTF_8);

    assertThat(world.endpoint.feedback("x", body).status()).isEqualTo(404);
    assertThat(world.journal.feedback).isEmpty();
  }

  /** Checklist: 41, 42, 43, 44. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "feedback; {}",
        "feedback; {\"feedback\":{}}",
        "feedback; {\"feedback\":[]}",
        "feedback[0]; {\"feedback\":[1]}",
        "feedback[0].card; {\"feedback\":[{\"card\":\"x\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2024-06-01T12:01:00Z\"}]}",
        "feedback[0].outcome; {\"feedback\":[{\"outcome\":\"ignored\"}]}",
        "feedback[0].outcomeTimestamp; {\"feedback\":[{\"card\":\"00000000-0000-4000-8000-000000000001\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"yesterday\"}]}",
        "feedback[0].outcomeTimestamp; {\"feedback\":[{\"card\":\"00000000-0000-4000-8000-000000000001\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"+999999999-01-01T00:00:00Z\"}]}",
        "feedback[0].acceptedSuggestions; {\"feedback\":[{\"card\":\"00000000-0000-4000-8000-000000000001\",\"outcome\":\"accepted\",\"outcomeTimestamp\":\"2024-06-01T12:01:00Z\"}]}",
        "feedback[0].overrideReason; {\"feedback\":[{\"outcome\":\"overridden\",\"overrideReason\":{}}]}",
        "feedback[0].overrideReason.reason.code; {\"feedback\":[{\"card\":\"00000000-0000-4000-8000-000000000001\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2024-06-01T12:01:00Z\",\"overrideReason\":{\"reason\":{\"system\":\"s\"}}}]}"
      })
  @DisplayName("41–44: malformed feedback is 400 and says where")
  void malformedFeedbackIs400(String where, String body) {
    HookAnswer answer = send(body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    JsonNode outcome = CallBuilder.read(answer.body());
    assertThat(outcome.at("/issue/0/expression/0").asText()).isEqualTo(where);
    assertThat(world.journal.feedback).isEmpty();
  }
}
