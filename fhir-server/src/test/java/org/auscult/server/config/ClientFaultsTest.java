package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests that HAPI alone answers with 500, though nothing is wrong but the request. */
class ClientFaultsTest extends ServerTest {
  @Autowired KeyRing keys;

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path))
                .header("Authorization", "Bearer " + TokenHolder.ofSystem(rootUrl(), keys))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void subsumesWithoutASystem() throws Exception {
    HttpResponse<String> answer = send("GET", "CodeSystem/$subsumes", "text/plain", "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("codeA");
  }

  @Test
  void patchOfNothing() throws Exception {
    String patch = "[{\"op\":\"replace\",\"path\":\"/language\",\"value\":\"en\"}]";
    HttpResponse<String> answer = send("PATCH", "Goal/", "application/json-patch+json", patch);

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ChargeItemDefinition?context-quantity=5.4%7Chttp%3A%2F%2Funitsofmeasure.org%7Cmg,0001-01-01",
        "CompartmentDefinition?context-type-quantity=http%3A%2F%2Floinc.org%7C2160-0%24gt5x",
        "CompartmentDefinition?publisher=a&_filter=0x10",
        "Composition/c/$document?_offset=10000-01-01",
        "Location?near=a",
        "Location?near=%7C",
        "Location?near=1%7C2%7C-3%7Ckm",
        "Location?near=1%7C2%7CNaN%7Ckm",
        "Location?near=1%7C2%7C30000%7Ckm",
        "Location?near=x%7C2%7C3%7Ckm",
        "Location?near=1%7C2%7C3%7Cfurlong",
        "MolecularSequence?referenceseqid-window-coordinate=http%3A%2F%2Floinc.org%7C2160-0%24gt5,gt2024-01",
        "Observation?code-value-string=http%3A%2F%2Floinc.org%7C2160-0%24gt5,x",
        "Observation?code-value-string=%24",
        "%24/x/_history/1",
        "+/x/_history/1",
        "Basic/+/_history/1"
      })
  void aQuestionThatCannotBeRead(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "text/plain", "");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("OperationOutcome");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "application/fhir+json ! {\"resourceType\":\"Patient\"}",
        "application/json-patch+json ! [{\"op\":\"replace\",\"value\":[],\"x\":\"/language\"}]",
        "application/json-patch+json ! [{\"op\":\"replace\",\"path\":\"/nowhere/3\",\"value\":1}]",
        "application/xml-patch+xml ! [\"2024\"]",
        "application/xml-patch+xml ! <diff><replace sel=\"][\">x</replace></diff>"
      })
  void aPatchThatCannotBeRead(String type, String patch) throws Exception {
    String basic = "{\"resourceType\":\"Basic\",\"id\":\"patched\",\"code\":{\"text\":\"x\"}}";
    assertThat(send("PUT", "Basic/patched", "application/fhir+json", basic).statusCode())
        .isBetween(200, 201);

    HttpResponse<String> answer = send("PATCH", "Basic/patched", type, patch);

    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
    assertThat(answer.body()).contains("OperationOutcome");
  }

  @Test
  void aVersionThatIsNone() throws Exception {
    String basic = "{\"resourceType\":\"Basic\",\"id\":\"versioned\",\"code\":{\"text\":\"x\"}}";
    send("PUT", "Basic/versioned", "application/fhir+json", basic);
    for (String version : List.of("x", "99999999999999999999", "W/\"x\"")) {
      String batch =
          "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
              + basic
              + ",\"request\":{\"method\":\"PUT\",\"url\":\"Basic/versioned\",\"ifMatch\":\""
              + version.replace("\"", "\\\"")
              + "\"}}]}";
      HttpResponse<String> answer = send("POST", "", "application/fhir+json", batch);
      assertThat(answer.statusCode()).as(version + answer.body()).isBetween(400, 422);
    }
  }

  @Test
  void aReferenceWhoseVersionIsNone() throws Exception {
    String json =
        "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":"
            + "\"Patient/1/_history/Patient/2\"}}";

    HttpResponse<String> answer = send("POST", "Basic", "application/fhir+json", json);

    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 422);
  }

  @Test
  void aBatchWhoseEntryLacksItsMethod() throws Exception {
    String batch =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":"
            + "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}},\"request\":{\"url\":\"Basic\"}}]}";

    HttpResponse<String> answer = send("POST", "", "application/fhir+json", batch);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void memberWithoutAName() throws Exception {
    String json = "{\"resourceType\":\"Patient\",\"\":[{}]}";
    HttpResponse<String> answer = send("POST", "Patient", "application/fhir+json", json);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no name");
  }

  @Test
  void revocationAndRefreshThatNameNobody() throws Exception {
    for (String form :
        new String[] {
          "client_id=&token=x",
          "client_id=%20&token=x",
          "grant_type=refresh_token&refresh_token=",
          "grant_type=refresh_token&refresh_token=x&client_id=",
          "grant_type=authorization_code&client_id=rounds&code=x&code=y&code_verifier=z"
        }) {
      String path = form.contains("grant_type") ? "../oauth2/token" : "../oauth2/revoke";
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path).normalize())
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(BodyPublishers.ofString(form))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(form).isBetween(400, 401);
    }
  }

  @Test
  void whatCannotBeParsedTellsNoClasses() throws Exception {
    HttpResponse<String> json = send("POST", "Patient", "application/fhir+json", "{\"a");
    HttpResponse<String> xml =
        send("POST", "", "application/fhir+xml", "<Bundle xmlns='http://hl7.org/fhir'><a>");

    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(xml.statusCode()).isEqualTo(400);
    assertThat(json.body() + xml.body()).doesNotContain("com.", "Exception");
  }
}
