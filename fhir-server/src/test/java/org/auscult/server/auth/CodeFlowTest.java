package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.access.Role;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFlowTest extends AuthorizationTest {
  /** SMART: 6. SMART: 12. SMART: 13. SMART: 14. SMART: 15. */
  @Test
  void standaloneLaunchGivesATokenForThePatientWhomTheUserPicked() throws Exception {
    SmartBrowser browser = browser();
    Map<String, String> callback =
        granted(browser, "ada", authorize("app", "launch/patient patient/Observation.rs"));

    assertThat(callback).containsEntry("", REDIRECT).containsEntry("state", "st&te = 1/ä");
    HttpResponse<String> answer = token(exchange("app", callback));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(answer.headers().firstValue("Pragma")).hasValue("no-cache");
    JsonNode tokens = JSON.readTree(answer.body());
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").asInt()).isBetween(60, 3600);
    assertThat(List.of(tokens.path("scope").asText().split(" ")))
        .containsExactlyInAnyOrder("launch/patient", "patient/Observation.rs");
    assertThat(tokens.path("patient").asText()).isEqualTo(patient);
    assertThat(tokens.path("need_patient_banner").asBoolean()).isTrue();
    assertThat(tokens.has("refresh_token")).isFalse();
    assertThat(tokens.has("id_token")).isFalse();
  }

  /** SMART: 13. SMART: 16. */
  @Test
  void anAccessTokenSaysForWhomByWhomAndForWhichServer() throws Exception {
    String token =
        tokens("quiet-app", "launch/patient patient/*.rs user/*.rs").path("access_token").asText();

    assertThat(part(token, 0).path("typ").asText()).isEqualTo("at+jwt");
    assertThat(part(token, 0).path("alg").asText()).isEqualTo("RS256");
    assertThat(part(token, 0).path("kid").asText()).isNotEmpty();
    JsonNode claims = part(token, 1);
    assertThat(claims.path("iss").asText()).isEqualTo(rootUrl());
    assertThat(claims.path("aud").asText()).isEqualTo(rootUrl() + "/fhir");
    assertThat(claims.path("sub").asText()).isEqualTo(users.named("ada").orElseThrow().id());
    assertThat(claims.path("client_id").asText()).isEqualTo("quiet-app");
    assertThat(claims.path("fhirUser").asText()).isEqualTo("Practitioner/ada");
    assertThat(claims.path("roles")).hasToString("[\"clinician\"]");
    assertThat(claims.path("sites")).hasToString("[\"north\"]");
    assertThat(claims.path("patient").asText()).isEqualTo(patient);
    assertThat(claims.path("jti").asText()).isNotEmpty();
    assertThat(List.of(claims.path("scope").asText().split(" ")))
        .containsExactlyInAnyOrder("launch/patient", "patient/*.rs", "user/*.rs");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(3600);
  }

  /** SMART: 6. SMART: 26. SMART: 27. SMART: 28. */
  @Test
  void anEhrLaunchBringsItsContext() throws Exception {
    String launch =
        launches.open(
            Kind.EHR,
            "app",
            users.named("ada").orElseThrow().id(),
            new Launch(
                patient,
                "visit-1",
                List.of(
                    Map.of("reference", "ImagingStudy/7"),
                    Map.of("reference", "Task/8", "role", "https://example.org/role/reason")),
                "reconcile",
                false,
                "north"));
    Map<String, String> callback =
        granted(browser(), "ada", authorize("app", "launch patient/*.rs", "launch", launch));
    JsonNode tokens = JSON.readTree(token(exchange("app", callback)).body());

    assertThat(tokens.path("patient").asText()).isEqualTo(patient);
    assertThat(tokens.path("encounter").asText()).isEqualTo("visit-1");
    assertThat(tokens.path("intent").asText()).isEqualTo("reconcile");
    assertThat(tokens.path("tenant").asText()).isEqualTo("north");
    assertThat(tokens.path("need_patient_banner").isBoolean()).isTrue();
    assertThat(tokens.path("need_patient_banner").asBoolean()).isFalse();
    assertThat(tokens.path("fhirContext").path(0).path("reference").asText())
        .isEqualTo("ImagingStudy/7");
    assertThat(tokens.path("fhirContext").path(1).path("role").asText())
        .isEqualTo("https://example.org/role/reason");
    HttpResponse<String> style = browser().get(tokens.path("smart_style_url").asText());
    assertThat(JSON.readTree(style.body()).path("color_text").asText()).startsWith("#");
    JsonNode claims = part(tokens.path("access_token").asText(), 1);
    assertThat(claims.path("encounter").asText()).isEqualTo("visit-1");
  }

  /** SMART: 26. A context is used once, by the client and the user for whom it was made. */
  @Test
  void aLaunchIsOfOneClientAndOneUserAndUsedOnce() throws Exception {
    String adas = users.named("ada").orElseThrow().id();
    String launch = launches.open(Kind.EHR, "quiet-app", adas, Launch.of(patient));

    assertThat(launched("quiet-app", "otto", launch)).containsEntry("error", "invalid_request");
    assertThat(launched("other-app", "ada", launch)).containsEntry("error", "invalid_request");
    assertThat(launched("quiet-app", "ada", launch)).containsKey("code");
    assertThat(launched("quiet-app", "ada", launch)).containsEntry("error", "invalid_request");
    assertThat(launched("quiet-app", "ada", "unknown")).containsEntry("error", "invalid_request");
  }

  private Map<String, String> launched(String client, String user, String launch) throws Exception {
    return granted(browser(), user, authorize(client, "launch user/*.rs", "launch", launch));
  }

  /** SMART: 25. */
  @Test
  void withoutAPatientThereAreNoScopesOfAPatient() throws Exception {
    String launch =
        launches.open(
            Kind.EHR, "quiet-app", null, new Launch(null, null, List.of(), null, false, null));
    Map<String, String> callback =
        granted(
            browser(),
            "ada",
            authorize("quiet-app", "launch patient/*.rs user/*.rs", "launch", launch));
    JsonNode tokens = JSON.readTree(token(exchange("quiet-app", callback)).body());

    assertThat(tokens.path("scope").asText()).doesNotContain("patient/");
    assertThat(tokens.has("patient")).isFalse();
  }

  /** SMART: 6. SMART: 11. */
  @Test
  void aRequestForAuthorizationMayBePosted() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    HttpResponse<String> posted =
        browser.post(
            "/oauth2/authorize", authorize("quiet-app", "user/*.rs").replaceFirst(".*\\?", ""));
    assertThat(posted.statusCode()).isEqualTo(303);

    assertThat(
            SmartBrowser.callback(
                browser.open(posted.headers().firstValue("Location").orElseThrow())))
        .containsKey("code")
        .containsEntry("state", "st&te = 1/ä");
  }

  /** SMART: 9. */
  @Test
  void pkceIsNeededWithS256AndTheVerifierMustFit() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    for (String client : List.of("quiet-app", "secret-app")) {
      assertThat(
              SmartBrowser.callback(
                  browser.open(
                      authorize(
                          client,
                          "user/*.rs",
                          "code_challenge",
                          VERIFIER,
                          "code_challenge_method",
                          "plain"))))
          .containsEntry("error", "invalid_request");
      assertThat(
              SmartBrowser.callback(
                  browser.open(
                      authorize(
                          client,
                          "user/*.rs",
                          "code_challenge",
                          null,
                          "code_challenge_method",
                          null))))
          .containsEntry("error", "invalid_request");
      assertThat(
              SmartBrowser.callback(
                  browser.open(
                      authorize(
                          client,
                          "user/*.rs",
                          "code_challenge",
                          VERIFIER,
                          "code_challenge_method",
                          null))))
          .containsEntry("error", "invalid_request");
    }
    String code = code("quiet-app", "user/*.rs");
    assertThat(error(token(exchange("quiet-app", code).replace(VERIFIER, VERIFIER + "z"))))
        .isEqualTo("invalid_grant");
    assertThat(error(token(exchange("quiet-app", code).replace("&code_verifier=" + VERIFIER, ""))))
        .startsWith("invalid_");
    assertThat(token(exchange("quiet-app", code)).statusCode()).isEqualTo(200);
  }

  /** SMART: 9. With a secret alone a code is worth nothing. */
  @Test
  void aConfidentialClientNeedsTheVerifierToo() throws Exception {
    String[] basic = {
      "Authorization",
      "Basic "
          + Base64.getEncoder().encodeToString("secret-app:s3cret".getBytes(StandardCharsets.UTF_8))
    };
    String form = exchange("secret-app", code("secret-app", "user/*.rs"));
    String withoutId = form.replace("client_id=secret-app&", "");

    assertThat(error(token(form))).isEqualTo("invalid_client");
    assertThat(token(withoutId.replace("&code_verifier=" + VERIFIER, ""), basic).statusCode())
        .isEqualTo(400);
    assertThat(token(withoutId, basic).statusCode()).isEqualTo(200);
  }

  /** SMART: 10. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.org/callback",
        "https://app.example.org/callback/",
        "https://app.example.org/callback?x=1",
        "https://app.example.org/callback/../other",
        "https://app.example.org:444/callback",
        "http://app.example.org/callback",
        "https://app.example.org@evil.example.org/callback",
        "https://app.example.org.evil.example.org/callback",
        "//evil.example.org",
        "javascript:alert(1)",
        "https://app.example.org/callback#fragment"
      })
  void nothingIsSentWhereNoClientIsRegistered(String redirectUri) throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    for (String scope : List.of("user/*.rs", "launch/patient", "unknown")) {
      HttpResponse<String> answer =
          browser.get(authorize("quiet-app", scope, "redirect_uri", redirectUri));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Location")).isEmpty();
    }
  }

  @Test
  void aRedirectUriMustBeNamedAndTheSameWhenTheCodeIsExchanged() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    assertThat(browser.get(authorize("quiet-app", "user/*.rs", "redirect_uri", null)).statusCode())
        .isEqualTo(400);
    String form = exchange("quiet-app", code("quiet-app", "user/*.rs"));
    assertThat(error(token(form.replace("callback", "elsewhere")))).isEqualTo("invalid_grant");
  }

  /** SMART: 12. */
  @Test
  void audienceStateAndScopesAreChecked() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    for (String aud : new String[] {null, "https://other.example.org/fhir", rootUrl()}) {
      assertThat(
              SmartBrowser.callback(browser.open(authorize("quiet-app", "user/*.rs", "aud", aud))))
          .containsEntry("error", "invalid_request");
    }
    assertThat(
            SmartBrowser.callback(browser.open(authorize("quiet-app", "user/*.rs", "state", null))))
        .containsEntry("error", "invalid_request");
    assertThat(SmartBrowser.callback(browser.open(authorize("quiet-app", "system/*.rs nothing"))))
        .containsEntry("error", "invalid_scope")
        .containsEntry("state", "st&te = 1/ä");
    for (String hidden : List.of("request_uri", "request")) {
      assertThat(browser.get(authorize("quiet-app", "user/*.rs", hidden, "urn:x")).statusCode())
          .isEqualTo(400);
    }
  }

  /** SMART: 12. */
  @Test
  void aCodeIsUsedOnceAndItsReuseEndsWhatItGave() throws Exception {
    String form =
        exchange("quiet-app", code("quiet-app", "openid fhirUser offline_access user/*.rs"));
    JsonNode tokens = JSON.readTree(token(form).body());
    assertThat(userInfo(tokens.path("access_token").asText()).statusCode()).isEqualTo(200);
    assertThat(fhir(tokens.path("access_token").asText())).isEqualTo(200);

    assertThat(error(token(form))).isEqualTo("invalid_grant");

    assertThat(userInfo(tokens.path("access_token").asText()).statusCode()).isEqualTo(401);
    assertThat(fhir(tokens.path("access_token").asText())).isEqualTo(401);
    assertThat(error(token(refresh("quiet-app", tokens.path("refresh_token").asText()))))
        .isEqualTo("invalid_grant");
  }

  @Test
  void ofManyExchangesOfACodeAtTheSameTimeOneSucceedsAtTheMost() throws Exception {
    String form = exchange("quiet-app", code("quiet-app", "user/*.rs"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> exchange = () -> token(form).statusCode();
      int successes = 0;
      for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(8, exchange))) {
        assertThat(answer.get()).isIn(200, 400);
        successes += answer.get() == 200 ? 1 : 0;
      }
      assertThat(successes).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aCodeOfOneClientIsNothingToAnother() throws Exception {
    String code = code("quiet-app", "user/*.rs");

    assertThat(error(token(exchange("other-app", code)))).isEqualTo("invalid_grant");
    assertThat(error(token(exchange("quiet-app", code)))).isEqualTo("invalid_grant");
  }

  /** SMART: 6. SMART: 17. SMART: 18. */
  @Test
  void aRefreshTokenIsOfItsClientAndNeverGivesMore() throws Exception {
    for (String lasting : List.of("offline_access", "online_access")) {
      String first =
          tokens("quiet-app", lasting + " user/Observation.rs launch/patient patient/*.r")
              .path("refresh_token")
              .asText();
      assertThat(error(token(refresh("other-app", first)))).startsWith("invalid_");
      assertThat(error(token(refresh("secret-app", first)))).isEqualTo("invalid_client");
      assertThat(
              error(
                  token(
                      refresh("quiet-app", first)
                          + "&scope="
                          + SmartBrowser.encode("user/Observation.rs user/*.rs"))))
          .isEqualTo("invalid_scope");

      HttpResponse<String> smaller =
          token(refresh("quiet-app", first) + "&scope=user%2FObservation.rs");
      assertThat(smaller.statusCode()).as(smaller.body()).isEqualTo(200);
      assertThat(JSON.readTree(smaller.body()).path("scope").asText())
          .isEqualTo("user/Observation.rs");
      String second = JSON.readTree(smaller.body()).path("refresh_token").asText();
      JsonNode same = JSON.readTree(token(refresh("quiet-app", second)).body());
      assertThat(same.path("patient").asText()).isEqualTo(patient);
      assertThat(part(same.path("access_token").asText(), 1).path("patient").asText())
          .isEqualTo(patient);
    }
  }

  /** SMART: 18. */
  @Test
  void aRefreshTokenThatWasReplacedEndsAllWhenItIsUsedAgain() throws Exception {
    JsonNode tokens = tokens("quiet-app", "openid fhirUser offline_access");
    String first = tokens.path("refresh_token").asText();
    JsonNode next = JSON.readTree(token(refresh("quiet-app", first)).body());
    assertThat(userInfo(tokens.path("access_token").asText()).statusCode()).isEqualTo(401);
    assertThat(userInfo(next.path("access_token").asText()).statusCode()).isEqualTo(200);

    assertThat(error(token(refresh("quiet-app", first)))).isEqualTo("invalid_grant");

    assertThat(error(token(refresh("quiet-app", next.path("refresh_token").asText()))))
        .isEqualTo("invalid_grant");
    assertThat(userInfo(next.path("access_token").asText()).statusCode()).isEqualTo(401);
  }

  @Test
  void whoIsDisabledGetsNoMoreTokens() throws Exception {
    user("gone", Set.of(Role.CLINICIAN), null);
    SmartBrowser browser = browser();
    Map<String, String> callback =
        granted(browser, "gone", authorize("quiet-app", "offline_access user/*.rs"));
    JsonNode tokens = JSON.readTree(token(exchange("quiet-app", callback)).body());
    users.disable("gone");

    assertThat(error(token(refresh("quiet-app", tokens.path("refresh_token").asText()))))
        .isEqualTo("invalid_grant");
    assertThat(browser.open(authorize("quiet-app", "user/*.rs")).body()).contains("Sign in");
    assertThat(browser().login("gone", PASSWORD).body()).contains("wrong");
  }

  /** SMART: 17. What is granted for as long as the user is there ends with the session. */
  @Test
  void signingOutEndsOnlineAccess() throws Exception {
    SmartBrowser browser = browser();
    Map<String, String> online =
        granted(browser, "ada", authorize("quiet-app", "online_access user/*.rs"));
    Map<String, String> offline =
        granted(browser, "ada", authorize("quiet-app", "offline_access user/*.rs"));
    String onlineToken = refreshToken(online);
    String offlineToken = refreshToken(offline);

    browser.submit(browser.open("/oauth2/account"), "Sign out");

    assertThat(error(token(refresh("quiet-app", onlineToken)))).isEqualTo("invalid_grant");
    assertThat(token(refresh("quiet-app", offlineToken)).statusCode()).isEqualTo(200);
  }

  private String refreshToken(Map<String, String> callback) throws Exception {
    return JSON.readTree(token(exchange("quiet-app", callback)).body())
        .path("refresh_token")
        .asText();
  }

  /** SMART: 6. SMART: 19. SMART: 22. SMART: 24. */
  @Test
  void scopesAreCutDownToWhatTheUsersRolesMayHave() throws Exception {
    Map<String, String> callback =
        granted(
            browser(),
            "otto",
            authorize(
                "quiet-app",
                "launch/patient patient/*.rs user/*.cruds user/*.read user/Observation.rs"
                    + " user/Observation.c system/*.rs"));
    JsonNode tokens = JSON.readTree(token(exchange("quiet-app", callback)).body());

    assertThat(List.of(tokens.path("scope").asText().split(" ")))
        .containsExactlyInAnyOrder("user/*.read", "user/*.rs", "user/Observation.rs");
  }

  /** SMART: 6. SMART: 29. */
  @Test
  void anIdTokenSaysWhoSignedInAndIsVerifiedByOurKeys() throws Exception {
    JsonNode tokens = tokens("quiet-app", "openid fhirUser user/*.rs");
    String idToken = tokens.path("id_token").asText();
    JsonNode keys = JSON.readTree(browser().get("/oauth2/jwks").body());

    assertThat(part(idToken, 0).path("alg").asText()).isEqualTo("RS256");
    JsonNode claims = part(idToken, 1);
    assertThat(claims.path("iss").asText()).isEqualTo(rootUrl());
    assertThat(claims.path("aud").asText()).isEqualTo("quiet-app");
    assertThat(claims.path("fhirUser").asText()).isEqualTo(rootUrl() + "/fhir/Practitioner/ada");
    assertThat(keys.path("keys"))
        .anySatisfy(key -> assertThat(key.path("kid")).isEqualTo(unchecked(idToken).path("kid")))
        .allSatisfy(key -> assertThat(key.has("d") || key.has("x5c") || key.has("p")).isFalse());
    var verifier =
        new RSASSAVerifier(
            JWKSet.parse(keys.toString())
                .getKeyByKeyId(part(idToken, 0).path("kid").asText())
                .toRSAKey());
    assertThat(SignedJWT.parse(idToken).verify(verifier)).isTrue();
    JsonNode info = JSON.readTree(userInfo(tokens.path("access_token").asText()).body());
    assertThat(info.path("sub")).isEqualTo(claims.path("sub"));
    assertThat(info.path("fhirUser")).isEqualTo(claims.path("fhirUser"));
    assertThat(userInfo(idToken).statusCode()).isEqualTo(401);
  }

  private static JsonNode unchecked(String jwt) {
    try {
      return part(jwt, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private int fhir(String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/CodeSystem?_count=1"))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private HttpResponse<String> userInfo(String token) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/userinfo"))
                .header("Authorization", "Bearer " + token)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
