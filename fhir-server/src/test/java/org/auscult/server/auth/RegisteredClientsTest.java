package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators keep clients by the API. */
class RegisteredClientsTest extends RegistrySteps {
  private String client(String type, String... more) {
    ObjectNode client =
        JSON.createObjectNode().put("id", name).put("name", "New").put("type", type);
    client.put("scopes", "user/*.rs offline_access").putArray("redirectUris").add(REDIRECT);
    client.put("consent", false);
    for (int i = 0; i < more.length; i += 2) {
      client.put(more[i], more[i + 1]);
    }
    return client.toString();
  }

  private String basic(String secret) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> codeWith(String secret) throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    String code =
        SmartBrowser.callback(browser.get(authorize(name, "user/*.rs offline_access")))
            .getOrDefault("code", "none");
    return token(
        SmartBrowser.form(
            "grant_type", "authorization_code",
            "redirect_uri", REDIRECT,
            "code_verifier", VERIFIER,
            "code", code),
        "Authorization",
        basic(secret));
  }

  @Test
  void aClientsSecretIsToldOnceAndReplaced() throws Exception {
    ObjectNode told = body(send("POST", CLIENTS, client("symmetric")), 201);
    String secret = told.path("secret").asText();
    assertThat(secret).hasSizeGreaterThan(40);
    assertThat(told.has("secretHash")).isFalse();
    assertThat(body(send("GET", CLIENTS + "/" + name, null), 200).has("secret")).isFalse();
    JsonNode tokens = JSON.readTree(codeWith(secret).body());
    assertThat(tokens.has("access_token")).as(tokens.toString()).isTrue();

    String other =
        body(send("POST", CLIENTS + "/" + name + "/secret", null), 200).path("secret").asText();

    assertThat(other).isNotEqualTo(secret);
    assertThat(codeWith(secret).statusCode()).isEqualTo(401);
    assertThat(codeWith(other).statusCode()).isEqualTo(200);
    assertThat(
            error(
                token(
                    SmartBrowser.form(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.path("refresh_token").asText()),
                    "Authorization",
                    basic(other))))
        .isEqualTo("invalid_grant");
    String log = said("client rotate", name) + said("client create", name);
    assertThat(log).contains("new.type").doesNotContain(secret, other, "bcrypt");
  }

  @Test
  void aClientIsChangedAndDisabled() throws Exception {
    HttpResponse<String> made = send("POST", CLIENTS, client("public"));
    ObjectNode client = body(made, 201);
    String path = CLIENTS + "/" + name;
    client.remove(List.of("origin", "version"));
    assertProblem(send("POST", path + "/secret", null), 409, "no secret");
    assertProblem(send("POST", CLIENTS, client("public")), 409, "already");
    assertProblem(send("PUT", path, client("asymmetric"), "If-Match", "\"1\""), 400, "keys");
    assertProblem(send("PUT", path, client("symmetric"), "If-Match", "\"1\""), 409, "type");

    client.put("name", "Newer").put("disabled", true);
    assertProblem(send("PUT", path, client.toString(), "If-Match", "\"2\""), 412, "read it again");
    ObjectNode changed = body(send("PUT", path, client.toString(), "If-Match", "\"1\""), 200);
    assertThat(changed.path("version").asLong()).isEqualTo(2);

    assertThat(browser().get(authorize(name, "user/*.rs")).statusCode()).isEqualTo(400);
    assertThat(said("client change", name))
        .contains("old.name=New", "new.name=Newer", "new.disabled=true");
    body(send("PUT", path, client.put("disabled", false).toString(), "If-Match", "\"2\""), 200);
    assertThat(browser().get(authorize(name, "user/*.rs")).statusCode()).isEqualTo(302);
  }

  @Test
  void aClientsKeysAreRegisteredAndNoPrivateOnes() throws Exception {
    String publicKey = "{\"keys\":[" + LaunchingEhr.newKey("k").toPublicJWK().toJSONString() + "]}";
    String privateKey = "{\"keys\":[" + LaunchingEhr.newKey("k").toJSONString() + "]}";
    ObjectNode service = JSON.createObjectNode().put("id", name).put("name", "Load");
    service.put("type", "backend").put("scopes", "system/*.rs");

    service.set("jwks", JSON.readTree(privateKey));
    HttpResponse<String> refused = send("POST", CLIENTS, service.toString());
    assertProblem(refused, 400, "private key");
    service.set("jwks", JSON.readTree(publicKey));
    ObjectNode made = body(send("POST", CLIENTS, service.toString()), 201);

    assertThat(made.at("/jwks/keys/0/kid").asText()).isEqualTo("k");
    assertThat(made.has("secret")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"secretHash\":\"{bcrypt}x\"",
        "\"redirectUris\":[\"https://*.example.org/\"]",
        "\"redirectUris\":[]",
        "\"scopes\":\"everything\"",
        "\"unknown\":1",
        "\"type\":\"wizard\""
      })
  void whatIsNoClientIsRefused(String member) throws Exception {
    ObjectNode client = (ObjectNode) JSON.readTree(client("public"));
    client.setAll((ObjectNode) JSON.readTree("{" + member + "}"));

    assertProblem(send("POST", CLIENTS, client.toString()), 400, "");
    assertThat(clients.find(name)).isEmpty();
  }
}
