package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.user.Totp;
import org.auscult.server.auth.user.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that a user sees. */
class LoginTest extends AuthorizationTest {
  @ParameterizedTest
  @ValueSource(strings = {"/login", "/oauth2/account"})
  void pagesLoadNothingButTheirStyleAndAreNotFramed(String path) throws Exception {
    SmartBrowser browser = browser();
    if (!path.equals("/login")) {
      browser.login("ada", PASSWORD);
    }
    HttpResponse<String> page = browser.get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(page.body()).doesNotContain("<script", "style=", "onclick").contains("lang=\"en\"");
    assertThat(browser.get("/oauth2/style.css").headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/css");
  }

  @Test
  void theSessionsCookieIsHiddenFromScriptsAndNewAfterSigningIn() throws Exception {
    SmartBrowser browser = browser();
    HttpResponse<String> before = browser.get("/login");
    String cookie = before.headers().firstValue("Set-Cookie").orElse("");
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");

    HttpResponse<String> after =
        browser.post(
            "/login",
            before.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "_csrf=$1")
                + "&username=ada&password="
                + SmartBrowser.encode(PASSWORD));

    assertThat(after.statusCode()).isEqualTo(302);
    assertThat(after.headers().firstValue("Set-Cookie").orElse(""))
        .isNotEmpty()
        .doesNotContain(cookie.replaceFirst(";.*", ""));
  }

