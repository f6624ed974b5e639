package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A few bytes that HAPI alone would write out as gigabytes are refused at once. */
class HugeNumbersTest extends ServerTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired KeyRing keys;

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(
        request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir" + path))
        .header("Authorization", "Bearer " + TokenHolder.ofSystem(rootUrl(), keys));
  }

  private HttpResponse<String> post(String path, String type, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        at(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Observation?value-quantity=1e999999999",
        "/Observation?value-quantity=gt1e999999999%7C%7Cmg",
        "/Observation?value-quantity=1,1e-999999999",
        "/RiskAssessment?probability=lt1E%2B9999999",
        "/Observation?code-value-quantity=http://loinc.org%7C2160-0$gt1e999999999",
        "/Patient?_has:Observation:patient:value-quantity=1e999999999",
        "/DiagnosticReport?result.value-quantity=1e999999999"
      })
  void searchIsRefused(String search) throws Exception {
    HttpResponse<String> answer = send(at(search).GET());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("exponent");
  }

  @Test
  void whatOnlyLooksSoIsFound() throws Exception {
    for (String search :
        List.of(
            "/Patient?identifier=6e123456",
            "/Patient?name=1e999999999",
            "/Observation?value-quantity=1e5")) {
      assertThat(send(at(search).GET()).statusCode()).as(search).isEqualTo(200);
    }
  }

  @Test
  void conditionsAndEntriesAreRefused() throws Exception {
    String search = "Observation?value-quantity=1e999999999";
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"request\":"
            + "{\"method\":\"GET\",\"url\":\""
            + search
            + "\"}}]}";

    assertThat(post("", "application/fhir+json", bundle).statusCode()).isEqualTo(400);
    assertThat(
            post(
                    "/Observation",
                    "application/fhir+json",
                    "{\"resourceType\":\"Observation\"}",
                    "If-None-Exist",
                    search)
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1e400"})
  void bodyIsRefusedInJsonAndInXml(String number) throws Exception {
    String json =
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
            + "\"valueQuantity\":{\"value\":"
            + number
            + "}}";
    String xml =
        "<Observation xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/><code><text"
            + " value=\"x\"/></code><valueQuantity><value value=\""
            + number
            + "\"/></valueQuantity></Observation>";

    assertThat(post("/Observation", "application/fhir+json", json).statusCode()).isEqualTo(400);
    assertThat(post("/Observation", "application/fhir+xml", xml).statusCode()).isEqualTo(400);
  }
}
