package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code Patient/[id]/$launch}: an EHR opens an application with its patient. */
class LaunchOperationTest extends AuthorizationTest {
  @Autowired KeyRing keys;

  @BeforeEach
  void application() {
    clients.put(app("launched-app", "launch openid fhirUser patient/*.rs"), "api");
    clients.put(app("standing-app", "launch/patient patient/*.rs"), "api");
  }

  private static Client app(String id, String scopes) {
    return new Client(
        id,
        id,
        Type.PUBLIC,
        List.of(REDIRECT),
        "https://app.example.org/launch?from=ehr",
        scopes,
        null,
        null,
        null,
        List.of(ORIGIN),
        false,
        false);
  }

  private HttpResponse<String> launch(
      @Nullable String token, String patient, String... nameAndValue) throws Exception {
    ObjectNode body = JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode parameters = body.putArray("parameter");
    for (int i = 0; i < nameAndValue.length; i += 2) {
      parameters.addObject().put("name", nameAndValue[i]).put("valueString", nameAndValue[i + 1]);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/Patient/" + patient + "/$launch"))
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String value(HttpResponse<String> answer, String name) throws Exception {
    for (JsonNode parameter : JSON.readTree(answer.body()).path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter.path("valueString").asText(parameter.path("valueUri").asText());
      }
    }
    throw new AssertionError("No " + name + " in " + answer.body());
  }

  private String encounter(String patient) {
    Encounter encounter = new Encounter();
    encounter.setStatus(EncounterStatus.INPROGRESS);
    encounter.setSubject(new Reference("Patient/" + patient));
    return client().create().resource(encounter).execute().getId().getIdPart();
  }

  private String elsewhere() {
    Patient stranger = new Patient();
    stranger.addName().setFamily("Elsewhere");
    return client().create().resource(stranger).execute().getId().getIdPart();
  }

  private String ehr() throws Exception {
    return tokens("quiet-app", "user/*.cruds").path("access_token").asText();
  }

  private Map<String, String> opened(String user, String launch) throws Exception {
    return granted(
        browser(), user, authorize("launched-app", "launch patient/*.rs", "launch", launch));
  }

  /** SMART: 26. */
  @Test
  void aUserOpensAnApplicationWithPatientAndEncounter() throws Exception {
    String visit = encounter(patient);
    HttpResponse<String> answer =
        launch(
            ehr(),
            patient,
            "client",
            "launched-app",
            "encounter",
            visit,
            "intent",
            "reconcile",
            "needPatientBanner",
            "false");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String launch = value(answer, "launch");
    assertThat(value(answer, "url"))
        .isEqualTo(
            "https://app.example.org/launch?from=ehr&iss="
                + SmartBrowser.encode(rootUrl() + "/fhir")
                + "&launch="
                + launch);

    assertThat(opened("otto", launch)).containsEntry("error", "invalid_request");
    JsonNode tokens = JSON.readTree(token(exchange("launched-app", opened("ada", launch))).body());
    assertThat(tokens.path("patient").asText()).isEqualTo(patient);
    assertThat(tokens.path("encounter").asText()).isEqualTo(visit);
    assertThat(tokens.path("intent").asText()).isEqualTo("reconcile");
    assertThat(tokens.path("need_patient_banner").asBoolean(true)).isFalse();
  }

  @Test
  void aSystemOpensOneForTheUserItNames() throws Exception {
    String system = TokenHolder.ofSystem(rootUrl(), keys);
    String launch =
        value(launch(system, patient, "client", "launched-app", "user", "ada"), "launch");
    assertThat(opened("otto", launch)).containsEntry("error", "invalid_request");
    assertThat(opened("ada", launch)).containsKey("code");

    assertThat(launch(system, patient, "client", "launched-app", "user", "nobody").statusCode())
        .isEqualTo(422);
  }

  /** SMART: 19. */
  @Test
  void nobodyOpensWhatThePolicyDoesNotAllow() throws Exception {
    String ehr = ehr();
    String client = "launched-app";
    assertThat(launch(ehr, elsewhere(), "client", client).statusCode()).isIn(403, 404);
    assertThat(launch(ehr, "nobody-here", "client", client).statusCode()).isIn(403, 404);
    assertThat(launch(ehr, patient, "client", client, "user", "otto").statusCode()).isEqualTo(422);
    assertThat(
            launch(ehr, patient, "client", client, "encounter", encounter(elsewhere()))
                .statusCode())
        .isEqualTo(422);
    assertThat(launch(ehr, patient, "client", client, "encounter", "none-such").statusCode())
        .isEqualTo(422);
    for (String other : List.of("standing-app", "nothing-registered")) {
      assertThat(launch(ehr, patient, "client", other).statusCode()).isEqualTo(422);
    }
    assertThat(launch(ehr, patient, "client", client, "needPatientBanner", "no").statusCode())
        .isEqualTo(422);
    String narrow =
        tokens("quiet-app", "launch/patient patient/*.rs").path("access_token").asText();
    assertThat(launch(narrow, patient, "client", client).statusCode()).isEqualTo(403);
    assertThat(launch(null, patient, "client", client).statusCode()).isIn(401, 403);
  }
}
