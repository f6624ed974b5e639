package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.Test;
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
          "grant_type=refresh_token&refresh_token=x&client_id="
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
