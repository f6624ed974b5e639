package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two EHRs that launch applications, and the usual steps, for tests of launches. */
abstract class EhrLaunchSteps extends AuthorizationTest {
  static final String APP_URL = "https://app.example.org/start?skin=1";
  static final String SCOPES = "launch openid fhirUser patient/*.rs";

  @Autowired JdbcTemplate jdbc;

  /** What the audit log had before. */
  private List<String> told = List.of();

  @BeforeEach
  void launched() throws Exception {
    told = said();
    clients.put(app("launched-app", APP_URL, false), "api");
    clients.put(app("asking-app", APP_URL, true), "api");
    LAUNCHING.session = new LaunchingEhr.Session();
    LAUNCHING_TOO.session = new LaunchingEhr.Session();
    LAUNCHING.patient("1", there("1", "1961-02-03"));
    LAUNCHING_TOO.patient("1", there("1", "1961-02-03"));
  }

  private static Client app(String id, String launchUrl, boolean consent) {
    return new Client(
        id,
        "The " + id,
        Type.PUBLIC,
        List.of(REDIRECT),
        launchUrl,
        ALL_SCOPES,
        null,
        null,
        null,
        List.of(ORIGIN),
        consent,
        false);
  }

  /** The patient of our record as the EHR has the same person, under an id of its own. */
  final ObjectNode there(String id, String birthDate) {
    ObjectNode there = JSON.createObjectNode();
    there.put("resourceType", "Patient").put("id", id).put("gender", "female");
    there.put("birthDate", birthDate);
    there
        .putArray("identifier")
        .addObject()
        .put("system", "urn:test:mrn")
        .put("value", "MRN-" + family);
    return there;
  }

  static String launchUrl(String app, LaunchingEhr ehr, String launch) {
    return "/launch/"
        + app
        + "?iss="
        + SmartBrowser.encode(ehr.fhir())
        + "&launch="
        + SmartBrowser.encode(launch);
  }

  static String location(HttpResponse<String> answer) {
    return answer
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new AssertionError(answer.statusCode() + ": " + answer.body()));
  }

  /** The three steps through the EHR: our launch, its authorization, our callback. */
  final HttpResponse<String> launch(SmartBrowser browser, String app, LaunchingEhr ehr)
      throws Exception {
    HttpResponse<String> begun = browser.get(launchUrl(app, ehr, ehr.launch()));
    return browser.get(location(browser.get(location(begun))));
  }

  /** What the application asks for with the launch that it was opened with. */
  final String request(String app, HttpResponse<String> launched, String scopes) {
    return authorize(
        app, scopes, "launch", SmartBrowser.callback(launched).getOrDefault("launch", "none"));
  }

  final JsonNode tokens(String app, Map<String, String> callback) throws Exception {
    HttpResponse<String> answer = token(exchange(app, callback));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** On a page that says what to do, in the EHR's frame, and in the audit log. */
  final void assertRefused(HttpResponse<String> page, int status, String reason) throws Exception {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.body()).contains("The application was not opened", "role=\"alert\"");
    assertThat(page.headers().firstValue("Location")).isEmpty();
    List<String> now = said();
    List<String> added = new ArrayList<>(now);
    told.forEach(added::remove);
    assertThat(added).anyMatch(one -> one.startsWith("launch 4 " + reason));
    told = now;
  }

  /** The launches in the audit log. */
  final List<String> said() throws Exception {
    List<JsonNode> leaves = new ArrayList<>();
    for (byte[] leaf :
        jdbc.queryForList(
            "select leaf from audit_log union all select leaf from audit_pending", byte[].class)) {
      JsonNode json = JSON.readTree(leaf);
      if (json.path("operation").asText().equals("launch")) {
        leaves.add(json);
      }
    }
    return leaves.stream()
        .map(
            leaf ->
                String.join(
                    " ",
                    Stream.of(
                            "launch",
                            leaf.path("outcome").asText(),
                            leaf.path("reason").asText(),
                            leaf.path("details").path("ehr").asText(),
                            leaf.path("agent").path("client").asText())
                        .filter(text -> !text.isEmpty())
                        .toList()))
        .toList();
  }
}
