package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches.Kind;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whom a user may choose: those whose records the access policy lets this user open. */
class PatientPickerTest extends AuthorizationTest {
  private static final Pattern OFFERED = Pattern.compile("name=\"patient\" value=\"([^\"]+)\"");
  private static final String PICK = "launch/patient patient/*.rs";

  @Autowired JdbcTemplate jdbc;

  private final String name = "Pick" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void sites() {
    for (String site : List.of("north", "south")) {
      Organization organization = new Organization();
      organization.setName(site).setId("Organization/" + site);
      client().update().resource(organization).execute();
    }
    Practitioner ada = new Practitioner();
    ada.setId("Practitioner/ada");
    client().update().resource(ada).execute();
  }

  private String patient(String family, String site) {
    Patient resource = new Patient();
    resource.getManagingOrganization().setReference("Organization/" + site);
    resource.addName().setFamily(family).addGiven("Pat");
    return client().create().resource(resource).execute().getId().getIdPart();
  }

  private void caresFor(String patient) {
    CareTeam team = new CareTeam();
    team.setStatus(CareTeamStatus.ACTIVE);
    team.setSubject(new Reference("Patient/" + patient));
    team.addParticipant().setMember(new Reference("Practitioner/ada"));
    client().create().resource(team).execute();
  }

  /** Signs ada in, and gives the key of the request that waits for a patient. */
  private String waiting(SmartBrowser browser) throws Exception {
    browser.login("ada", PASSWORD);
    HttpResponse<String> page = browser.open(authorize("quiet-app", PICK));
    assertThat(page.body()).contains("Choose a patient");
    return page.uri().getQuery().replaceFirst("request=", "");
  }

  private static String search(String key, String query) {
    return "/oauth2/patient?request=" + key + "&" + query;
  }

  private static List<String> offered(HttpResponse<String> page) {
    List<String> ids = new ArrayList<>();
    Matcher patients = OFFERED.matcher(page.body());
    while (patients.find()) {
      ids.add(patients.group(1));
    }
    return ids;
  }

  /** SMART: 19. Own sites and own care teams, and nobody else, however exactly they are named. */
  @Test
  void offersWhoseRecordsTheUserMayOpenAndNobodyElse() throws Exception {
    String near = patient(name, "north");
    String cared = patient(name, "south");
    String elsewhere = patient(name, "south");
    caresFor(cared);
    SmartBrowser browser = browser();
    String key = waiting(browser);

    HttpResponse<String> page = browser.open(search(key, "name=" + name));

    assertThat(offered(page)).containsExactlyInAnyOrder(near, cared);
    assertThat(page.body()).contains("1 to 2 of 2").doesNotContain(elsewhere);
    HttpResponse<String> refused = browser.submit(page, near, "patient", elsewhere);
    assertThat(refused.statusCode()).isIn(400, 404);
    HttpResponse<String> posted = choose(browser, page, key, elsewhere);
    assertThat(posted.statusCode()).isEqualTo(404);
    assertThat(posted.body()).contains("There is no such patient").contains("Choose a patient");
    assertThat(choose(browser, page, key, "nobody").body()).contains("There is no such patient");
    assertThat(choose(browser, page, key, cared).statusCode()).isEqualTo(303);
  }

  /** A patient who withholds the own record is not found; who knows it comes by a launch. */
  @Test
  void whoWithholdsTheOwnRecordIsNotOffered() throws Exception {
    String open = patient(name, "north");
    String withheld = patient(name, "north");
    Consent consent = new Consent();
    consent.setStatus(ConsentState.ACTIVE);
    consent
        .getScope()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/consentscope")
        .setCode("patient-privacy");
    consent.addCategory().addCoding().setSystem("http://loinc.org").setCode("59284-0");
    consent.setPatient(new Reference("Patient/" + withheld));
    consent.getProvision().setType(ConsentProvisionType.DENY);
    client().create().resource(consent).execute();
    SmartBrowser browser = browser();
    String key = waiting(browser);

    HttpResponse<String> page = browser.open(search(key, "name=" + name));

    assertThat(offered(page)).containsExactly(open);
    assertThat(page.body()).contains("1 to 1 of 1");
    assertThat(choose(browser, page, key, withheld).statusCode()).isEqualTo(404);
    String launch = launches.open(Kind.EHR, "quiet-app", null, Launch.of(withheld));
    assertThat(
            granted(
                browser(), "ada", authorize("quiet-app", "launch patient/*.rs", "launch", launch)))
        .containsKey("code");
  }

  private static HttpResponse<String> choose(
      SmartBrowser browser, HttpResponse<String> page, String key, String patient)
      throws Exception {
    String csrf = page.body().replaceAll("(?s).*?name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
    return browser.post(
        "/oauth2/patient", SmartBrowser.form("_csrf", csrf, "request", key, "patient", patient));
  }

  @Test
  void showsManyByPagesAndEachOnce() throws Exception {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 43; i++) {
      all.add(patient(name, "north"));
    }
    SmartBrowser browser = browser();
    String key = waiting(browser);
    Set<String> seen = new HashSet<>();
    HttpResponse<String> page = browser.open(search(key, "name=" + name));
    assertThat(page.body()).contains("1 to 20 of 43").doesNotContain("Previous");
    for (int i = 0; i < 2; i++) {
      assertThat(offered(page)).hasSize(20).noneMatch(seen::contains);
      seen.addAll(offered(page));
      page = browser.submitGet(page, "Next");
    }
    assertThat(offered(page)).hasSize(3);
    seen.addAll(offered(page));
    assertThat(seen).isEqualTo(all);
    assertThat(page.body()).contains("41 to 43 of 43").contains("Previous").doesNotContain("Next<");
    for (String beyond : List.of("99", "2147483647", "-5")) {
      assertThat(offered(browser.open(search(key, "name=" + name + "&page=" + beyond))))
          .isNotEmpty();
    }
  }

