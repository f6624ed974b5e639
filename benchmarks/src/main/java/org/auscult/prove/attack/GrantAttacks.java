package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Browser;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;
import org.jspecify.annotations.Nullable;

/** What OAuth's grants must not give: codes used twice, PKCE left out, more by refreshing. */
final class GrantAttacks implements Attack {
  private static final String SCOPE = "openid fhirUser offline_access user/*.rs";

  @Override
  public void run(Tries tries) throws IOException {
    codeReuse(tries);
    pkce(tries);
    redirects(tries);
    scopes(tries);
    refreshReuse(tries);
    clients(tries);
    consent(tries);
  }

  private record Code(Browser browser, String code, String verifier) {}

  private static Code code(Tries tries, String client) throws IOException {
    Browser browser = tries.hospitals().browser("127.0.0.1");
    browser.signIn(Staff.NORA);
    String verifier = Browser.random();
    Reply reply = browser.authorize(browser.request(client, SCOPE, verifier), null);
    String code = Browser.code(reply);
    if (code.isEmpty()) {
      throw new IOException("No code was given: HTTP " + reply.status());
    }
    return new Code(browser, code, verifier);
  }

  private static Ask exchange(String client, Code code) {
    return Ask.form("/oauth2/token", Browser.exchange(client, code.code, code.verifier));
  }

  private static void codeReuse(Tries tries) throws IOException {
    tries.of("authorization code used twice");
    for (int i = 0; i < tries.times(1, 8); i++) {
      Code code = code(tries, Staff.ROUNDS);
      JsonNode first = tries.control("code", exchange(Staff.ROUNDS, code), 200).json();
      String access = first.path("access_token").asText();
      tries.secret(access);
      tries.control("its token", Door.FHIR.ask(tries.hospitals(), access), 200);
      tries.oauth("again", exchange(Staff.ROUNDS, code), Expect.oauth(400, "invalid_grant"));
      Door.FHIR.attempt(tries, "the first one's token, now revoked", access);
      tries.oauth(
          "the first one's refresh token, now revoked",
          refresh(Staff.ROUNDS, first.path("refresh_token").asText(), null),
          Expect.oauth(400, "invalid_grant"));
    }
  }

