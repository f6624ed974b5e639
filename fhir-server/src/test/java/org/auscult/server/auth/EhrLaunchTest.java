package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.auscult.access.Role;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * An application of ours is launched from within an EHR that has an authorization server of its
 * own.
 *
 * <p>Safety: 28.
 */
@ExtendWith(OutputCaptureExtension.class)
class EhrLaunchTest extends EhrLaunchSteps {
  /** SMART: 26. Safety: 1. */
  @Test
  void theEhrsSignInAndPatientBecomeATokenOfOurs(CapturedOutput log) throws Exception {
    LAUNCHING.session.fhirUser = "Practitioner/ada-there";
    SmartBrowser browser = browser();

    HttpResponse<String> launched = launch(browser, "launched-app", LAUNCHING);

    assertThat(location(launched)).startsWith(APP_URL + "&iss=");
    assertThat(SmartBrowser.callback(launched)).containsEntry("iss", rootUrl() + "/fhir");
    Map<String, String> callback =
        SmartBrowser.callback(
            browser.get(
                request("launched-app", launched, SCOPES + " offline_access online_access")));
    JsonNode tokens = tokens("launched-app", callback);
    assertThat(tokens.path("patient").asText()).isEqualTo(patient);
    assertThat(tokens.has("refresh_token")).isFalse();
    assertThat(tokens.path("scope").asText()).doesNotContain("_access");
    JsonNode claims = part(tokens.path("access_token").asText(), 1);
    assertThat(claims.path("patient").asText()).isEqualTo(patient);
    assertThat(claims.path("sub").asText()).isEqualTo(users.named("ada").orElseThrow().id());
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(3600);
    assertThat(said()).contains("launch 0 launching launched-app");
    assertThat(LAUNCHING.accessTokens).isNotEmpty();
    for (String token : LAUNCHING.accessTokens) {
      assertThat(log.getAll()).doesNotContain(token);
      assertThat(everythingStored()).doesNotContain(token);
    }
  }

  /** The EHR's own token opens nothing here. */
  @Test
  void theEhrsAccessTokenIsNoneOfOurs() throws Exception {
    launch(browser(), "launched-app", LAUNCHING);

    for (String token : LAUNCHING.accessTokens) {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/Patient/" + patient))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPractitionerWhomNobodyNamedHasTheRolesOfThatEhr() throws Exception {
    SmartBrowser browser = browser();
    HttpResponse<String> launched = launch(browser, "launched-app", LAUNCHING);
    JsonNode claims =
        part(
            tokens(
                    "launched-app",
                    SmartBrowser.callback(
                        browser.get(request("launched-app", launched, "launch patient/*.rs"))))
                .path("access_token")
                .asText(),
            1);

    assertThat(claims.path("roles")).hasToString("[\"clinician\"]");
    assertThat(claims.path("sites")).hasToString("[\"north\"]");
    assertThat(claims.has("fhirUser")).isFalse();
    User known = users.active(claims.path("sub").asText()).orElseThrow();
    assertThat(known.displayName()).isEqualTo("Dr Elsewhere (launching)");
    launch(browser(), "launched-app", LAUNCHING);
    assertThat(users.all()).filteredOn(u -> u.name().equals(known.name())).hasSize(1);

    users.disable(known.name());
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "unknown-user");
    assertThat(users.active(known.id())).isEmpty();
    jdbc.update("update auth_user set disabled = false where name = ?", known.name());
  }

  @Test
  void anEhrWhoseClientsArePublicLaunchesToo() throws Exception {
    LAUNCHING_TOO.session.fhirUser = "Practitioner/ada-there";

    assertThat(location(launch(browser(), "launched-app", LAUNCHING_TOO))).startsWith(APP_URL);
  }

