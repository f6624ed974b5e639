package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.cds.CvdRisk;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final Deployment CVD_RISK = CvdRisk.deployment(PreventExample.MODEL);

  private static JsonNode services(World world) {
    HookAnswer answer = world.endpoint.discover();
    assertThat(answer.status()).isEqualTo(200);
    return CallBuilder.read(answer.body()).path("services");
  }

  /** Checklist: 3, 4, 5, 6, 7. */
  @Test
  @DisplayName("3–7: 200 with services; hook, title, description, id, prefetch, usageRequirements")
  void describesTheService() {
    JsonNode services = services(new World());

    assertThat(services).hasSize(1);
    JsonNode service = services.get(0);
    assertThat(service.path("id").asText()).isEqualTo("cvd-risk");
    assertThat(service.path("hook").asText()).isEqualTo("patient-view");
    for (String name : List.of("title", "description", "usageRequirements")) {
      assertThat(service.path(name).asText()).as(name).isNotBlank();
    }
  }

  /** Checklist: 13, 14, 15. */
  @Test
  @DisplayName("13–15: keyed templates of plain tokens and equalities, made of what features read")
  void templatesComeFromFeatures() {
    JsonNode prefetch = services(new World()).get(0).path("prefetch");

    assertThat(prefetch.path("patient").asText()).isEqualTo("Patient/{{context.patientId}}");
    assertThat(prefetch.path("observation").asText())
        .startsWith("Observation?patient={{context.patientId}}&code=")
        .contains("http://loinc.org|8480-6")
        .contains("http://loinc.org|85354-9");
    assertThat(prefetch.path("condition").asText()).contains("http://snomed.info/sct|44054006");
    assertThat(prefetch.has("medicationRequest")).isTrue();
  }

  /** Checklist: 2. */
  @Test
  @DisplayName("2: discovery has nothing null or empty but, perhaps, services")
  void hasNothingEmpty() {
    assertThat(new World(List.of()).endpoint.discover().body()).isEqualTo("{\"services\":[]}");
    for (JsonNode value : services(new World()).get(0)) {
      assertThat(value.toString()).isNotIn("null", "\"\"", "{}", "[]");
    }
  }

  /** Checklist: 3. */
  @Test
  @DisplayName("3: a service whose model is not registered is left out, and the rest is shown")
  void anUnregisteredModelIsNotOffered() {
    Deployment unregistered = CvdRisk.deployment("https://auscult.org/fhir/Library/none|1");

    assertThat(services(new World(List.of(unregistered, CVD_RISK)))).hasSize(1);
  }

  /** Checklist: 9. */
  @Test
  @DisplayName("9: one id may stand on several hooks, and each is answered")
  void oneIdOnSeveralHooks() {
    Deployment starting =
        new Deployment(
            "https://example.org/starting",
            "1",
            "cvd-risk",
            List.of(Hook.ENCOUNTER_START),
            "t",
            "d",
            null,
            FailureDisplay.SILENT,
            CVD_RISK.models(),
            List.of());
    World world = new World(List.of(CVD_RISK, starting));

    assertThat(services(world)).hasSize(2);
    assertThat(world.cards(CallBuilder.example())).hasSize(1);
    CallBuilder other = CallBuilder.example();
    other.call.put("hook", "encounter-start");
    other.context.put("encounterId", "e1");
    other.call.put("hookInstance", "00000000-0000-4000-8000-000000000001");
    assertThat(world.card(other).has("overrideReasons")).isFalse();
  }

  /** Checklist: 9. */
  @Test
  @DisplayName("9: one deployment on several hooks stands once on each")
  void oneDeploymentOnSeveralHooks() {
    Deployment both =
        new Deployment(
            CVD_RISK.url(),
            "2",
            "cvd-risk",
            List.of(Hook.PATIENT_VIEW, Hook.APPOINTMENT_BOOK),
            "t",
            "d",
            null,
            FailureDisplay.SILENT,
            CVD_RISK.models(),
            List.of());

    assertThat(services(new World(List.of(both))).findValuesAsText("hook"))
        .containsExactly("patient-view", "appointment-book");
  }

  /** Safety: 17. */
  @Test
  @DisplayName("rule 17: what is suspended is neither offered nor answered, from the next call on")
  void suspensionHoldsForTheNextCall() {
    List<Deployment> live = new ArrayList<>(List.of(CVD_RISK));
    World world = new World(live);
    assertThat(world.cards(CallBuilder.example())).hasSize(1);

    live.clear();

    assertThat(services(world)).isEmpty();
    assertThat(world.call(CallBuilder.example()).status()).isEqualTo(404);
  }

  /** Safety: 19. */
  @Test
  @DisplayName(
      "rule 19: a silent deployment shows nothing where it could not assess, and stores it")
  void silentDeploymentShowsNothing() {
    Deployment silent =
        CvdRisk.deployment(PreventExample.MODEL, Hook.PATIENT_VIEW, FailureDisplay.SILENT);
    CallBuilder lacking = CallBuilder.example().with(call -> call.entries("observation").remove(1));

    assertThat(new World().card(lacking).path("summary").asText()).contains("not assessed");
    World world = new World(List.of(silent));
    assertThat(world.cards(lacking)).isEmpty();
    assertThat(world.journal.entries).hasSize(1);
  }
}
