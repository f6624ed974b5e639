package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the authorization server does stands in the audit log. */
class AuditedAuthorizationTest extends AuthorizationTest {
  @Autowired JdbcTemplate jdbc;

  private List<JsonNode> leaves(String kind) throws Exception {
    List<JsonNode> leaves = new ArrayList<>();
    for (byte[] leaf :
        jdbc.queryForList(
            "select leaf from audit_log union all select leaf from audit_pending", byte[].class)) {
      JsonNode json = JSON.readTree(leaf);
      if (json.path("kind").asText().equals(kind)) {
        leaves.add(json);
      }
    }
    return leaves;
  }

  private static String said(JsonNode leaf) {
    String reason = leaf.path("reason").asText();
    return leaf.path("operation").asText() + (reason.isEmpty() ? "" : " " + reason);
  }

  private List<String> of(String kind, String field, String value) throws Exception {
    return leaves(kind).stream()
        .filter(leaf -> leaf.path("agent").path(field).asText().equals(value))
        .map(AuditedAuthorizationTest::said)
        .distinct()
        .toList();
  }

  /** Governance: 6. */
  @Test
  void signInsConsentsTokensAndRefusalsAreRecordedAndNoSecret() throws Exception {
    String id = user("watched", Set.of(Role.CLINICIAN), null).id();
    browser().login("watched", "wrong");
    browser().login("typed-by-mistake-hunter2", "wrong");
    SmartBrowser browser = browser();
    browser.login("watched", PASSWORD);
    granted(browser, "watched", authorize("quiet-app", "user/*.rs", "aud", "https://no.example"));
    Map<String, String> callback =
        granted(browser, "watched", authorize("quiet-app", "user/*.rs offline_access"));
    String form = exchange("quiet-app", callback);
    JsonNode tokens = JSON.readTree(token(form).body());
    token(refresh("quiet-app", tokens.path("refresh_token").asText()));
    token(form);
    token(refresh("never-registered", "x"));
    browser.submit(browser.open("/oauth2/account"), "Sign out");

    assertThat(of("login", "subject", id)).contains("login refused", "login", "logout");
    assertThat(of("consent", "subject", id)).contains("authorize");
    assertThat(of("token", "subject", id)).contains("authorize invalid_request", "token");
    assertThat(of("token", "client", "quiet-app")).contains("token invalid_grant");
    assertThat(leaves("token").stream().map(AuditedAuthorizationTest::said))
        .contains("token invalid_client");
    String all =
        new String(JSON.writeValueAsBytes(leaves("login")), StandardCharsets.UTF_8)
            + JSON.writeValueAsString(leaves("token"))
            + JSON.writeValueAsString(leaves("consent"));
    assertThat(all)
        .doesNotContain(
            "hunter2",
            PASSWORD,
            tokens.path("access_token").asText(),
            tokens.path("refresh_token").asText(),
            callback.getOrDefault("code", "no code"));
  }

  /** A forged form, and what is refused before anybody of the authorization server sees it. */
  @Test
  void whatIsRefusedOnTheWayIsRecordedOnce() throws Exception {
    String id = user("forged", Set.of(Role.CLINICIAN), null).id();
    SmartBrowser browser = browser();
    browser.login("forged", PASSWORD);
    Set<JsonNode> before = refusals();

    assertThat(browser.post("/logout", "x=y").statusCode()).isEqualTo(403);
    assertThat(browser.get("/oauth2/consent?state=guessed").statusCode()).isEqualTo(404);
    assertThat(browser().get("/userinfo").statusCode()).isEqualTo(401);
    assertThat(token(refresh("never-registered", "x")).statusCode()).isEqualTo(401);

    assertThat(of("caller-refused", "subject", id)).contains("logout http-403", "consent http-404");
    Set<JsonNode> since = refusals();
    since.removeAll(before);
    assertThat(since).hasSize(4);
    assertThat(since.stream().map(AuditedAuthorizationTest::said))
        .contains("userinfo http-401")
        .doesNotContain("token http-401");
  }

  private Set<JsonNode> refusals() throws Exception {
    Set<JsonNode> refusals = new HashSet<>(leaves("caller-refused"));
    refusals.addAll(leaves("token"));
    return refusals;
  }
}