  @Test
  void whoIsNotMappedIsRefused() throws Exception {
    assertRefused(launch(browser(), "launched-app", LAUNCHING_TOO), 403, "unknown-user");
    LAUNCHING.session.fhirUser = "Patient/1";
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "unknown-user");
    LAUNCHING.session.subject = "paula-there";
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "unknown-user");

    user("paula", Set.of(Role.PRIVACY_OFFICER), null);
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "second-factor");
    user("paula", Set.of(Role.CLINICIAN), null);
    assertThat(location(launch(browser(), "launched-app", LAUNCHING))).startsWith(APP_URL);
  }

  /** Safety: 1. */
  @Test
  void aPatientWhoIsNotSurelyOursIsNotOpened() throws Exception {
    LAUNCHING.patient("1", there("1", "1961-02-04"));

    assertRefused(launch(browser(), "launched-app", LAUNCHING), 404, "unknown-patient");
  }

  @Test
  void aLaunchSignsInOneBrowserForOneApplicationOnce() throws Exception {
    SmartBrowser browser = browser();
    HttpResponse<String> launched = launch(browser, "launched-app", LAUNCHING);
    String request = request("launched-app", launched, SCOPES);

    assertThat(SmartBrowser.callback(browser().get(request)))
        .containsEntry("error", "invalid_request");
    assertThat(SmartBrowser.callback(browser.get(request("other-app", launched, SCOPES))))
        .containsEntry("error", "invalid_request");
    assertThat(location(browser.get(request("launched-app", launched, "patient/*.rs"))))
        .endsWith("/login");
    SmartBrowser signedIn = browser();
    signedIn.login("ada", PASSWORD);
    assertThat(SmartBrowser.callback(signedIn.get(request)))
        .containsEntry("error", "invalid_request");

    assertThat(SmartBrowser.callback(browser.get(request))).containsKey("code");
    assertThat(SmartBrowser.callback(browser.get(request)))
        .containsEntry("error", "invalid_request");
    assertThat(browser.get("/oauth2/account").statusCode()).isEqualTo(302);
  }

  private String accessToken(SmartBrowser browser) throws Exception {
    HttpResponse<String> launched = launch(browser, "launched-app", LAUNCHING);
    return tokens(
            "launched-app",
            SmartBrowser.callback(browser.get(request("launched-app", launched, SCOPES))))
        .path("access_token")
        .asText();
  }

  private boolean isActive(String token) throws Exception {
    HttpResponse<String> answer =
        browser()
            .post(
                "/oauth2/introspect",
                SmartBrowser.form("token", token),
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString("resources:s3cret".getBytes(StandardCharsets.UTF_8)));
    JsonNode told = JSON.readTree(answer.body());
    assertThat(!told.path("active").asBoolean() || told.path("patient").asText().equals(patient))
        .as(answer.body())
        .isTrue();
    return told.path("active").asBoolean();
  }

  /**
   * SMART: 35. What a launch gave is introspected and revoked as any, and ends with signing out.
   */
  @Test
  void aTokenOfALaunchCanBeAskedAboutAndEnded() throws Exception {
    clients.put(
        new Client(
            "resources",
            "A resource server",
            Type.SYMMETRIC,
            List.of(REDIRECT),
            null,
            "openid",
            passwords.encode("s3cret"),
            null,
            null,
            List.of(),
            false,
            true),
        "api");
    LAUNCHING.session.fhirUser = "Practitioner/ada-there";
    String revoked = accessToken(browser());
    String signedOut = accessToken(browser());
    assertThat(isActive(revoked)).isTrue();

    assertThat(
            browser()
                .post(
                    "/oauth2/revoke",
                    SmartBrowser.form("token", revoked, "client_id", "launched-app"))
                .statusCode())
        .isEqualTo(200);
    assertThat(isActive(revoked)).isFalse();

    assertThat(isActive(signedOut)).isTrue();
    SmartBrowser ada = browser();
    ada.login("ada", PASSWORD);
    ada.submit(ada.open("/oauth2/account"), "Sign out");
    assertThat(isActive(signedOut)).isFalse();
  }

  /** It stands in the EHR's frame, and in no other's. */
  @Test
  void consentIsAskedInTheFrameOfTheEhr() throws Exception {
    SmartBrowser browser = browser();
    HttpResponse<String> launched = launch(browser, "asking-app", LAUNCHING);

    HttpResponse<String> asked = browser.open(request("asking-app", launched, SCOPES));

    assertThat(asked.body()).contains("Allow access?", "Dr Elsewhere");
    assertThat(asked.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors https://ehr.example.org;");
    assertThat(asked.headers().firstValue("X-Frame-Options")).isEmpty();
    assertThat(SmartBrowser.callback(browser.submit(asked, "fieldset"))).containsKey("code");
  }

  @Test
  void aUsersOwnPagesAreFramedByNobody() throws Exception {
    SmartBrowser browser = browser();
    HttpResponse<String> login = browser.open("/login");
    browser.login("ada", PASSWORD);
    String launch = launches.open(Launches.Kind.EHR, "asking-app", null, Launch.of(patient));
    HttpResponse<String> consent = browser.open(authorize("asking-app", SCOPES, "launch", launch));

    assertThat(consent.body()).contains("Allow access?");
    for (HttpResponse<String> page : List.of(login, consent)) {
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'none'");
    }
  }

  @Test
  void thePatientWhomTheEhrShowsIsTheOneOfTheLaunch() throws Exception {
    LAUNCHING.session.resource = shown -> shown.put("id", "2");
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "wrong-patient");

    LAUNCHING.session.resource = shown -> shown.put("resourceType", "Person");
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "wrong-patient");

    LAUNCHING.session = new LaunchingEhr.Session();
    LAUNCHING.session.patient = "404";
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 502, "ehr-unreachable");

    LAUNCHING.session.answer = answer -> answer.without("patient");
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 400, "no-patient");

    LAUNCHING.session.answer = answer -> answer.put("patient", "../Patient/1");
    assertRefused(launch(browser(), "launched-app", LAUNCHING), 400, "no-patient");
  }

  @Test
  void aCardThatIsNotAboutThePatientOpensNothing() throws Exception {
    for (String context : List.of("no-card", UUID.randomUUID().toString())) {
      LAUNCHING.session.answer = answer -> answer.put("appContext", context);
      assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "wrong-card");
    }
  }

  @Test
  void onlyARegisteredEhrAndApplicationLaunch() throws Exception {
    SmartBrowser browser = browser();
    String launch = LAUNCHING.launch();
    for (String iss :
        List.of(
            "https://evil.example.org/fhir",
            LAUNCHING.fhir() + "/x",
            LAUNCHING.root(),
            LAUNCHING.fhir() + "?x=1",
            "not a url",
            "file:///etc/passwd")) {
      HttpResponse<String> refused =
          browser.get("/launch/launched-app?iss=" + SmartBrowser.encode(iss) + "&launch=" + launch);
      assertRefused(refused, 403, "unknown-ehr");
      assertThat(refused.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'none'");
      assertThat(refused.body()).doesNotContain("evil", "passwd");
    }
    for (String app : List.of("app", "unknown-app", "https:%2F%2Fevil.example.org")) {
      HttpResponse<String> refused =
          browser.get(launchUrl(app, LAUNCHING, launch) + "&redirect_uri=https://evil.example.org");
      assertThat(refused.statusCode()).isIn(400, 404);
      assertThat(refused.headers().firstValue("Location")).isEmpty();
    }
    assertRefused(browser.get("/launch/launched-app?launch=" + launch), 400, "invalid-request");
    assertRefused(
        browser.get(launchUrl("launched-app", LAUNCHING, launch) + "&iss=x"),
        400,
        "invalid-request");
  }

  @Test
  void aLaunchAndItsAnswerCountOnce() throws Exception {
    SmartBrowser browser = browser();
    String launch = LAUNCHING.launch();
    String url = launchUrl("launched-app", LAUNCHING, launch);
    String callback = location(browser.get(location(browser.get(url))));
    assertThat(location(browser.get(callback))).startsWith(APP_URL);

    assertRefused(browser.get(callback), 400, "unknown-state");
    assertRefused(browser.get(url), 400, "launch-used");
    HttpResponse<String> unknown = browser.get(launchUrl("launched-app", LAUNCHING, "never-given"));
    assertRefused(browser.get(location(browser.get(location(unknown)))), 403, "denied");
  }

  /** State and nonce belong to one browser and one sign-in. */
  @Test
  void anAnswerOfAnotherSignInIsNotTaken() throws Exception {
    SmartBrowser victim = browser();
    SmartBrowser attacker = browser();
    String stolen =
        location(
            attacker.get(
                location(attacker.get(launchUrl("launched-app", LAUNCHING, LAUNCHING.launch())))));

    assertRefused(victim.get(stolen), 400, "unknown-state");
    String own =
        location(
            victim.get(
                location(victim.get(launchUrl("launched-app", LAUNCHING, LAUNCHING.launch())))));
    assertRefused(victim.get(stolen), 400, "unknown-state");
    // The attacker's code under the victim's state: PKCE refuses it.
    String swapped =
        own.replaceFirst("code=[^&]*", "code=" + stolen.replaceFirst(".*[?&]code=([^&]*).*", "$1"));
    assertRefused(victim.get(swapped), 502, "token-refused");
    assertRefused(victim.get("/launch/callback/launching?code=a"), 400, "unknown-state");
  }

  /** Whoever answers says who it is; each EHR has a callback of its own. */
  @Test
  void anotherServersAnswerIsNotTaken() throws Exception {
    for (Map.Entry<String, String> mix :
        Map.of("&iss=[^&]*", "", "&iss=[^&]*$", "&iss=" + SmartBrowser.encode(LAUNCHING_TOO.root()))
            .entrySet()) {
      SmartBrowser browser = browser();
      String callback =
          location(
              browser.get(
                  location(browser.get(launchUrl("launched-app", LAUNCHING, LAUNCHING.launch())))));
      assertRefused(
          browser.get(callback.replaceFirst(mix.getKey(), mix.getValue())), 403, "wrong-issuer");
    }
    SmartBrowser browser = browser();
    String callback =
        location(
            browser.get(
                location(browser.get(launchUrl("launched-app", LAUNCHING, LAUNCHING.launch())))));
    assertRefused(
        browser.get(callback.replace("/callback/launching?", "/callback/launching-too?")),
        400,
        "unknown-state");
    assertRefused(
        browser.get(callback.replace("/callback/launching?", "/callback/nobody?")),
        403,
        "unknown-ehr");
  }

  private String everythingStored() {
    StringBuilder all = new StringBuilder();
    for (String column :
        List.of(
            "auth_ehr_login.secret",
            "auth_launch.context",
            "auth_grant.document",
            "auth_user.display_name")) {
      String[] parts = column.split("\\.");
      jdbc.queryForList("select " + parts[1] + " from " + parts[0], String.class)
          .forEach(all::append);
    }
    return all.toString();
  }
}
