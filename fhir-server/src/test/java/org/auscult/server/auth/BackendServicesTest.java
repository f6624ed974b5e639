package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Client.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that sign: Backend Services, introspection, revocation. */
class BackendServicesTest extends AuthorizationTest {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final RSAKey rsa;
  private static final ECKey ec;

  static {
    try {
      rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
      ec = new ECKeyGenerator(Curve.P_384).keyID("ec").generate();
    } catch (JOSEException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @BeforeEach
  void services() throws Exception {
    clients.put(service("loader", "system/Observation.rs system/Patient.rs", null, false), "api");
    clients.put(service("resource-server", "system/*.rs", null, true), "api");
  }

  private Client service(String id, String scopes, @Nullable String jwksUri, boolean introspect)
      throws Exception {
    JWKSet keys = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()));
    return new Client(
        id,
        id,
        Type.BACKEND,
        List.of(),
        null,
        scopes,
        null,
        jwksUri == null ? JSON.readTree(keys.toString()) : null,
        jwksUri,
        List.of(),
        null,
        introspect);
  }

  private String assertion(String client, Consumer<JWTClaimsSet.Builder> change) throws Exception {
    return sign(
        new JWSHeader.Builder(JWSAlgorithm.RS384).keyID("rsa").type(JOSEObjectType.JWT).build(),
        new RSASSASigner(rsa),
        claims(client, change));
  }

  private JWTClaimsSet claims(String client, Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(client)
            .subject(client)
            .audience(rootUrl() + "/oauth2/token")
            .expirationTime(Date.from(Instant.now().plusSeconds(240)))
            .jwtID(UUID.randomUUID().toString());
    change.accept(claims);
    return claims.build();
  }