  @Test
  void nothingIsShownThatWasNotAskedFor() throws Exception {
    SmartBrowser browser = browser();
    String key = waiting(browser);
    for (String query : List.of("name=", "name=%20", "birthdate=yesterday", "name=%0Ax")) {
      assertThat(offered(browser.open(search(key, query)))).isEmpty();
    }
    HttpResponse<String> hostile =
        browser.open(search(key, "name=" + SmartBrowser.encode("\"><script>alert(1)</script>")));
    assertThat(hostile.body()).doesNotContain("<script");
    assertThat(browser.open("/oauth2/patient?request=other&name=" + name).statusCode())
        .isEqualTo(404);
  }

  /** Governance: 6. Who was shown is in the log, and who was asked for in vain. */
  @Test
  void whatWasShownAndWhatWasRefusedIsRecorded() throws Exception {
    String near = patient(name, "north");
    String elsewhere = patient(name, "south");
    SmartBrowser browser = browser();
    String key = waiting(browser);
    HttpResponse<String> page = browser.open(search(key, "name=" + name));
    choose(browser, page, key, elsewhere);

    JsonNode shown = leaf("search Patient", near);
    assertThat(shown.path("kind").asText()).isEqualTo("rest");
    assertThat(shown.path("patients")).hasToString("[\"" + near + "\"]");
    assertThat(shown.path("query").asText())
        .isEqualTo("/oauth2/patient?name=" + name)
        .doesNotContain(key);
    assertThat(shown.path("agent").path("user").asText()).isEqualTo("Practitioner/ada");
    assertThat(shown.path("agent").path("client").asText()).isEqualTo("quiet-app");
    JsonNode refused = leaf("read Patient", elsewhere);
    assertThat(refused.path("kind").asText()).isEqualTo("access-denied");
    assertThat(refused.path("reason").asText()).isEqualTo("out-of-reach");
  }

  private JsonNode leaf(String operation, String patient) throws Exception {
    for (byte[] leaf :
        jdbc.queryForList(
            "select leaf from audit_log union all select leaf from audit_pending", byte[].class)) {
      JsonNode json = JSON.readTree(leaf);
      if (json.path("operation").asText().equals(operation)
          && json.path("patients").toString().contains(patient)) {
        return json;
      }
    }
    throw new AssertionError("No leaf of " + operation + " with Patient/" + patient);
  }

  /** An EHR's launch opens no record that the policy keeps shut. SMART: 19. */
  @Test
  void aLaunchWithAPatientOutOfReachIsRefused() throws Exception {
    String elsewhere = patient(name, "south");
    String launch = launches.open(Kind.EHR, "quiet-app", null, Launch.of(elsewhere));

    assertThat(
            granted(
                browser(), "ada", authorize("quiet-app", "launch patient/*.rs", "launch", launch)))
        .containsEntry("error", "invalid_request");
  }

  /** Each token is made of what holds then. SMART: 18. SMART: 19. */
  @Test
  void whoMayOpenARecordNoMoreGetsNoMoreTokensForIt() throws Exception {
    JsonNode tokens = tokens("quiet-app", "launch/patient patient/*.rs offline_access");
    HttpResponse<String> first = token(refresh("quiet-app", tokens.path("refresh_token").asText()));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    Patient moved = client().read().resource(Patient.class).withId(patient).execute();
    moved.getManagingOrganization().setReference("Organization/south");
    client().update().resource(moved).execute();

    String next = JSON.readTree(first.body()).path("refresh_token").asText();
    assertThat(error(token(refresh("quiet-app", next)))).isEqualTo("invalid_grant");
  }

  /** SMART asks a public client only for the token. SMART: 17. SMART: 18. */
  @Test
  void aPublicClientRefreshesWithoutNamingItself() throws Exception {
    String form = SmartBrowser.form("grant_type", "refresh_token", "refresh_token", "");
    String first = tokens("quiet-app", "user/*.rs offline_access").path("refresh_token").asText();
    HttpResponse<String> answer = token(form + first);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(error(token(form + first))).isEqualTo("invalid_grant");
    assertThat(error(token(form + "unknown"))).isEqualTo("invalid_grant");

    Map<String, String> callback =
        granted(browser(), "ada", authorize("secret-app", "user/*.rs offline_access"));
    String secrets =
        SmartBrowser.form(
            "grant_type",
            "authorization_code",
            "redirect_uri",
            REDIRECT,
            "code_verifier",
            VERIFIER,
            "code",
            callback.getOrDefault("code", ""));
    String basic =
        Base64.getEncoder().encodeToString("secret-app:s3cret".getBytes(StandardCharsets.UTF_8));
    JsonNode ofSecret = JSON.readTree(token(secrets, "Authorization", "Basic " + basic).body());
    assertThat(ofSecret.path("refresh_token").asText()).isNotEmpty();
    assertThat(error(token(form + ofSecret.path("refresh_token").asText())))
        .isEqualTo("invalid_client");
  }
}
