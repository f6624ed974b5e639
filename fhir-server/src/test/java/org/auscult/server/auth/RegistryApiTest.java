package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.access.Role;
import org.auscult.server.auth.user.Totp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators keep users by the API. */
class RegistryApiTest extends RegistrySteps {
  private String input(String displayName, String... roles) {
    ObjectNode user = JSON.createObjectNode().put("name", name).put("displayName", displayName);
    user.putArray("sites").add("north");
    for (String role : roles) {
      user.withArray("/roles").add(role);
    }
    return user.toString();
  }

  private ObjectNode created(String... roles) throws Exception {
    return body(send("POST", USERS, input("Dr New", roles)), 201);
  }

  private static String link(JsonNode created) {
    return created.path("passwordLink").asText();
  }

  private static String writable(ObjectNode user) {
    return user.deepCopy()
        .remove(
            List.of("id", "secondFactor", "origin", "version", "passwordLink", "passwordLinkUntil"))
        .toString();
  }

  @Test
  void aNewUserSetsThePasswordByALinkThatCountsOnce() throws Exception {
    HttpResponse<String> answer = send("POST", USERS, input("Dr New", "clinician"));
    ObjectNode user = body(answer, 201);
    assertThat(answer.headers().firstValue("Location")).hasValue(rootUrl() + USERS + "/" + name);
    assertThat(answer.headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(user.path("origin").asText()).isEqualTo("api");
    assertThat(user.path("secondFactor").asBoolean()).isFalse();
    assertThat(answer.body()).doesNotContain("bcrypt");

    SmartBrowser browser = browser();
    HttpResponse<String> page = browser.get(link(user));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
    for (String weak : List.of("short", name + "-12345678", "aaaaaaaaaaaaaaa", "x".repeat(73))) {
      assertThat(browser.submit(page, "again", "password", weak, "again", weak).body())
          .contains("role=\"alert\"");
    }
    assertThat(
            browser.submit(page, "again", "password", NEW_PASSWORD, "again", "other words").body())
        .contains("not the same");
    assertThat(
            browser.submit(page, "again", "password", NEW_PASSWORD, "again", NEW_PASSWORD).body())
        .contains("Your password is set");
    assertThat(browser.get(link(user)).statusCode()).isEqualTo(404);
    assertThat(browser().login(name, NEW_PASSWORD).body()).contains("You are signed in", "Dr New");
  }

  @Test
  void aRoleThatAsksForASecondFactorGetsOneByTheLink() throws Exception {
    ObjectNode user = created("privacy-officer");
    SmartBrowser browser = browser();
    HttpResponse<String> page = browser.get(link(user));
    Matcher secret = Pattern.compile("<b>([A-Z2-7]{32})</b>").matcher(page.body());
    assertThat(secret.find()).isTrue();
    String totp = secret.group(1);

    HttpResponse<String> wrong =
        browser.submit(
            page, "again", "password", NEW_PASSWORD, "again", NEW_PASSWORD, "code", "000000");
    assertThat(wrong.body()).contains("not that of your authenticator app");
    HttpResponse<String> right =
        browser.submit(
            page,
            "again",
            "password",
            NEW_PASSWORD,
            "again",
            NEW_PASSWORD,
            "code",
            Totp.of(totp).at(Instant.now()));
    assertThat(right.body()).contains("Your password is set");

    assertThat(browser().login(name, NEW_PASSWORD).body()).contains("role=\"alert\"");
    assertThat(body(send("GET", USERS + "/" + name, null), 200).path("secondFactor").asBoolean())
        .isTrue();
    assertThat(jdbc.queryForList("select totp_secret from auth_user", String.class))
        .doesNotContain(totp);
  }

  @Test
  void aResetEndsWhatWasBefore() throws Exception {
    ObjectNode user = created("clinician");
    SmartBrowser browser = browser();
    browser.submit(browser.get(link(user)), "again", "password", PASSWORD, "again", PASSWORD);
    String code =
        granted(browser(), name, authorize("quiet-app", "user/*.rs offline_access"))
            .getOrDefault("code", "none");
    String refresh =
        JSON.readTree(token(exchange("quiet-app", code)).body()).path("refresh_token").asText();

    String fresh =
        body(send("POST", USERS + "/" + name + "/password-link", "{}"), 200)
            .path("passwordLink")
            .asText();

    assertThat(browser().login(name, PASSWORD).body()).contains("role=\"alert\"");
    assertThat(error(token(refresh("quiet-app", refresh)))).isEqualTo("invalid_grant");
    assertThat(browser().get(fresh).body()).contains("Set your password");
    assertThat(browser().get(link(user)).statusCode()).isEqualTo(404);
  }

  @Test
  void aChangeIsMadeToTheVersionThatWasRead() throws Exception {
    ObjectNode user = created("clinician");
    String path = USERS + "/" + name;
    String changed = writable(user.put("displayName", "Dr Other"));

    assertProblem(send("PUT", path, changed), 428, "If-Match");
    assertProblem(send("PUT", path, changed, "If-Match", "\"7\""), 412, "read it again");
    assertProblem(send("PUT", path, changed, "If-Match", "*"), 412, "read it again");
    HttpResponse<String> done = send("PUT", path, changed, "If-Match", "\"1\"");
    assertThat(body(done, 200).path("displayName").asText()).isEqualTo("Dr Other");
    assertThat(done.headers().firstValue("ETag")).hasValue("\"2\"");
    assertProblem(send("PUT", path, changed, "If-Match", "\"1\""), 412, "read it again");
    assertThat(said("user change", name))
        .contains("old.display-name=Dr New", "new.display-name=Dr Other")
        .doesNotContain("roles");
  }

  @Test
  void whoIsDisabledLosesWhatWasGrantedAtOnce() throws Exception {
    ObjectNode user = created("clinician");
    SmartBrowser browser = browser();
    browser.submit(browser.get(link(user)), "again", "password", PASSWORD, "again", PASSWORD);
    String code =
        granted(browser(), name, authorize("quiet-app", "user/*.rs openid"))
            .getOrDefault("code", "none");
    String access =
        JSON.readTree(token(exchange("quiet-app", code)).body()).path("access_token").asText();
    assertThat(send("GET", "/userinfo", null, "Authorization", "Bearer " + access).statusCode())
        .isEqualTo(200);

    String path = USERS + "/" + name;
    HttpResponse<String> read = send("GET", path, null);
    body(
        send(
            "PUT",
            path,
            writable(body(read, 200).put("disabled", true)),
            "If-Match",
            read.headers().firstValue("ETag").orElse("")),
        200);

    assertThat(send("GET", "/userinfo", null, "Authorization", "Bearer " + access).statusCode())
        .isEqualTo(401);
    assertThat(
            send("GET", "/fhir/Practitioner", null, "Authorization", "Bearer " + access)
                .statusCode())
        .isEqualTo(401);
    assertThat(browser().login(name, PASSWORD).body()).contains("role=\"alert\"");
  }

  @Test
  void whatTheFileKeepsIsChangedThere() throws Exception {
    users.put(user("of-file", Set.of(Role.CLINICIAN), null), "file");
    String path = USERS + "/of-file";
    HttpResponse<String> read = send("GET", path, null);
    assertThat(body(read, 200).path("origin").asText()).isEqualTo("file");
    String etag = read.headers().firstValue("ETag").orElse("");

    assertProblem(
        send("PUT", path, writable(body(read, 200)), "If-Match", etag), 409, "registry file");
    assertProblem(send("POST", path + "/password-link", "{}"), 409, "registry file");
    assertThat(browser().login("of-file", PASSWORD).body()).contains("You are signed in");
  }

  @Test
  void nobodyLocksOneselfOut() throws Exception {
    HttpResponse<String> read = send("GET", USERS + "/root-admin", null);
    String etag = read.headers().firstValue("ETag").orElse("");
    ObjectNode self = body(read, 200);

    assertProblem(
        send(
            "PUT",
            USERS + "/root-admin",
            writable(self.deepCopy().put("disabled", true)),
            "If-Match",
            etag),
        409,
        "Another administrator");
    self.putArray("roles").add("clinician");
    assertProblem(
        send("PUT", USERS + "/root-admin", writable(self), "If-Match", etag),
        409,
        "Another administrator");
    assertProblem(
        send("POST", USERS + "/root-admin/password-link", "{}"), 409, "Another administrator");
  }

  /** Governance: 6. */
  @Test
  void onlyAnAdministratorWithTheScopeIsLetIn() throws Exception {
    assertProblem(send("GET", USERS, null, "Authorization", "Bearer x"), 401, "auscult/registry");
    assertProblem(send("GET", CLIENTS, null, "Authorization", "Basic x"), 401, "access token");
    String clinician = tokenOf("ada", null, "auscult/registry user/*.rs");
    for (String path : List.of(USERS, CLIENTS, USERS + "/ada", CLIENTS + "/app")) {
      assertProblem(
          send("GET", path, null, "Authorization", "Bearer " + clinician), 403, "administrator");
    }
    assertProblem(
        send("POST", USERS, input("X", "clinician"), "Authorization", "Bearer " + clinician),
        403,
        "administrator");
    assertThat(users.named(name)).isEmpty();
    assertThat(said("registry", "")).contains("forbidden", "login");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"name\":\"NEW\",\"roles\":[\"clinician\"],\"passwordHash\":\"{noop}x\"}",
        "{\"name\":\"NEW\",\"roles\":[\"clinician\"],\"origin\":\"file\"}",
        "{\"name\":\"NEW\",\"roles\":[]}",
        "{\"name\":\"NEW\",\"roles\":[\"clinician\"],\"sites\":[null,\"north\"]}",
        "{\"name\":\"NEW\",\"roles\":[null,\"clinician\"]}",
        "{\"name\":\"NEW\",\"roles\":[\"system\"]}",
        "{\"name\":\"NEW\",\"roles\":[\"wizard\"]}",
        "{\"name\":\"NEW\",\"name\":\"x\",\"roles\":[\"clinician\"]}",
        "{\"name\":\"<script>\",\"roles\":[\"clinician\"]}",
        "{\"name\":\"NEW\",\"roles\":[\"clinician\"],\"fhirUser\":\"https://evil.example.org\"}",
        "{\"name\":\"NEW\",\"roles\":[\"clinician\"],\"sites\":[\"a b\"]}"
      })
  void whatIsNoUserIsRefused(String body) throws Exception {
    HttpResponse<String> answer = send("POST", USERS, body.replace("NEW", name));

    assertProblem(answer, 400, "");
    assertThat(answer.body()).doesNotContain("script", "noop", "evil");
    assertThat(users.named(name)).isEmpty();
  }

  @Test
  void namesAreTakenOnceAndListsComeInPages() throws Exception {
    created("clinician");
    assertProblem(send("POST", USERS, input("Dr Two", "clinician")), 409, "already");
    assertProblem(send("GET", USERS + "/nobody-of-this-name", null), 404, "none");

    List<String> names = new ArrayList<>();
    String next = USERS + "?count=2";
    while (!next.isEmpty()) {
      ObjectNode page = body(send("GET", next, null), 200);
      assertThat(page.path("users").size()).isBetween(1, 2);
      page.path("users").forEach(user -> names.add(user.path("name").asText()));
      next = page.path("next").asText().replace(rootUrl(), "");
    }
    assertThat(names).contains("ada", "otto", "root-admin", name).doesNotHaveDuplicates();
    assertThat(names).hasSize(users.all().size());
  }
}
