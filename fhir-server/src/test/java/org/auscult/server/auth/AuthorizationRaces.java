package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.auscult.access.Role;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.user.Hash;
import org.auscult.server.auth.user.LoginThrottle;
import org.auscult.server.auth.user.Totp;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What must happen once happens once, also for many at the same time: on each database. */
final class AuthorizationRaces {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP = "racing-app";
  private static final String SERVICE = "racing-service";
  private static final int AT_ONCE = 8;

  private final String root;
  private final Users users;
  private final Clients clients;
  private final Launches launches;
  private final JdbcTemplate jdbc;
  private final PasswordEncoder passwords;
  private final String name = "racer-" + UUID.randomUUID();

  AuthorizationRaces(
      String root,
      Users users,
      Clients clients,
      Launches launches,
      JdbcTemplate jdbc,
      PasswordEncoder passwords) {
    this.root = root;
    this.users = users;
    this.clients = clients;
    this.launches = launches;
    this.jdbc = jdbc;
    this.passwords = passwords;
    user(null);
    clients.put(app(), "api");
  }

  private User user(@Nullable String totp) {
    return users.put(
        new User(
            "",
            name,
            "Racer",
            null,
            Set.of(Role.CLINICIAN),
            List.of("north"),
            passwords.encode(AuthorizationTest.PASSWORD),
            totp,
            false),
        "api");
  }

  private static Client app() {
    return new Client(
        APP,
        APP,
        Type.PUBLIC,
        List.of(AuthorizationTest.REDIRECT),
        null,
        "openid launch offline_access user/*.rs",
        null,
        null,
        null,
        List.of(),
        false,
        false);
  }

  /** What as many at once get, all let go at the same moment. */
  private static <T> List<T> race(Callable<T> each) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier start = new CyclicBarrier(AT_ONCE);
    try {
      Callable<T> together =
          () -> {
            start.await();
            return each.call();
          };
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(Collections.nCopies(AT_ONCE, together))) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private SmartBrowser signedIn() throws Exception {
    SmartBrowser browser = new SmartBrowser(root);
    browser.login(name, AuthorizationTest.PASSWORD);
    return browser;
  }

  private String authorize(String scope, String more) {
    return "/oauth2/authorize?"
        + SmartBrowser.form(
            "response_type",
            "code",
            "client_id",
            APP,
            "redirect_uri",
            AuthorizationTest.REDIRECT,
            "scope",
            scope,
            "state",
            "s",
            "aud",
            root + "/fhir",
            "code_challenge",
            AuthorizationTest.challenge(AuthorizationTest.VERIFIER),
            "code_challenge_method",
            "S256")
        + more;
  }

  private HttpResponse<String> token(String form) throws Exception {
    return new SmartBrowser(root).post("/oauth2/token", form);
  }

  private String exchange() throws Exception {
    Map<String, String> callback =
        SmartBrowser.callback(signedIn().open(authorize("openid offline_access user/*.rs", "")));
    return SmartBrowser.form(
        "grant_type",
        "authorization_code",
        "client_id",
        APP,
        "redirect_uri",
        AuthorizationTest.REDIRECT,
        "code_verifier",
        AuthorizationTest.VERIFIER,
        "code",
        callback.getOrDefault("code", "no code"));
  }

  private static String refresh(JsonNode tokens) {
    return SmartBrowser.form(
        "grant_type",
        "refresh_token",
        "client_id",
        APP,
        "refresh_token",
        tokens.path("refresh_token").asText());
  }

