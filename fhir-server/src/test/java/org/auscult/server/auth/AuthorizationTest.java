package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.auscult.access.Role;
import org.auscult.server.ServerTest;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Users, clients and the usual steps, for tests of the authorization server. */
abstract class AuthorizationTest extends ServerTest {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String REDIRECT = "https://app.example.org/callback";
  static final String ORIGIN = "https://app.example.org";
  static final String PASSWORD = "correct horse battery staple";
  static final String VERIFIER = "0123456789-0123456789-0123456789-0123456789-xyz";
  static final String ALL_SCOPES =
      "openid fhirUser profile launch launch/patient launch/encounter offline_access online_access"
          + " patient/*.cruds user/*.cruds";

  @Autowired Users users;
  @Autowired Clients clients;
  @Autowired Launches launches;
  @Autowired PasswordEncoder passwords;

  String patient = "";
  String family = "";

  @BeforeEach
  void registered() {
    user("ada", Set.of(Role.CLINICIAN), null);
    user("otto", Set.of(Role.AUDITOR), null);
    clients.put(client("app", Type.PUBLIC, true), "api");
    clients.put(client("quiet-app", Type.PUBLIC, false), "api");
    clients.put(client("other-app", Type.PUBLIC, false), "api");
    clients.put(client("secret-app", Type.SYMMETRIC, false), "api");
    if (patient.isEmpty()) {
      family = "Picked" + UUID.randomUUID().toString().substring(0, 8);
      Organization north = new Organization();
      north.setId("Organization/north");
      client().update().resource(north).execute();
      Patient resource = new Patient();
      resource.getManagingOrganization().setReference("Organization/north");
      resource.addName().setFamily(family).addGiven("Pia");
      resource.addIdentifier().setSystem("urn:test:mrn").setValue("MRN-" + family);
      resource.getBirthDateElement().setValueAsString("1961-02-03");
      resource.setGender(AdministrativeGender.FEMALE);
      patient = client().create().resource(resource).execute().getId().getIdPart();
    }
  }

  final User user(String name, Set<Role> roles, @Nullable String totp) {
    return users.put(
        new User(
            "",
            name,
            "Dr " + name,
            "Practitioner/" + name,
            roles,
            List.of("north"),
            passwords.encode(PASSWORD),
            totp,
            false),
        "api");
  }

  private Client client(String id, Type type, boolean consent) {
    return new Client(
        id,
        "The " + id,
        type,
        List.of(REDIRECT),
        null,
        ALL_SCOPES,
        type == Type.SYMMETRIC ? passwords.encode("s3cret") : null,
        null,
        null,
        List.of(ORIGIN),
        consent,
        false);
  }

  final SmartBrowser browser() {
    return new SmartBrowser(rootUrl());
  }

  /** A request for authorization; a value of null leaves a parameter out. */
  final String authorize(String client, String scope, @Nullable String... others) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", client);
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("scope", scope);
    parameters.put("state", "st&te = 1/ä");
    parameters.put("aud", rootUrl() + "/fhir");
    parameters.put("code_challenge", challenge(VERIFIER));
    parameters.put("code_challenge_method", "S256");
    for (int i = 0; i < others.length; i += 2) {
      String name = String.valueOf(others[i]);
      String value = others[i + 1];
      if (value == null) {
        parameters.remove(name);
      } else {
        parameters.put(name, value);
      }
    }
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? "" : "&")
                .append(SmartBrowser.encode(name))
                .append('=')
                .append(SmartBrowser.encode(value)));
    return "/oauth2/authorize?" + query;
  }

  static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs in, picks our patient where a page asks for one, agrees where a page asks for it. */
  final Map<String, String> granted(SmartBrowser browser, String name, String request)
      throws Exception {
    HttpResponse<String> page = browser.open(request);
    if (page.body().contains("name=\"password\"")) {
      page = browser.submit(page, "password", "username", name, "password", PASSWORD);
    }
    if (page.body().contains("Choose a patient")) {
      page = pick(browser, page);
    }
    if (page.body().contains("Allow access?")) {
      page = browser.submit(page, "fieldset");
    }
    return SmartBrowser.callback(page);
  }

  final HttpResponse<String> pick(SmartBrowser browser, HttpResponse<String> page)
      throws Exception {
    String key = page.uri().getQuery().replaceFirst("request=", "");
    HttpResponse<String> found =
        browser.open("/oauth2/patient?request=" + key + "&name=" + family + "&identifier=");
    return browser.submit(found, "value=\"" + patient + "\"");
  }

  final String code(String client, String scope) throws Exception {
    return Objects.requireNonNull(granted(browser(), "ada", authorize(client, scope)).get("code"));
  }

  /** What the token endpoint answers to a form. */
  final HttpResponse<String> token(String form, String... headers) throws Exception {
    return browser().post("/oauth2/token", form, headers);
  }

  final String exchange(String client, String code) {
    return SmartBrowser.form(
        "grant_type", "authorization_code",
        "client_id", client,
        "redirect_uri", REDIRECT,
        "code_verifier", VERIFIER,
        "code", code);
  }

  final String exchange(String client, Map<String, String> callback) {
    return exchange(client, callback.getOrDefault("code", "no code"));
  }

  final String refresh(String client, String token) {
    return SmartBrowser.form(
        "grant_type", "refresh_token", "client_id", client, "refresh_token", token);
  }

  final JsonNode tokens(String client, String scope) throws Exception {
    HttpResponse<String> answer = token(exchange(client, code(client, scope)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  static JsonNode part(String jwt, int part) throws Exception {
    return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[part]));
  }

  static String error(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body()).path("error").asText();
  }
}
