package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.auscult.access.Role;
import org.auscult.server.auth.grant.JdbcGrants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An access token lasts half an hour, but counts no more from the moment when its user or its
 * client is disabled, on whatever node that was done, and whatever became of the grant.
 */
class EndedTokensTest extends RegistrySteps {
  @Autowired private JdbcGrants grants;
  private String user = "";
  private String access = "";

  @BeforeEach
  void signIn() throws Exception {
    user = user(name, Set.of(Role.CLINICIAN), null).id();
    access = tokenOf(name, null, "user/*.cruds");
    assertThat(asked("").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> asked(String request) throws Exception {
    return send(
        "GET",
        "/fhir/Practitioner",
        null,
        "Authorization",
        "Bearer " + access,
        "X-Request-ID",
        request.isEmpty() ? UUID.randomUUID().toString() : request);
  }

  /** What another node does: only the database knows. */
  private void setDisabled(String table, String id, boolean disabled) {
    assertThat(jdbc.update("update " + table + " set disabled = ? where id = ?", disabled, id))
        .isEqualTo(1);
  }

  @Test
  void aDisabledUserIsRefusedAtTheNextRequest() throws Exception {
    setDisabled("auth_user", user, true);

    String request = UUID.randomUUID().toString();
    HttpResponse<String> refused = asked(request);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("its user or client was disabled").doesNotContain(access);
    JsonNode leaf = leaf(request);
    assertThat(leaf.path("kind").asText()).isEqualTo("caller-refused");
    assertThat(leaf.path("outcome").asText()).isNotEqualTo("0");
    assertThat(send("GET", "/userinfo", null, "Authorization", "Bearer " + access).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aDisabledClientIsRefusedAtTheNextRequest() throws Exception {
    setDisabled("auth_client", "registry-app", true);
    try {
      assertThat(asked("").statusCode()).isEqualTo(401);
      assertThat(send("GET", USERS, null).statusCode())
          .as("the administrator's too")
          .isEqualTo(401);
    } finally {
      setDisabled("auth_client", "registry-app", false);
    }
  }

  /** Who left the registry file is let in by no token of before, also when put there again. */
  @Test
  void whatWasGrantedEndsWithWhoLeftTheFile() throws Exception {
    setDisabled("auth_user", user, true);
    grants.endOrphaned();
    setDisabled("auth_user", user, false);

    assertThat(asked("").statusCode()).isEqualTo(401);
    assertThat(send("GET", USERS, null).statusCode()).as("others go on").isEqualTo(200);
  }

  /** The rule that makes a suspected breach of it counts exactly these rows. */
  @Test
  void aReplacedRefreshTokenThatIsUsedAgainIsFoundInTheLog() throws Exception {
    String code =
        granted(browser(), name, authorize("quiet-app", "user/*.rs offline_access"))
            .getOrDefault("code", "none");
    String first =
        JSON.readTree(token(exchange("quiet-app", code)).body()).path("refresh_token").asText();
    JsonNode second = JSON.readTree(token(refresh("quiet-app", first)).body());
    assertThat(second.has("refresh_token")).isTrue();
    assertThat(reuses()).isZero();

    assertThat(error(token(refresh("quiet-app", first)))).isEqualTo("invalid_grant");

    for (int i = 0; i < 100 && reuses() == 0; i++) {
      Thread.sleep(100);
    }
    assertThat(reuses()).isEqualTo(1);
    assertThat(error(token(refresh("quiet-app", second.path("refresh_token").asText()))))
        .as("the thief's, or the owner's")
        .isEqualTo("invalid_grant");
  }

  private int reuses() {
    Integer rows =
        jdbc.queryForObject(
            "select count(*) from audit_event where kind = 'token'"
                + " and subtype = 'refresh-token-reuse' and number = 0 and agent = ?",
            Integer.class,
            "Practitioner/" + name);
    return rows == null ? 0 : rows;
  }

  private JsonNode leaf(String request) throws Exception {
    for (byte[] leaf :
        jdbc.queryForList(
            "select leaf from audit_log union all select leaf from audit_pending", byte[].class)) {
      JsonNode json = JSON.readTree(leaf);
      if (json.path("request").asText().equals(request)) {
        return json;
      }
    }
    throw new AssertionError("No leaf of the request " + request);
  }
}