  private static List<JsonNode> given(List<HttpResponse<String>> answers) throws Exception {
    List<JsonNode> given = new ArrayList<>();
    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
      if (answer.statusCode() == 200) {
        given.add(JSON.readTree(answer.body()));
      } else {
        assertThat(AuthorizationTest.error(answer)).isEqualTo("invalid_grant");
      }
    }
    return given;
  }

  private int userInfo(JsonNode tokens) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(root + "/userinfo"))
                .header("Authorization", "Bearer " + tokens.path("access_token").asText())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  void aCodeIsExchangedOnce() throws Exception {
    String form = exchange();

    List<JsonNode> given = given(race(() -> token(form)));

    assertThat(given).hasSize(1);
    assertThat(given(List.of(token(form)))).isEmpty();
    assertThat(userInfo(given.get(0))).isEqualTo(401);
    assertThat(given(List.of(token(refresh(given.get(0)))))).isEmpty();
  }

  void aRefreshTokenIsUsedOnceAndItsReuseEndsAll() throws Exception {
    JsonNode tokens = JSON.readTree(token(exchange()).body());
    assertThat(userInfo(tokens)).isEqualTo(200);

    List<JsonNode> given = given(race(() -> token(refresh(tokens))));

    assertThat(given).hasSize(1);
    assertThat(userInfo(tokens)).isEqualTo(401);
    assertThat(given(List.of(token(refresh(tokens))))).isEmpty();
    assertThat(userInfo(given.get(0))).isEqualTo(401);
    assertThat(given(List.of(token(refresh(given.get(0)))))).isEmpty();
  }

  void aLaunchIsUsedOnce() throws Exception {
    Launch context = new Launch(null, null, List.of(), "race", false, null);
    String launch = launches.open(Kind.EHR, APP, null, context);
    SmartBrowser browser = signedIn();
    List<Map<String, String>> callbacks =
        race(
            () ->
                SmartBrowser.callback(
                    browser.open(authorize("launch user/*.rs", "&launch=" + launch))));

    assertThat(callbacks.stream().filter(each -> each.containsKey("code"))).hasSize(1);
    assertThat(callbacks.stream().filter(each -> each.containsKey("error"))).hasSize(AT_ONCE - 1);
  }

  void anAssertionCountsOnce() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_384).keyID("race").generate();
    clients.put(
        new Client(
            SERVICE,
            SERVICE,
            Type.BACKEND,
            List.of(),
            null,
            "system/*.rs",
            null,
            JSON.readTree(new JWKSet(key.toPublicJWK()).toString()),
            null,
            List.of(),
            null,
            false),
        "api");
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .keyID("race")
                .type(JOSEObjectType.JWT)
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(SERVICE)
                .subject(SERVICE)
                .audience(root + "/oauth2/token")
                .expirationTime(Date.from(Instant.now().plusSeconds(200)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    assertion.sign(new ECDSASigner(key));
    String form =
        SmartBrowser.form(
            "grant_type",
            "client_credentials",
            "scope",
            "system/Patient.r",
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            assertion.serialize());

    List<Integer> statuses = race(() -> token(form).statusCode());

    assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    assertThat(statuses.stream().filter(status -> status == 401)).hasSize(AT_ONCE - 1);
  }

  void aCodeOfTheSecondFactorCountsOnce() throws Exception {
    String secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    user(secret);
    String code = Totp.of(secret).at(Instant.now());

    List<Boolean> in =
        race(
            () -> {
              SmartBrowser browser = new SmartBrowser(root);
              return browser
                  .submit(
                      browser.open("/login"),
                      "password",
                      "username",
                      name,
                      "password",
                      AuthorizationTest.PASSWORD,
                      "code",
                      code)
                  .body()
                  .contains("You are signed in");
            });

    assertThat(in.stream().filter(isIn -> isIn)).hasSize(1);
  }

  /** No failure is lost to another that was counted at the same time. */
  void failuresOfSignInAreAllCounted() throws Exception {
    LoginThrottle throttle = new LoginThrottle(jdbc, InstantSource.system());
    String address = "192.0.2.7";
    int before = failures();
    race(
        () -> {
          throttle.failed(name, address);
          return true;
        });

    // One row for the name at the address, one for the name; each has counted all.
    assertThat(failures() - before).isEqualTo(1);
    assertThat(throttle.refuses(name, address)).isTrue();
    assertThat(throttle.refuses(name, "192.0.2.8")).isFalse();
  }

  private int failures() {
    Integer rows =
        jdbc.queryForObject(
            "select count(*) from auth_attempt where hash = ? and failures = ?",
            Integer.class,
            Hash.of("both " + name + " 192.0.2.7"),
            AT_ONCE);
    return rows == null ? 0 : rows;
  }

  void whoGuessesIsStoppedAlsoWithTheRightPassword() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(new SmartBrowser(root).login(name, "wrong " + i).body()).contains("wrong");
    }
    assertThat(new SmartBrowser(root).login(name, AuthorizationTest.PASSWORD).body())
        .contains("too many attempts");
  }
}
