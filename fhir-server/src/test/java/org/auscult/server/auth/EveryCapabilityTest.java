package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches.Kind;
import org.junit.jupiter.api.Test;

/** SMART: 6. SMART: 7. Each capability that discovery lists is used as a client would. */
class EveryCapabilityTest extends AuthorizationTest {
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  @Test
  void everyListedCapabilityWorks() throws Exception {
    JsonNode listed =
        JSON.readTree(browser().get("/fhir/.well-known/smart-configuration").body())
            .path("capabilities");
    Set<String> used = new HashSet<>();
    for (JsonNode capability : listed) {
      use(capability.asText());
      used.add(capability.asText());
    }

    // Source: SMART App Launch 2.2, capability sets: clinician by EHR launch, clinician standalone.
    assertThat(used)
        .contains("launch-ehr", "context-ehr-patient", "context-ehr-encounter")
        .contains("launch-standalone", "context-standalone-patient")
        .contains("client-public", "client-confidential-symmetric", "permission-patient")
        .contains("client-confidential-asymmetric", "permission-user", "permission-offline");
  }

  private void use(String capability) throws Exception {
    switch (capability) {
      case "launch-ehr", "context-ehr-patient" ->
          assertThat(ehrLaunch().path("patient").asText()).isEqualTo(patient);
      case "context-ehr-encounter" ->
          assertThat(ehrLaunch().path("encounter").asText()).isEqualTo("visit-9");
      case "context-banner" ->
          assertThat(ehrLaunch().path("need_patient_banner").asBoolean(true)).isFalse();
      case "context-style" -> {
        HttpResponse<String> style = browser().get(ehrLaunch().path("smart_style_url").asText());
        assertThat(JSON.readTree(style.body()).path("color_background").asText()).startsWith("#");
      }
      case "launch-standalone", "context-standalone-patient", "client-public" ->
          assertThat(tokens("quiet-app", "launch/patient").path("patient").asText())
              .isEqualTo(patient);
      case "authorize-post" -> authorizePost();
      case "client-confidential-symmetric" -> symmetric();
      case "client-confidential-asymmetric" -> asymmetric();
      case "sso-openid-connect" -> openId();
      case "permission-offline" -> refreshes("offline_access", true);
      case "permission-online" -> refreshes("online_access", false);
      case "permission-patient", "permission-v2" -> reads("launch/patient patient/Patient.rs");
      case "permission-v1" -> reads("launch/patient patient/Patient.read");
      case "permission-user" -> reads("user/Patient.rs");
      default -> throw new AssertionError("Nothing here uses the capability " + capability);
    }
  }

  private JsonNode ehrLaunch() throws Exception {
    String launch =
        launches.open(
            Kind.EHR,
            "quiet-app",
            null,
            new Launch(patient, "visit-9", List.of(), null, false, null));
    return JSON.readTree(
        token(
                exchange(
                    "quiet-app",
                    granted(
                        browser(),
                        "ada",
                        authorize("quiet-app", "launch patient/*.rs", "launch", launch))))
            .body());
  }

  private void authorizePost() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    HttpResponse<String> posted =
        browser.post(
            "/oauth2/authorize", authorize("quiet-app", "user/*.rs").replaceFirst(".*\\?", ""));
    String next = posted.headers().firstValue("Location").orElseThrow();
    assertThat(SmartBrowser.callback(browser.open(next))).containsKey("code");
  }

  /** The form of an exchange that does not name its client. */
  private String anonymous(String client) throws Exception {
    Map<String, String> callback =
        granted(browser(), "ada", authorize(client, "launch/patient patient/*.rs"));
    return SmartBrowser.form(
        "grant_type",
        "authorization_code",
        "redirect_uri",
        REDIRECT,
        "code_verifier",
        VERIFIER,
        "code",
        callback.getOrDefault("code", "no code"));
  }

  private void symmetric() throws Exception {
    assertThat(error(token(anonymous("secret-app") + "&client_id=secret-app")))
        .isEqualTo("invalid_client");
    String basic =
        Base64.getEncoder().encodeToString("secret-app:s3cret".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer = token(anonymous("secret-app"), "Authorization", "Basic " + basic);
    assertThat(JSON.readTree(answer.body()).path("patient").asText()).isEqualTo(patient);
  }

  private void asymmetric() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_384).keyID("app").generate();
    clients.put(
        new Client(
            "signing-app",
            "Signing",
            Type.ASYMMETRIC,
            List.of(REDIRECT),
            null,
            ALL_SCOPES,
            null,
            JSON.readTree(new JWKSet(key.toPublicJWK()).toString()),
            null,
            List.of(ORIGIN),
            false,
            false),
        "api");
    assertThat(error(token(anonymous("signing-app") + "&client_id=signing-app")))
        .isEqualTo("invalid_client");
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("app").type(JOSEObjectType.JWT).build(),
            new JWTClaimsSet.Builder()
                .issuer("signing-app")
                .subject("signing-app")
                .audience(rootUrl() + "/oauth2/token")
                .expirationTime(Date.from(Instant.now().plusSeconds(200)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    assertion.sign(new ECDSASigner(key));
    HttpResponse<String> answer =
        token(
            anonymous("signing-app")
                + "&"
                + SmartBrowser.form(
                    "client_assertion_type", ASSERTION, "client_assertion", assertion.serialize()));
    assertThat(JSON.readTree(answer.body()).path("patient").asText())
        .as(answer.body())
        .isEqualTo(patient);
  }

  private void openId() throws Exception {
    String idToken = tokens("quiet-app", "openid fhirUser user/*.rs").path("id_token").asText();
    JWKSet keys = JWKSet.parse(browser().get("/oauth2/jwks").body());
    String kid = part(idToken, 0).path("kid").asText();
    assertThat(
            SignedJWT.parse(idToken).verify(new RSASSAVerifier(keys.getKeyByKeyId(kid).toRSAKey())))
        .isTrue();
    assertThat(part(idToken, 1).path("fhirUser").asText())
        .isEqualTo(rootUrl() + "/fhir/Practitioner/ada");
  }

  private void refreshes(String scope, boolean afterSignOut) throws Exception {
    SmartBrowser browser = browser();
    Map<String, String> callback =
        granted(browser, "ada", authorize("quiet-app", scope + " user/*.rs"));
    JsonNode first = JSON.readTree(token(exchange("quiet-app", callback)).body());
    JsonNode second =
        JSON.readTree(token(refresh("quiet-app", first.path("refresh_token").asText())).body());
    assertThat(second.path("access_token").asText()).isNotEmpty();
    browser.submit(browser.open("/oauth2/account"), "Sign out");
    HttpResponse<String> later = token(refresh("quiet-app", second.path("refresh_token").asText()));
    assertThat(later.statusCode()).isEqualTo(afterSignOut ? 200 : 400);
  }

  /** The token reads what its scope says, and nothing that it does not say. */
  private void reads(String scope) throws Exception {
    String token = tokens("quiet-app", scope).path("access_token").asText();
    assertThat(status("GET", "Patient/" + patient, token)).isEqualTo(200);
    assertThat(status("DELETE", "Patient/" + patient, token)).isEqualTo(403);
    assertThat(status("GET", "Observation?patient=" + patient, token)).isEqualTo(403);
  }

  private int status(String method, String path, String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
