package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest extends AuthorizationTest {
  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rootUrl() + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** SMART: 1. SMART: 2. SMART: 3. SMART: 4. SMART: 5. SMART: 7. SMART: 37. SMART: 39. */
  @Test
  void smartConfigurationSaysWhatAClientMustKnow() throws Exception {
    HttpResponse<String> answer =
        send("GET", "/fhir/.well-known/smart-configuration", "Accept", "application/fhir+xml");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    JsonNode told = JSON.readTree(answer.body());
    assertThat(told.path("issuer").asText()).isEqualTo(rootUrl());
    for (String endpoint :
        List.of(
            "jwks_uri",
            "authorization_endpoint",
            "token_endpoint",
            "introspection_endpoint",
            "revocation_endpoint")) {
      assertThat(told.path(endpoint).asText()).startsWith(rootUrl() + "/oauth2/");
    }
    assertThat(texts(told, "grant_types_supported"))
        .containsExactlyInAnyOrder("authorization_code", "refresh_token", "client_credentials");
    assertThat(texts(told, "code_challenge_methods_supported")).containsExactly("S256");
    assertThat(texts(told, "response_types_supported")).containsExactly("code");
    assertThat(texts(told, "token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("private_key_jwt", "client_secret_basic", "none");
    assertThat(texts(told, "token_endpoint_auth_signing_alg_values_supported"))
        .containsExactlyInAnyOrder("RS384", "ES384");
    // Clinician access for EHR launch and standalone, and what belongs to them.
    assertThat(texts(told, "capabilities"))
        .contains(
            "launch-ehr",
            "launch-standalone",
            "client-public",
            "client-confidential-symmetric",
            "client-confidential-asymmetric",
            "context-ehr-patient",
            "context-ehr-encounter",
            "context-standalone-patient",
            "permission-user",
            "permission-patient",
            "permission-v1",
            "permission-v2",
            "sso-openid-connect");
    assertThat(texts(told, "scopes_supported")).contains("openid", "fhirUser", "launch/patient");
  }

  @Test
  void theCapabilityStatementNamesTheEndpoints() throws Exception {
    JsonNode security =
        JSON.readTree(send("GET", "/fhir/metadata").body()).path("rest").path(0).path("security");

    assertThat(security.path("service").path(0).path("coding").path(0).path("code").asText())
        .isEqualTo("SMART-on-FHIR");
    assertThat(security.path("extension").path(0).path("extension").toString())
        .contains(rootUrl() + "/oauth2/authorize", rootUrl() + "/oauth2/token");
  }

  /** SMART: 2. */
  @Test
  void noUrlIsMadeOfTheRequestsHost() throws Exception {
    for (String path :
        List.of(
            "/fhir/.well-known/smart-configuration",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server")) {
      HttpResponse<String> answer =
          send(
              "GET",
              path,
              "X-Forwarded-Host",
              "evil.example.org",
              "Forwarded",
              "host=evil.example.org");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("evil.example.org");
      try (Socket socket = new Socket("127.0.0.1", port)) {
        socket
            .getOutputStream()
            .write(
                ("GET " + path + " HTTP/1.1\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .doesNotContain("evil.example.org");
      }
    }
  }

  /** SMART: 4. SMART: 29. */
  @Test
  void metadataOfOpenIdAndOauthSayTheSameAndNoMore() throws Exception {
    JsonNode smart = JSON.readTree(send("GET", "/fhir/.well-known/smart-configuration").body());
    for (String path :
        List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
      JsonNode told = JSON.readTree(send("GET", path).body());
      for (String member :
          List.of(
              "issuer",
              "jwks_uri",
              "authorization_endpoint",
              "token_endpoint",
              "introspection_endpoint",
              "revocation_endpoint",
              "grant_types_supported",
              "code_challenge_methods_supported",
              "token_endpoint_auth_methods_supported")) {
        assertThat(told.path(member)).as(path + " " + member).isEqualTo(smart.path(member));
      }
      assertThat(told.has("registration_endpoint")).isFalse();
      assertThat(told.has("device_authorization_endpoint")).isFalse();
      assertThat(told.has("pushed_authorization_request_endpoint")).isFalse();
    }
    JsonNode openId = JSON.readTree(send("GET", "/.well-known/openid-configuration").body());
    assertThat(openId.path("userinfo_endpoint").asText()).isEqualTo(rootUrl() + "/userinfo");
    assertThat(texts(openId, "id_token_signing_alg_values_supported")).containsExactly("RS256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth2/par", "/oauth2/device_authorization", "/connect/register"})
  void whatIsNotOfferedIsNotThere(String path) throws Exception {
    assertThat(browser().post(path, "client_id=quiet-app").statusCode()).isIn(404, 405);
  }

  /** SMART: 8. */
  @Test
  void discoveryIsForAnyPageTokensAndFhirForThoseOfClients() throws Exception {
    String stranger = "https://stranger.example.org";
    for (String path : List.of("/fhir/.well-known/smart-configuration", "/oauth2/jwks")) {
      assertThat(allowed(send("GET", path, "Origin", stranger))).isEqualTo("*");
    }
    for (String path : List.of("/oauth2/token", "/fhir/Patient", "/userinfo")) {
      HttpResponse<String> ours = preflight(path, ORIGIN);
      assertThat(ours.statusCode()).isEqualTo(200);
      assertThat(allowed(ours)).isEqualTo(ORIGIN);
      assertThat(ours.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(allowed(preflight(path, stranger))).isEmpty();
      assertThat(preflight(path, stranger).statusCode()).isEqualTo(403);
    }
    assertThat(allowed(send("GET", "/fhir/Patient?_count=1", "Origin", ORIGIN))).isEqualTo(ORIGIN);
    assertThat(allowed(send("GET", "/fhir/Patient?_count=1", "Origin", stranger))).isEmpty();
    assertThat(allowed(preflight("/oauth2/authorize", ORIGIN))).isEmpty();
  }

  private HttpResponse<String> preflight(String path, String origin) throws Exception {
    return send(
        "OPTIONS",
        path,
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,content-type");
  }

  private static String allowed(HttpResponse<String> answer) {
    return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
  }

  private static List<String> texts(JsonNode node, String member) {
    return StreamSupport.stream(node.path(member).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