  @Test
  void withoutItsTokenNoFormCounts() throws Exception {
    SmartBrowser browser = browser();
    String form = "username=ada&password=" + SmartBrowser.encode(PASSWORD);
    assertThat(browser.post("/login", form).statusCode()).isEqualTo(403);
    assertThat(browser.post("/login", form + "&_csrf=guessed").statusCode()).isEqualTo(403);
    browser.login("ada", PASSWORD);
    assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);
    assertThat(browser.post("/oauth2/patient", "request=x&patient=" + patient).statusCode())
        .isEqualTo(403);
    assertThat(browser.open("/oauth2/account").body()).contains("Dr ada");
  }

  @Test
  void consentNeedsTheStateOfThisUsersRequest() throws Exception {
    SmartBrowser ada = browser();
    ada.login("ada", PASSWORD);
    HttpResponse<String> consent = ada.open(authorize("app", "user/*.rs"));
    String state = consent.uri().getQuery().replaceAll(".*state=", "");
    SmartBrowser otto = browser();
    otto.login("otto", PASSWORD);

    String form = "client_id=app&scope=user%2F*.rs&state=" + SmartBrowser.encode(state);
    for (HttpResponse<String> answer :
        List.of(
            otto.post("/oauth2/authorize", form),
            browser().post("/oauth2/authorize", form),
            ada.post("/oauth2/authorize", form.replaceFirst("state=.*", "state=guessed")))) {
      assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("code=");
    }
    assertThat(otto.get("/oauth2/consent?state=" + SmartBrowser.encode(state)).statusCode())
        .isEqualTo(404);
    assertThat(SmartBrowser.callback(ada.post("/oauth2/authorize", form))).containsKey("code");
  }

  @Test
  void consentSaysInPlainWordsWhatIsAskedAndMayBeGivenInPart() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    String launch = launches.open(Kind.EHR, "app", null, Launch.of(patient));
    HttpResponse<String> page =
        browser.open(
            authorize("app", "launch patient/Observation.rs user/*.cud", "launch", launch));
    assertThat(page.body())
        .contains("The app")
        .contains("Dr ada")
        .contains(family)
        .contains("app.example.org")
        .contains("read, search data of the kind Observation of the chosen patient")
        .contains("add, change, delete all data of every patient that you may see");
    String state = page.uri().getQuery().replaceAll(".*state=", "");

    HttpResponse<String> escalated =
        browser.post(
            "/oauth2/authorize",
            "client_id=app&scope=user%2F*.cruds&state=" + SmartBrowser.encode(state));
    assertThat(SmartBrowser.callback(escalated)).containsEntry("error", "invalid_scope");
    HttpResponse<String> part =
        browser.post(
            "/oauth2/authorize",
            "client_id=app&scope=launch&scope=patient%2FObservation.rs&state="
                + SmartBrowser.encode(state));
    var tokens = JSON.readTree(token(exchange("app", SmartBrowser.callback(part))).body());
    assertThat(tokens.path("scope").asText().split(" "))
        .containsExactlyInAnyOrder("launch", "patient/Observation.rs");
  }

  /** SMART: 12. */
  @Test
  void whoRefusesSendsTheClientAnError() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    HttpResponse<String> page = browser.open(authorize("app", "user/*.rs"));

    assertThat(SmartBrowser.callback(browser.submit(page, "Refuse")))
        .containsEntry("error", "access_denied")
        .containsEntry("state", "st&te = 1/ä");
  }

  @Test
  void aPickedPatientIsOneOfTheUsersOwnSites() throws Exception {
    user("elsewhere", Set.of(Role.CLINICIAN), null);
    users.put(
        new User(
            "",
            "elsewhere",
            "E",
            null,
            Set.of(Role.CLINICIAN),
            List.of("south"),
            passwords.encode(PASSWORD),
            null,
            false),
        "api");
    SmartBrowser browser = browser();
    browser.login("elsewhere", PASSWORD);
    HttpResponse<String> page = browser.open(authorize("quiet-app", "launch/patient"));
    String query = "/oauth2/patient?" + page.uri().getQuery();
    for (String search :
        List.of("&name=" + family, "&identifier=MRN-" + family, "&birthdate=1961-02-03")) {
      assertThat(browser.open(query + search).body())
          .contains("No patient was found")
          .doesNotContain("value=\"" + patient + "\"");
    }
    String csrf =
        browser
            .open("/oauth2/account")
            .body()
            .replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "_csrf=$1");
    assertThat(
            browser
                .post("/oauth2/patient", csrf + "&" + page.uri().getQuery() + "&patient=" + patient)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aPatientIsFoundByNameIdentifierOrDateOfBirth() throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    HttpResponse<String> page = browser.open(authorize("quiet-app", "launch/patient"));
    String query = "/oauth2/patient?" + page.uri().getQuery();
    for (String search :
        List.of(
            "&name=" + family.toLowerCase(Locale.ROOT) + "+pia",
            "&identifier=MRN-" + family,
            "&name=" + family + "&birthdate=1961-02")) {
      assertThat(browser.open(query + search).body())
          .contains(family)
          .contains("1961-02-03")
          .contains("value=\"" + patient + "\"");
    }
    assertThat(browser.open(query + "&name=%22%3E%3Cb%3Ex").body()).doesNotContain("\"><b>x");
    assertThat(browser.get("/oauth2/patient?request=guessed").statusCode()).isEqualTo(404);
  }

  /** What no page sends is answered too, and never by a fault of ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "&name=%00",
        "&identifier=%7C%7C%00",
        "&birthdate=2020-13-45",
        "&birthdate=%27%20or%201=1",
        "&name=%27%22%3E%3Cscript%3E"
      })
  void anOddSearchFindsNobody(String search) throws Exception {
    SmartBrowser browser = browser();
    browser.login("ada", PASSWORD);
    HttpResponse<String> page = browser.open(authorize("quiet-app", "launch/patient"));
    HttpResponse<String> answer = browser.open("/oauth2/patient?" + page.uri().getQuery() + search);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("No patient was found").doesNotContain("<script");
  }

  @Test
  void oddNamesAreRefusedAsAnyOther() throws Exception {
    SmartBrowser browser = browser();
    assertThat(browser.login("\u0000", "\u0000").body()).contains("wrong");
    for (String odd : List.of("%00", "%27", "a%0d%0ab", "%ff")) {
      assertThat(browser.get("/oauth2/authorize?response_type=code&client_id=" + odd).statusCode())
          .isEqualTo(400);
      assertThat(token("grant_type=refresh_token&refresh_token=x&client_id=" + odd).statusCode())
          .isIn(400, 401);
      assertThat(token("grant_type=" + odd).statusCode()).isIn(400, 401);
    }
  }

  @Test
  void aSecondFactorIsAskedWhereThereIsOne() throws Exception {
    String secret = Totp.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    user("tess", Set.of(Role.ADMINISTRATOR), secret);

    assertThat(browser().login("tess", PASSWORD).body()).contains("wrong");
    String code = Totp.of(secret).at(Instant.now());
    SmartBrowser browser = browser();
    HttpResponse<String> in =
        browser.submit(
            browser.open("/login"),
            "password",
            "username",
            "tess",
            "password",
            PASSWORD,
            "code",
            code);
    assertThat(in.body()).contains("You are signed in");
    HttpResponse<String> again =
        browser()
            .submit(browser().open("/login"), "password", "username", "tess", "password", PASSWORD);
    assertThat(again.statusCode()).isEqualTo(403);
  }

  @Test
  void wrongAndUnknownLookTheSame() throws Exception {
    HttpResponse<String> wrong = browser().login("ada", "wrong");
    HttpResponse<String> unknown = browser().login("nobody-of-this-name", "wrong");

    assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode());
    assertThat(wrong.body().replaceAll("value=\"[^\"]*\"", ""))
        .isEqualTo(unknown.body().replaceAll("value=\"[^\"]*\"", ""))
        .contains("role=\"alert\"");
    assertThat(wrong.uri().getPath()).isEqualTo(unknown.uri().getPath());
  }

  /** An access token is for the FHIR API: it signs nobody in. */
  @Test
  void anAccessTokenGivesNoCode() throws Exception {
    String token = tokens("quiet-app", "user/*.rs").path("access_token").asText();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(rootUrl() + authorize("quiet-app", "user/*.cruds")))
                    .header("Authorization", "Bearer " + token)
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
  }
}