  private static String sign(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws Exception {
    SignedJWT jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String proof(String assertion) {
    return SmartBrowser.form("client_assertion_type", TYPE, "client_assertion", assertion);
  }

  private HttpResponse<String> ask(String assertion, String scope) throws Exception {
    return token(
        proof(assertion)
            + "&"
            + SmartBrowser.form("grant_type", "client_credentials", "scope", scope));
  }

  /** SMART: 31. SMART: 32. SMART: 33. SMART: 37. SMART: 39. SMART: 14. */
  @Test
  void eitherAlgorithmGivesAShortTokenOfItsOwn() throws Exception {
    String withEc =
        sign(
            new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("ec").type(JOSEObjectType.JWT).build(),
            new ECDSASigner(ec),
            claims("loader", c -> {}));
    for (String assertion : List.of(assertion("loader", c -> {}), withEc)) {
      HttpResponse<String> answer = ask(assertion, "system/Observation.rs");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
      JsonNode token = JSON.readTree(answer.body());
      assertThat(token.path("expires_in").asInt()).isBetween(1, 300);
      assertThat(token.path("scope").asText()).isEqualTo("system/Observation.rs");
      assertThat(token.has("refresh_token")).isFalse();
      JsonNode claims = part(token.path("access_token").asText(), 1);
      assertThat(claims.path("sub").asText()).isEqualTo("loader");
      assertThat(claims.path("client_id").asText()).isEqualTo("loader");
      assertThat(claims.path("roles")).hasToString("[\"system\"]");
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
      assertThat(claims.has("fhirUser")).isFalse();
    }
  }

  /** SMART: 31. SMART: 33. */
  @Test
  void onlyScopesThatWereAuthorisedBeforehand() throws Exception {
    for (String scope :
        List.of("system/Observation.cruds", "system/*.rs", "user/Observation.rs", "openid", "")) {
      HttpResponse<String> answer = ask(assertion("loader", c -> {}), scope);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(error(answer)).as(scope).isEqualTo("invalid_scope");
    }
    assertThat(ask(assertion("loader", c -> {}), "system/Observation.read").statusCode())
        .isEqualTo(200);
  }

  /** SMART: 40. SMART: 41. SMART: 33. */
  @Test
  void anAssertionThatIsNotThisClientsForUsNowIsRefused() throws Exception {
    Instant now = Instant.now();
    List<Consumer<JWTClaimsSet.Builder>> wrong =
        List.of(
            c -> c.issuer("resource-server"),
            c -> c.issuer(null),
            c -> c.audience("https://other.example.org/token"),
            c -> c.audience(rootUrl() + "/fhir"),
            c -> c.audience(List.of(rootUrl() + "/oauth2/token", "https://other.example.org")),
            c -> c.audience((String) null),
            c -> c.expirationTime(Date.from(now.minusSeconds(120))),
            c -> c.expirationTime(Date.from(now.plusSeconds(900))),
            c -> c.expirationTime(null),
            c -> c.notBeforeTime(Date.from(now.plusSeconds(200))),
            c -> c.issueTime(Date.from(now.plusSeconds(100))),
            c -> c.jwtID(null),
            c -> c.jwtID(""),
            c -> c.jwtID("j".repeat(300)),
            c -> c.subject("unknown").issuer("unknown"),
            c -> c.subject(null));
    for (int i = 0; i < wrong.size(); i++) {
      HttpResponse<String> answer = ask(assertion("loader", wrong.get(i)), "system/Patient.rs");
      assertThat(answer.statusCode()).as("wrong " + i).isEqualTo(401);
      assertThat(error(answer)).as("wrong " + i).isEqualTo("invalid_client");
    }
    for (String none : List.of("bnVsbA.bnVsbA.AA", "W10.W10.AA", "a.b.c", "..")) {
      HttpResponse<String> answer = ask(none, "system/Patient.rs");
      assertThat(answer.statusCode()).as(none).isEqualTo(401);
      assertThat(error(answer)).as(none).isEqualTo("invalid_client");
    }
  }

  /** SMART: 40. */
  @Test
  void anAssertionCountsOnceAlsoForManyAtTheSameTime() throws Exception {
    String assertion = assertion("loader", c -> {});
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> use = () -> ask(assertion, "system/Patient.rs").statusCode();
      int successes = 0;
      for (Future<Integer> answer : threads.invokeAll(Collections.nCopies(8, use))) {
        assertThat(answer.get()).isIn(200, 401);
        successes += answer.get() == 200 ? 1 : 0;
      }
      assertThat(successes).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(error(ask(assertion, "system/Patient.rs"))).isEqualTo("invalid_client");
    assertThat(
            ask(assertion("resource-server", c -> c.jwtID(jti(assertion))), "system/Patient.rs")
                .statusCode())
        .as("another client's jti is its own")
        .isEqualTo(200);
  }

  private static String jti(String jwt) {
    try {
      return part(jwt, 1).path("jti").asText();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** SMART: 37. SMART: 39. SMART: 41. SMART: 43. Algorithm confusion, none, and injected keys. */
  @Test
  void noOtherAlgorithmAndNoOtherKeyCounts() throws Exception {
    RSAKey strangersRsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    JWTClaimsSet claims = claims("loader", c -> {});
    byte[] publicKey = rsa.toRSAPublicKey().getEncoded();
    String modulus = rsa.toPublicJWK().toJSONString();
    List<String> forged =
        List.of(
            new PlainJWT(claims).serialize(),
            sign(new JWSHeader(JWSAlgorithm.HS256), new MACSigner(publicKey), claims),
            sign(
                new JWSHeader(JWSAlgorithm.HS384),
                new MACSigner(modulus.getBytes(StandardCharsets.UTF_8)),
                claims),
            sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(),
                new RSASSASigner(rsa),
                claims),
            sign(
                new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("rsa").build(),
                new RSASSASigner(rsa),
                claims),
            sign(
                new JWSHeader.Builder(JWSAlgorithm.RS384).keyID("rsa").build(),
                new RSASSASigner(strangersRsa),
                claims),
            sign(
                new JWSHeader.Builder(JWSAlgorithm.RS384)
                    .keyID("rsa")
                    .jwk(strangersRsa.toPublicJWK())
                    .build(),
                new RSASSASigner(strangersRsa),
                claims),
            sign(
                new JWSHeader.Builder(JWSAlgorithm.RS384)
                    .keyID("rsa")
                    .jwkURL(URI.create("https://evil.example.org/jwks"))
                    .build(),
                new RSASSASigner(rsa),
                claims),
            assertion("loader", c -> {}).replaceFirst("\\.[^.]*$", "."),
            "not.a.jwt",
            "");
    for (int i = 0; i < forged.size(); i++) {
      HttpResponse<String> answer = ask(forged.get(i), "system/Patient.rs");
      assertThat(answer.statusCode()).as("forged " + i + answer.body()).isIn(400, 401);
      assertThat(error(answer)).as("forged " + i).isIn("invalid_client", "invalid_request");
    }
  }

  /** SMART: 41. SMART: 43. */
  @Test
  void aServiceHasNoOtherWayToProveItself() throws Exception {
    String grant = SmartBrowser.form("grant_type", "client_credentials", "scope", "system/*.rs");
    String basic =
        Base64.getEncoder().encodeToString("loader:secret".getBytes(StandardCharsets.UTF_8));
    for (HttpResponse<String> answer :
        List.of(
            token(grant),
            token(grant + "&client_id=loader"),
            token(grant + "&client_id=loader&client_secret=secret"),
            token(grant, "Authorization", "Basic " + basic),
            token(grant + "&client_id=quiet-app"))) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
      assertThat(error(answer)).isEqualTo("invalid_client");
    }
    String twice = proof(assertion("loader", c -> {})) + "&" + grant;
    assertThat(error(token(twice, "Authorization", "Basic " + basic))).isEqualTo("invalid_request");
    assertThat(error(token(twice + "&client_id=resource-server"))).isEqualTo("invalid_client");
    assertThat(error(token(twice.replace("client_credentials", "password"))))
        .isIn("unsupported_grant_type", "unauthorized_client");
  }

  /** SMART: 38. SMART: 42. */
  @Test
  void keysByUrlAreFetchedKeptAndFetchedAnewForAnUnknownKey() throws Exception {
    AtomicInteger fetches = new AtomicInteger();
    AtomicReference<String> served =
        new AtomicReference<>(new JWKSet(rsa.toPublicJWK()).toString());
    HttpServer keys = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    keys.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = String.valueOf(served.get()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
    try {
      String url = "http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks";
      clients.put(service("remote", "system/*.rs", url, false), "api");
      for (int i = 0; i < 3; i++) {
        assertThat(ask(assertion("remote", c -> {}), "system/Patient.rs").statusCode())
            .isEqualTo(200);
      }
      assertThat(fetches).hasValue(1);

      served.set(new JWKSet(List.of(ec.toPublicJWK())).toString());
      String rotated =
          sign(
              new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("ec").jwkURL(URI.create(url)).build(),
              new ECDSASigner(ec),
              claims("remote", c -> {}));
      assertThat(ask(rotated, "system/Patient.rs").statusCode()).isEqualTo(200);
      assertThat(fetches).hasValue(2);
    } finally {
      keys.stop(0);
    }
  }

  /** SMART: 34. SMART: 35. */
  @Test
  void introspectionTellsOfATokenWhatItsHolderMayKnow() throws Exception {
    JsonNode tokens =
        tokens("quiet-app", "openid fhirUser launch/patient patient/*.rs offline_access");
    String access = tokens.path("access_token").asText();
    JsonNode told = JSON.readTree(introspect("resource-server", access).body());

    assertThat(told.path("active").asBoolean()).isTrue();
    assertThat(told.path("client_id").asText()).isEqualTo("quiet-app");
    assertThat(told.path("scope").asText().split(" "))
        .containsExactlyInAnyOrder(
            "openid", "fhirUser", "launch/patient", "patient/*.rs", "offline_access");
    assertThat(told.path("exp").asLong()).isGreaterThan(Instant.now().getEpochSecond());
    assertThat(told.path("patient").asText()).isEqualTo(patient);
    assertThat(told.path("iss").asText()).isEqualTo(rootUrl());
    assertThat(told.path("sub")).isEqualTo(part(access, 1).path("sub"));
    assertThat(told.path("fhirUser").asText()).isEqualTo("Practitioner/ada");
  }

  /** SMART: 36. */
  @Test
  void introspectionIsForRegisteredClientsAndStrangersLearnNothing() throws Exception {
    String access = tokens("quiet-app", "user/*.rs").path("access_token").asText();
    assertThat(browser().post("/oauth2/introspect", "token=" + access).statusCode()).isEqualTo(401);
    assertThat(
            browser()
                .post("/oauth2/introspect", "token=" + access + "&client_id=quiet-app")
                .statusCode())
        .isEqualTo(401);
    for (String text : List.of(access + "x", "unknown")) {
      assertThat(introspect("resource-server", text).body()).isEqualTo("{\"active\":false}");
    }
    assertThat(introspect("loader", access).body()).isEqualTo("{\"active\":false}");
    String own =
        JSON.readTree(ask(assertion("loader", c -> {}), "system/Patient.rs").body())
            .path("access_token")
            .asText();
    assertThat(JSON.readTree(introspect("loader", own).body()).path("active").asBoolean()).isTrue();
  }

  private HttpResponse<String> introspect(String client, String token) throws Exception {
    return browser()
        .post(
            "/oauth2/introspect",
            proof(assertion(client, c -> {})) + "&" + SmartBrowser.form("token", token));
  }

  @Test
  void aRevokedTokenIsNotActiveAndOnlyItsClientRevokesIt() throws Exception {
    JsonNode tokens = tokens("quiet-app", "user/*.rs offline_access");
    String access = tokens.path("access_token").asText();
    String refresh = tokens.path("refresh_token").asText();
    assertThat(revoke("other-app", refresh)).isIn(400, 401);
    assertThat(
            JSON.readTree(introspect("resource-server", access).body()).path("active").asBoolean())
        .isTrue();

    assertThat(revoke("quiet-app", refresh)).isEqualTo(200);

    assertThat(introspect("resource-server", access).body()).isEqualTo("{\"active\":false}");
    assertThat(error(token(refresh("quiet-app", refresh)))).isEqualTo("invalid_grant");
    assertThat(revoke("quiet-app", "unknown")).isEqualTo(200);
  }

  /** SMART: 16. A revocation holds at the FHIR API from the next request on, for each token. */
  @Test
  void aRevokedTokenIsRefusedByTheFhirApiAtOnce() throws Exception {
    for (String revoked : List.of("access_token", "refresh_token")) {
      JsonNode tokens = tokens("quiet-app", "user/*.rs offline_access");
      String access = tokens.path("access_token").asText();
      assertThat(read(access)).isEqualTo(200);

      assertThat(revoke("quiet-app", tokens.path(revoked).asText())).isEqualTo(200);

      assertThat(read(access)).as("after the " + revoked + " was revoked").isEqualTo(401);
    }
  }

  private int read(String access) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(rootUrl() + "/fhir/Organization?_count=1"))
                .header("Authorization", "Bearer " + access)
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private int revoke(String client, String token) throws Exception {
    return browser()
        .post("/oauth2/revoke", SmartBrowser.form("client_id", client, "token", token))
        .statusCode();
  }
}