  private static Ask refresh(String client, String token, @Nullable String scope) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("client_id", client);
    form.put("refresh_token", token);
    if (scope != null) {
      form.put("scope", scope);
    }
    return Ask.form("/oauth2/token", form);
  }

  private static void pkce(Tries tries) throws IOException {
    tries.of("PKCE downgrade");
    Browser browser = tries.hospitals().browser("127.0.0.1");
    browser.signIn(Staff.NORA);
    for (String client : List.of(Staff.ROUNDS, Staff.PORTAL)) {
      Map<String, String> none = browser.request(client, SCOPE, Browser.random());
      none.remove("code_challenge");
      authorize(tries, browser, client + ": no challenge, method S256", none);
      none.remove("code_challenge_method");
      authorize(tries, browser, client + ": no PKCE", none);
      Map<String, String> plain = browser.request(client, SCOPE, Browser.random());
      plain.put("code_challenge_method", "plain");
      authorize(tries, browser, client + ": plain", plain);
      plain.put("code_challenge", "");
      authorize(tries, browser, client + ": empty challenge", plain);
      plain = browser.request(client, SCOPE, Browser.random());
      plain.remove("code_challenge_method");
      authorize(tries, browser, client + ": challenge without method", plain);
      plain.put("code_challenge_method", "s256");
      authorize(tries, browser, client + ": method s256", plain);
    }
    Code code = code(tries, Staff.ROUNDS);
    for (String wrong :
        List.of(
            Browser.random(), "", "short", Browser.challenge(code.verifier), code.verifier + "a")) {
      Code each = code(tries, Staff.ROUNDS);
      tries.oauth(
          wrong.isEmpty() ? "empty verifier" : "wrong verifier",
          exchange(Staff.ROUNDS, new Code(each.browser, each.code, wrong)),
          Expect.oauth(400, "invalid_grant", "invalid_request"));
    }
    Map<String, String> without = Browser.exchange(Staff.ROUNDS, code.code, "");
    without.remove("code_verifier");
    tries.oauth(
        "no verifier",
        Ask.form("/oauth2/token", without),
        Expect.anyOf(
            Expect.oauth(400, "invalid_grant", "invalid_request"),
            Expect.oauth(401, "invalid_client")));
  }

  private static void authorize(
      Tries tries, Browser browser, String what, Map<String, String> request) throws IOException {
    tries.oauth(
        what, browser, Ask.get("/oauth2/authorize?" + Ask.encoded(request)), Expect.noCode());
  }

  /** Nothing goes to an address that is not registered, not even an error. */
  private static void redirects(Tries tries) throws IOException {
    tries.of("open redirect");
    Browser browser = tries.hospitals().browser("127.0.0.1");
    browser.signIn(Staff.NORA);
    String right = Staff.redirect(Staff.ROUNDS);
    List<String> wrong =
        new ArrayList<>(
            List.of(
                right + "/more",
                right + "?a=b",
                right + "#fragment",
                right + "/../evil",
                right + "%2f..%2fevil",
                right.replace("/back", ""),
                right.replace("/back", "/BACK"),
                right.replace("https", "http"),
                right.replace("https://", "https://evil.example.org\\@"),
                right.replace("https://", "https://evil.example.org/?u=https://"),
                right.replace("https://", "https://evil.example.org#"),
                right.replace("rounds.", "evil.rounds."),
                right.replace("rounds.example.org", "rounds.example.org.evil.example"),
                right.replace("rounds.example.org", "rounds.example.org@evil.example"),
                right.replace("rounds.example.org", "rounds.example.org:pw@evil.example"),
                right.replace("rounds.example.org", "rounds.example.org."),
                right.replace("rounds.example.org", "rounds.example.org:443"),
                right.replace("rounds.example.org", "rounds\u3002example.org"),
                "//evil.example.org/back",
                "/back",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://evil.example.org/back",
                Staff.redirect(Staff.GROWTH),
                right + "\r\nLocation: https://evil.example.org",
                " " + right,
                right + " https://evil.example.org",
                ""));
    for (int i = 0; i < tries.times(4, 60); i++) {
      int at = 8 + tries.random().nextInt(right.length() - 8);
      char c = (char) (33 + tries.random().nextInt(94));
      String changed = right.substring(0, at) + c + right.substring(at);
      wrong.add(changed);
    }
    Expect stays =
        reply ->
            reply.header("Location").isEmpty() && reply.status() == 400
                ? null
                : "HTTP " + reply.status() + ", and the browser is sent elsewhere";
    for (String uri : wrong) {
      Map<String, String> request = browser.request(Staff.ROUNDS, SCOPE, Browser.random());
      request.put("redirect_uri", uri);
      Ask ask = Ask.get("/oauth2/authorize?" + Ask.encoded(request));
      tries.oauth("to '" + uri + "'", browser, ask, stays);
    }
    Map<String, String> request = browser.request(Staff.ROUNDS, SCOPE, Browser.random());
    String twice =
        Ask.encoded(request) + "&redirect_uri=" + Ask.encoded("https://evil.example.org/back");
    tries.oauth("two of them", browser, Ask.get("/oauth2/authorize?" + twice), stays);
    request.remove("redirect_uri");
    tries.oauth("none", browser, Ask.get("/oauth2/authorize?" + Ask.encoded(request)), stays);
    Expect notAway =
        reply -> {
          String to = reply.header("Location");
          return to.isEmpty()
                  || to.startsWith(tries.hospitals().wire().root() + "/")
                  || to.startsWith("/login")
              ? null
              : "after the login it goes to another server";
        };
    for (String next :
        List.of("//evil.example.org", "https://evil.example.org", "/\\evil.example.org")) {
      Browser fresh = tries.hospitals().browser("127.0.0.1");
      Map<String, String> form =
          fresh.loginForm(Staff.NORA, tries.hospitals().staff().password(Staff.NORA), "");
      form.put("continue", next);
      form.put("redirect", next);
      form.put("spring-security-redirect", next);
      tries.unrecorded(
          "after the login to " + next,
          fresh,
          Ask.form("/login?continue=" + Ask.encoded(next), form),
          notAway);
    }
  }

  private static void scopes(Tries tries) throws IOException {
    tries.of("scope escalation by refresh");
    for (String more :
        List.of(
            "user/*.cruds",
            "openid user/*.rs user/*.c",
            "patient/*.rs",
            "system/*.cruds",
            "launch/patient",
            "user/Patient.cruds",
            "*",
            "user/*.*",
            "USER/*.RS")) {
      JsonNode granted =
          tries
              .hospitals()
              .grant(Staff.ROUNDS, Staff.NORA, "offline_access user/*.rs", null)
              .json();
      tries.oauth(
          more,
          refresh(Staff.ROUNDS, granted.path("refresh_token").asText(), more),
          Expect.oauth(400, "invalid_scope", "invalid_grant"));
    }
    for (String more :
        List.of("user/*.rs", "patient/*.rs", "system/*.cruds user/*.rs", "openid", "*")) {
      tries.oauth(
          "a service asks for " + more,
          TwoHospitals.assertion(tries.hospitals().assertion(Staff.LAB).compact(), more),
          Expect.oauth(400, "invalid_scope"));
    }
    tries.of("scopes beyond client and role");
    JsonNode asked =
        tries
            .hospitals()
            .grant(Staff.ROUNDS, Staff.AUDRA, "user/*.cruds system/*.cruds openid", null)
            .json();
    String scope = " " + asked.path("scope").asText() + " ";
    tries.judged(
        "system scopes of a user",
        scope.contains("system/") ? "the token has " + scope.strip() : null);
    tries.request(
        "an auditor writes",
        Ask.fhir("POST", "/fhir/Patient", SamplePatients.resource("Patient"))
            .bearer(asked.path("access_token").asText()),
        Expect.outcome(403));
    String few = tries.hospitals().token(Staff.NORA, "openid user/Observation.rs", null);
    tries.request(
        "a token for Observations reads a Patient",
        Ask.get("/fhir/" + tries.hospitals().north().reference()).bearer(few),
        Expect.outcome(403));
    tries.request(
        "a token for reading writes",
        Ask.fhir(
                "PUT",
                "/fhir/Observation/" + tries.hospitals().north().observation(),
                SamplePatients.resource("Observation")
                    .put("id", tries.hospitals().north().observation())
                    .put("status", "final"))
            .bearer(few),
        Expect.outcome(403));
  }

  private static void refreshReuse(Tries tries) throws IOException {
    tries.of("refresh token used twice");
    for (int i = 0; i < tries.times(1, 8); i++) {
      JsonNode first = tries.hospitals().grant(Staff.ROUNDS, Staff.NORA, SCOPE, null).json();
      String old = first.path("refresh_token").asText();
      JsonNode second = tries.control("refresh", refresh(Staff.ROUNDS, old, null), 200).json();
      String access = second.path("access_token").asText();
      tries.secret(access);
      Door.FHIR.attempt(tries, "the token before", first.path("access_token").asText());
      tries.oauth("again", refresh(Staff.ROUNDS, old, null), Expect.oauth(400, "invalid_grant"));
      tries.oauth(
          "the one that took its place",
          refresh(Staff.ROUNDS, second.path("refresh_token").asText(), null),
          Expect.oauth(400, "invalid_grant"));
      Door.FHIR.attempt(tries, "the token of that", access);
    }
  }

  private static void clients(Tries tries) throws IOException {
    tries.of("another client's code, secret or proof");
    Code code = code(tries, Staff.ROUNDS);
    tries.oauth(
        "code of another client", exchange(Staff.GROWTH, code), Expect.oauth(400, "invalid_grant"));
    Map<String, String> form =
        Browser.exchange(Staff.ROUNDS, code(tries, Staff.ROUNDS).code, code.verifier);
    form.put("redirect_uri", Staff.redirect(Staff.GROWTH));
    tries.oauth(
        "another redirect_uri",
        Ask.form("/oauth2/token", form),
        Expect.oauth(400, "invalid_grant"));
    Code ofPortal = code(tries, Staff.PORTAL);
    Expect unproven = Expect.oauth(401, "invalid_client");
    tries.oauth("no secret", exchange(Staff.PORTAL, ofPortal), unproven);
    for (String secret : List.of("", "wrong", tries.hospitals().staff().portalSecret() + "x")) {
      String basic = Staff.PORTAL + ":" + secret;
      tries.oauth(
          secret.isEmpty() ? "empty secret" : "wrong secret",
          exchange(Staff.PORTAL, ofPortal)
              .with(
                  "Authorization: Basic "
                      + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))),
          Expect.anyOf(unproven, Expect.oauth(400, "invalid_request")));
    }
    for (String client :
        List.of("nobody", "' OR 1=1 --", "\r\n" + LogWatch.FORGED, "a".repeat(500))) {
      tries.oauth(
          "unknown client",
          exchange(client, ofPortal),
          Expect.anyOf(unproven, Expect.oauth(400, "invalid_request")));
    }
    tries.oauth(
        "a public client introspects",
        Ask.form(
            "/oauth2/introspect",
            Map.of("client_id", Staff.ROUNDS, "token", tries.hospitals().token(Staff.SVEN))),
        Expect.anyOf(unproven, Expect.oauth(400, "invalid_request")));
    for (String grant :
        List.of("password", "implicit", "urn:ietf:params:oauth:grant-type:device_code")) {
      tries.oauth(
          "grant " + grant,
          Ask.form(
              "/oauth2/token",
              Map.of("grant_type", grant, "client_id", Staff.ROUNDS, "username", Staff.NORA)),
          Expect.anyOf(
              unproven,
              Expect.oauth(
                  400, "unsupported_grant_type", "invalid_request", "unauthorized_client")));
    }
    Browser browser = tries.hospitals().browser("127.0.0.1");
    browser.signIn(Staff.NORA);
    for (String type : List.of("token", "id_token", "code token", "none", "")) {
      Map<String, String> request = browser.request(Staff.ROUNDS, SCOPE, Browser.random());
      request.put("response_type", type);
      authorize(tries, browser, "response_type " + type, request);
    }
    for (String aud : List.of("https://evil.example.org/fhir", "", "/fhir")) {
      Map<String, String> request = browser.request(Staff.ROUNDS, SCOPE, Browser.random());
      request.put("aud", aud);
      authorize(tries, browser, "aud " + aud, request);
    }
    Map<String, String> request =
        browser.request(Staff.ROUNDS, "launch patient/*.rs", Browser.random());
    request.put("launch", "guessed");
    authorize(tries, browser, "launch that nobody began", request);
  }

  private static void consent(Tries tries) throws IOException {
    tries.of("consent");
    Browser nora = tries.hospitals().browser("127.0.0.1");
    nora.signIn(Staff.NORA);
    Reply asked =
        nora.open(
            "/oauth2/authorize?"
                + Ask.encoded(nora.request(Staff.GROWTH, "user/*.rs", Browser.random())));
    String state = Browser.parameter(asked.header("Location"), "state");
    tries.judged("users are asked", state.isEmpty() ? "there was no consent page" : null);
    Browser sven = tries.hospitals().browser("127.0.0.1");
    sven.signIn(Staff.SVEN);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", Staff.GROWTH);
    form.put("state", state);
    form.put("scope", "user/*.rs");
    tries.oauth("another user agrees", sven, Ask.form("/oauth2/authorize", form), Expect.noCode());
    tries.oauth(
        "another user looks",
        sven,
        Ask.get("/oauth2/consent?client_id=growth&state=" + Ask.encoded(state)),
        Expect.status(404));
    form.put("client_id", Staff.ROUNDS);
    tries.oauth("for another client", nora, Ask.form("/oauth2/authorize", form), Expect.noCode());
    form.put("client_id", Staff.GROWTH);
    form.put("state", "guessed");
    tries.oauth("without its state", nora, Ask.form("/oauth2/authorize", form), Expect.noCode());
    form.remove("state");
    tries.oauth("without any state", nora, Ask.form("/oauth2/authorize", form), Expect.noCode());
    form.put("state", state);
    form.put("scope", "user/*.cruds");
    tries.oauth(
        "to more than was asked", nora, Ask.form("/oauth2/authorize", form), Expect.noCode());
  }
}
