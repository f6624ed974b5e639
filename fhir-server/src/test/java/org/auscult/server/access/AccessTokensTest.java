package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AccessTokensTest {
  private static final String ISSUER = "https://ehr.example.org";
  private static final String BASE = "https://auscult.example.org/fhir";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TestIssuer issuer = new TestIssuer();
  private final RSAKey key = issuer.rsa("k1");
  private @Nullable AccessTokens tokens;

  @BeforeEach
  void trust() {
    tokens = trusting(TokenClaims.OWN);
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private AccessTokens trusting(TokenClaims claims) {
    TokenIssuer.Rules rules =
        new TokenIssuer.Rules(
            ISSUER,
            () -> Set.of(BASE),
            List.of("at+jwt"),
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.ES256, JWSAlgorithm.ES384),
            Duration.ofSeconds(30),
            Duration.ofHours(1));
    TokenIssuer verifier =
        new TokenIssuer(rules, TokenKeys.at(issuer.url()), Clock.fixed(NOW, ZoneOffset.UTC));
    return new AccessTokens(
        () -> Map.of(ISSUER, new AccessTokens.Trusted(verifier, claims)), () -> BASE);
  }

  /** SMART: 16. */
  @Test
  void saysWhoBearsATokenThatCounts() throws BadTokenException {
    JWTClaimsSet claims =
        claims()
            .claim("client_id", "app")
            .claim("fhirUser", BASE + "/Practitioner/1")
            .claim("roles", List.of("clinician", "emperor"))
            .claim("sites", List.of("Organization/north", "south"))
            .claim("scope", "patient/*.rs launch")
            .claim("patient", "p1")
            .claim("encounter", "Encounter/e1")
            .jwtID("j1")
            .build();

    assertThat(tokens().requester(TestIssuer.sign(key, JWSAlgorithm.RS256, claims), null))
        .isEqualTo(
            new Requester(
                ISSUER,
                "anna",
                "app",
                "Practitioner/1",
                Set.of(Role.CLINICIAN),
                "patient/*.rs launch",
                "p1",
                "e1",
                Set.of("north", "south"),
                "TREAT",
                "j1"));
  }

  @Test
  void takesEs384AndRs384Too() throws BadTokenException {
    ECKey curve = issuer.ec("e1");

    assertThat(requester(TestIssuer.sign(curve, JWSAlgorithm.ES384, claims().build()))).isNotNull();
    assertThat(requester(TestIssuer.sign(key, JWSAlgorithm.RS384, claims().build()))).isNotNull();
  }

  /** SMART: 16. Clocks may differ by the leeway and no more. */
  @ParameterizedTest
  @CsvSource({
    "-29, -60, -60, true",
    "-30, -60, -60, false",
    "300, 29,  -60, true",
    "300, 31,  -60, false",
    "300, -60, 31,  false",
    "3541, -60, -60, false"
  })
  void holdsItToItsTimes(long expires, long notBefore, long issued, boolean counts) {
    JWTClaimsSet claims =
        claims()
            .expirationTime(at(expires))
            .notBeforeTime(at(notBefore))
            .issueTime(at(issued))
            .build();

    assertThat(counts(TestIssuer.sign(key, JWSAlgorithm.RS256, claims))).isEqualTo(counts);
  }

  /** SMART: 16. The audience is exact: a token for two servers is for neither alone. */
  @Test
  void refusesAnotherAudience() {
    for (List<String> audience :
        List.of(
            List.<String>of(),
            List.of("https://other.example.org/fhir"),
            List.of(BASE + "/"),
            List.of(BASE.replace("https", "http")),
            List.of(BASE, "https://other.example.org/fhir"))) {
      String token = TestIssuer.sign(key, JWSAlgorithm.RS256, claims().audience(audience).build());
      assertThat(counts(token)).as(audience.toString()).isFalse();
    }
  }

  @Test
  void refusesWhatLacksAClaimThatCounts() {
    assertThat(counts(signed(claims().subject(null).build()))).isFalse();
    assertThat(counts(signed(claims().expirationTime(null).build()))).isFalse();
    assertThat(counts(signed(claims().issueTime(null).build()))).isFalse();
    assertThat(counts(signed(claims().issuer("https://else.example.org").build()))).isFalse();
    assertThat(counts(signed(claims().issuer(null).build()))).isFalse();
    assertThat(counts(signed(claims().build()))).isTrue();
  }

  /** Attack: no signature. */
  @Test
  void refusesAlgorithmNone() {
    String plain = new PlainJWT(claims().build()).serialize();
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(counts(plain)).isFalse();
    assertThat(counts(header + "." + signed(claims().build()).split("\\.")[1] + ".")).isFalse();
    assertThat(counts(header + "." + signed(claims().build()).split("\\.", 2)[1])).isFalse();
  }

  /** Attack: the public key as the secret of an HMAC. */
  @Test
  void refusesAlgorithmConfusion() throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("k1")
                .build(),
            claims().build());
    jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));

    assertThat(counts(jwt.serialize())).isFalse();
  }

  @Test
  void refusesAnAlgorithmThatIsNotListed() {
    assertThat(counts(TestIssuer.sign(key, JWSAlgorithm.PS256, claims().build()))).isFalse();
    assertThat(counts(TestIssuer.sign(key, JWSAlgorithm.RS512, claims().build()))).isFalse();
  }

  /** Attack: a token brings its key, or says where it is. */
  @Test
  void looksAtNoKeyThatATokenBrings() throws JOSEException {
    try (TestIssuer evil = new TestIssuer()) {
      RSAKey own = evil.rsa("k1");
      JWSHeader.Builder embedded =
          new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).keyID("k1");
      JWSHeader.Builder linked =
          new JWSHeader.Builder(JWSAlgorithm.RS256).jwkURL(evil.url()).x509CertURL(evil.url());

      assertThat(counts(TestIssuer.sign(own, embedded, claims().build()))).isFalse();
      assertThat(counts(TestIssuer.sign(own, linked, claims().build()))).isFalse();
      assertThat(evil.reads).hasValue(0);
    }
  }

  /** Attack: a {@code kid} that means something to a file system or a database. */
  @Test
  void takesAKeyIdForANameOnly() throws JOSEException {
    RSAKey own = new RSAKeyGenerator(2048).keyID("x").generate();
    for (String id : List.of("../../../../dev/null", "' or 1=1 --", "http://127.0.0.1/", "")) {
      JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id);
      assertThat(counts(TestIssuer.sign(own, header, claims().build()))).as(id).isFalse();
    }
  }

  @Test
  void refusesAnIdTokenAndAnAlteredOne() throws JOSEException {
    SignedJWT idToken =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID("k1").build(),
            claims().build());
    idToken.sign(new RSASSASigner(key));
    String[] parts = signed(claims().build()).split("\\.");
    String more = signed(claims().claim("roles", List.of("system")).build()).split("\\.")[1];

    assertThat(counts(idToken.serialize())).isFalse();
    assertThat(counts(parts[0] + "." + more + "." + parts[2])).isFalse();
    assertThat(counts("not.a.token")).isFalse();
    assertThat(counts("opaque")).isFalse();
    // "null" as header and as claims, and lists instead of objects.
    assertThat(counts("bnVsbA.bnVsbA.AA")).isFalse();
    assertThat(counts("W10.W10.AA")).isFalse();
    assertThat(counts(parts[0] + ".bnVsbA." + parts[2])).isFalse();
    assertThat(counts("a".repeat(16_001))).isFalse();
  }

  /** What is said of a bad token never repeats it. */
  @Test
  void saysNothingOfTheToken() {
    String token = signed(claims().audience("https://other.example.org").build());

    Throwable refused = catchThrowable(() -> tokens().requester(token, null));

    assertThat(refused).hasMessage("The access token is for another server").hasNoCause();
  }

  @Test
  void learnsANewKeyAtOnceAndReadsKeysNoMoreThanItMust() throws Exception {
    requester(signed(claims().build()));
    requester(signed(claims().build()));
    assertThat(issuer.reads).hasValue(1);

    RSAKey next = issuer.rsa("k2");
    assertThat(requester(TestIssuer.sign(next, JWSAlgorithm.RS256, claims().build()))).isNotNull();

    RSAKey unknown = new RSAKeyGenerator(2048).keyID("nowhere").generate();
    for (int i = 0; i < 20; i++) {
      assertThat(counts(TestIssuer.sign(unknown, JWSAlgorithm.RS256, claims().build()))).isFalse();
    }
    assertThat(issuer.reads.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void saysThatKeysCannotBeHadAndFollowsNoRedirect() {
    for (int status : List.of(302, 500)) {
      issuer.status = status;
      assertThatThrownBy(() -> tokens().requester(signed(claims().build()), null))
          .isInstanceOfSatisfying(
              BadTokenException.class, e -> assertThat(e.isForNow()).as("" + status).isTrue());
      trust();
    }
  }

  /** A token's purposes, and what a request may pick of them; TREAT covers the lesser ones. */
  @ParameterizedTest
  @CsvSource({
    "'', '', TREAT",
    "'', HRESCH, HRESCH",
    "TREAT, HPAYMT, HPAYMT",
    "HPAYMT, '', HPAYMT",
    "HPAYMT, TREAT, none",
    "HPAYMT, HRESCH, none",
    "HPAYMT HRESCH, HRESCH, HRESCH",
    "http://terminology.hl7.org/CodeSystem/v3-ActReason|HOPERAT, '', HOPERAT",
    "'', 'a b', none"
  })
  void picksThePurposeWithinTheTokens(String claim, String header, String purpose)
      throws BadTokenException {
    JWTClaimsSet.Builder stated = claims();
    if (!claim.isEmpty()) {
      stated.claim("purpose", List.of(claim.split(" ")));
    }

    assertThat(
            tokens().requester(signed(stated.build()), header.isEmpty() ? null : header).purpose())
        .isEqualTo(purpose);
  }

  /** An issuer with its own names of claims and roles, some within objects or named by URLs. */
  @Test
  void mapsAnIssuersClaims() throws BadTokenException {
    tokens =
        trusting(
            new TokenClaims(
                Map.of("roles", "realm_access.roles", "sites", "https://x.example.org/sites"),
                Map.of("doctor", "clinician"),
                List.of("auditor")));
    JWTClaimsSet mapped =
        claims()
            .claim("realm_access", Map.of("roles", List.of("doctor", "clinician", "system")))
            .claim("https://x.example.org/sites", "north")
            .claim("azp", "app")
            .claim("scope", List.of("user/*.rs", "openid"))
            .claim("patient", "Observation/1")
            .build();

    Requester requester = requester(signed(mapped));

    assertThat(requester.roles()).containsExactly(Role.CLINICIAN);
    assertThat(requester.sites()).containsExactly("north");
    assertThat(requester.client()).isEqualTo("app");
    assertThat(requester.scope()).isEqualTo("user/*.rs openid");
    assertThat(requester.patient()).isNull();
    assertThat(requester(signed(claims().build())).roles()).containsExactly(Role.AUDITOR);
  }

  @Test
  void refusesSettingsThatAreUnsafe() {
    assertThatThrownBy(() -> settings(URI.create("http://keys.example.org/jwks"), "RS256"))
        .hasMessageContaining("https");
    assertThatThrownBy(() -> settings(URI.create("https://keys.example.org"), "HS256"))
        .hasMessageContaining("algorithms");
    assertThatThrownBy(
            () ->
                new AccessSettings(
                    true, false, Duration.ofMinutes(3), Duration.ofHours(1), Map.of()))
        .hasMessageContaining("leeway");
    assertThat(settings(URI.create("https://keys.example.org"), "ES384").jwsAlgorithms())
        .containsExactly(JWSAlgorithm.ES384);
  }

  @Test
  void readsSettingsAsAnOperatorWritesThem() {
    AccessSettings settings =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "auscult.access.enforced", "true",
                        "auscult.access.issuers.ehr.issuer", ISSUER,
                        "auscult.access.issuers.ehr.jwks-url", "https://ehr.example.org/jwks",
                        "auscult.access.issuers.ehr.audiences", BASE,
                        "auscult.access.issuers.ehr.claims.roles", "realm_access.roles",
                        "auscult.access.issuers.ehr.claims[client_id]", "azp",
                        "auscult.access.issuers.ehr.roles.doctor", "clinician")))
            .bindOrCreate("auscult.access", AccessSettings.class);

    AccessSettings.Issuer ehr = Objects.requireNonNull(settings.issuers().get("ehr"));
    assertThat(settings.enforced()).isTrue();
    assertThat(settings.leeway()).isEqualTo(Duration.ofSeconds(30));
    assertThat(ehr.audiences()).containsExactly(BASE);
    assertThat(ehr.types()).containsExactly("at+jwt");
    assertThat(ehr.claims())
        .containsOnly(Map.entry("roles", "realm_access.roles"), Map.entry("client_id", "azp"));
    assertThat(ehr.roles()).containsOnly(Map.entry("doctor", "clinician"));
    assertThat(ehr.jwsAlgorithms()).hasSize(4);
  }

  private static AccessSettings.Issuer settings(URI keys, String algorithm) {
    return new AccessSettings.Issuer(
        ISSUER,
        keys,
        List.of(),
        List.of("at+jwt"),
        List.of(algorithm),
        Map.of(),
        Map.of(),
        List.of());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(BASE)
        .subject("anna")
        .issueTime(at(-60))
        .expirationTime(at(300));
  }

  private static Date at(long seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private String signed(JWTClaimsSet claims) {
    return TestIssuer.sign(key, JWSAlgorithm.RS256, claims);
  }

  private AccessTokens tokens() {
    return Objects.requireNonNull(tokens);
  }

  private Requester requester(String token) throws BadTokenException {
    return tokens().requester(token, null);
  }

  private boolean counts(String token) {
    try {
      tokens().requester(token, null);
      return true;
    } catch (BadTokenException e) {
      return false;
    }
  }
}
