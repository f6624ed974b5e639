package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Admitted;
import org.auscult.cds.client.CallerVerdict.Reason;
import org.auscult.cds.client.CallerVerdict.Refused;
import org.auscult.cds.client.CallerVerifier.Attempt;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.auscult.prediction.CallerIdentity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tokens of callers, right and wrong.
 *
 * <p>Safety: 27.
 */
class JwtCallerVerifierTest {
  private static final Instant NOW = Trusting.NOW;
  private static final String URL = Trusting.NORTH_SERVICE;
  private static final String BELOW = Trusting.ROOT + "/cds-services";

  private final Trusting trusting = new Trusting();
  private final Ehr north = Ehr.of(Trusting.NORTH, Ehr.EC);
  private final Ehr south = Ehr.of(Trusting.SOUTH, Ehr.RSA, JWSAlgorithm.RS384);

  private CallerVerdict at(String client, Endpoint endpoint, String token) {
    return trusting.verifier().verify(Trusting.attempt(client, endpoint, "Bearer " + token));
  }

  /** Checklist: 46, 47, 51, 54. */
  @Test
  @DisplayName("46, 47, 51, 54: ES384 and RS384 of keys in hand, on each endpoint")
  void aRightTokenIsTaken() {
    String own = Trusting.ROOT + "/ehr/north/cds-services";
    String token =
        north.token(URL, NOW, c -> c.subject("ward 7").claim("tenant", "t1").jwtID("j1"));

    assertThat(trusting.atNorth(token))
        .isEqualTo(new Admitted(new CallerIdentity("north", Trusting.NORTH, "ward 7", "t1", "j1")));
    assertThat(at("north", Endpoint.DISCOVERY, north.token(own, NOW))).isInstanceOf(Admitted.class);
    assertThat(at("north", Endpoint.FEEDBACK, north.token(URL + "/feedback", NOW)))
        .isInstanceOf(Admitted.class);
    assertThat(at("default", Endpoint.DISCOVERY, south.token(BELOW, NOW)))
        .isInstanceOf(Admitted.class);
    assertThat(at("default", Endpoint.SERVICE, south.token(BELOW + "/cvd-risk", NOW)))
        .isInstanceOf(Admitted.class);
    assertThat(at("default", Endpoint.FEEDBACK, south.token(BELOW + "/cvd-risk/feedback", NOW)))
        .isInstanceOf(Admitted.class);
    assertThat(trusting.ledger.size()).isEqualTo(6);
  }

  /** Checklist: 46. */
  @ParameterizedTest
  @EnumSource(Endpoint.class)
  @DisplayName("46: without a token nobody is answered")
  void withoutAToken(Endpoint endpoint) {
    assertThat(
            Trusting.reason(
                trusting.verifier().verify(Trusting.attempt("default", endpoint, null))))
        .isEqualTo(Reason.NO_TOKEN);
  }

  /** Checklist: 46. */
  @ParameterizedTest(name = "{0}, open discovery {1}: {2}")
  @CsvSource({
    "off, false, '', ''",
    "optional, false, '', MALFORMED",
    "required, false, NO_TOKEN, MALFORMED",
    "required, true, NO_TOKEN, MALFORMED"
  })
  @DisplayName("46: how much is asked is configured, for all and for each client")
  void howMuchIsAsked(String asked, boolean open, String without, String wrong) {
    for (String key : List.of("callers.authentication", "clients.north.authentication")) {
      Trusting one = new Trusting().set(key, asked).set("callers.open-discovery", "" + open);
      assertThat(
              String.valueOf(
                  Trusting.reason(
                      one.verifier().verify(Trusting.attempt("north", Endpoint.SERVICE, null)))))
          .isEqualTo(without.isEmpty() ? "null" : without);
      assertThat(String.valueOf(one.refusal("x"))).isEqualTo(wrong.isEmpty() ? "null" : wrong);
      assertThat(
              Trusting.reason(
                  one.verifier().verify(Trusting.attempt("north", Endpoint.DISCOVERY, null))))
          .isEqualTo(asked.equals("required") && !open ? Reason.NO_TOKEN : null);
    }
  }

  /** Checklist: 46. */
  @Test
  @DisplayName("46: where discovery is open, a wrong token is refused all the same")
  void openDiscoveryTakesNoWrongToken() {
    trusting.set("callers.open-discovery", "true");

    assertThat(Trusting.reason(at("north", Endpoint.DISCOVERY, north.token(URL, NOW))))
        .isEqualTo(Reason.AUDIENCE);
  }

  @Test
  @DisplayName("the scheme's name has no case, as RFC 7235 says")
  void theSchemeHasNoCase() {
    assertThat(
            trusting
                .verifier()
                .verify(
                    Trusting.attempt(
                        "north", Endpoint.SERVICE, "bearer  " + north.token(URL, NOW))))
        .isInstanceOf(Admitted.class);
  }

  /** Checklist: 54. */
  @Test
  @DisplayName("54: other algorithms only where they are configured")
  void otherAlgorithms() {
    Ehr weaker = Ehr.of(Trusting.SOUTH, Ehr.RSA, JWSAlgorithm.RS256);
    String url = BELOW + "/cvd-risk";

    assertThat(Trusting.reason(at("default", Endpoint.SERVICE, weaker.token(url, NOW))))
        .isEqualTo(Reason.ALGORITHM);
    Trusting lenient = new Trusting().set("clients.south.algorithms", "RS384,RS256");
    assertThat(
            lenient
                .verifier()
                .verify(
                    Trusting.attempt(
                        "default", Endpoint.SERVICE, "Bearer " + weaker.token(url, NOW))))
        .isInstanceOf(Admitted.class);
    ECKey small = Ehr.ec(Curve.P_256, "small");
    assertThat(
            new Trusting()
                .set("clients.north.keys", Ehr.set(small, Ehr.EC))
                .refusal(
                    north.sign(
                        new JWSHeader.Builder(JWSAlgorithm.ES384)
                            .type(JOSEObjectType.JWT)
                            .keyID("small")
                            .build(),
                        north.claims(URL, NOW).build())))
        .as("a key of another curve verifies no ES384")
        .isEqualTo(Reason.UNKNOWN_KEY);
  }

  private String withHeader(Ehr ehr, UnaryOperator<JWSHeader.Builder> changed) {
    return ehr.sign(changed.apply(ehr.header()).build(), north.claims(URL, NOW).build());
  }

  /** Checklist: 47. */
  @Test
  @DisplayName("47: typ is JWT")
  void typ() {
    assertThat(trusting.refusal(withHeader(north, h -> h.type(null)))).isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.type(new JOSEObjectType("at+jwt")))))
        .isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.type(new JOSEObjectType("jwt")))))
        .isNull();
  }

  /** Checklist: 47. */
  @Test
  @DisplayName("47: kid must be there")
  void kid() {
    assertThat(trusting.refusal(withHeader(north, h -> h.keyID(null)))).isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.keyID("")))).isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.keyID("k".repeat(257)))))
        .isEqualTo(Reason.HEADER);
  }

  /** Checklist: 47, 50. */
  @Test
  @DisplayName("47: subject and tenant are held to what is registered, where it is")
  void subjectAndTenant() {
    Trusting strict =
        new Trusting().set("clients.north.subject", "app").set("clients.north.tenants", "t1,t2");

    assertThat(strict.refusal(north.token(URL, NOW, c -> c.subject("app").claim("tenant", "t2"))))
        .isNull();
    assertThat(strict.refusal(north.token(URL, NOW, c -> c.subject("app"))))
        .isEqualTo(Reason.NOT_ALLOWED);
    assertThat(strict.refusal(north.token(URL, NOW, c -> c.subject("app").claim("tenant", "t3"))))
        .isEqualTo(Reason.NOT_ALLOWED);
    assertThat(strict.refusal(north.token(URL, NOW, c -> c.claim("tenant", "t1"))))
        .isEqualTo(Reason.NOT_ALLOWED);
    assertThat(strict.refusal(north.token(URL, NOW, c -> c.subject("ap").claim("tenant", "t1"))))
        .isEqualTo(Reason.NOT_ALLOWED);
  }

  /** Checklist: 47. */
  @ParameterizedTest
  @CsvSource({"iss, UNKNOWN_ISSUER", "aud, AUDIENCE", "exp, CLAIM", "iat, CLAIM", "jti, CLAIM"})
  @DisplayName("47: each claim that is required must be there")
  void missingClaims(String claim, Reason reason) {
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.claim(claim, null))))
        .isEqualTo(reason);
    assertThat(trusting.ledger.size()).isZero();
  }

  /** Checklist: 48. */
  @Test
  @DisplayName("48: one of several audiences is enough, and one configured by hand")
  void audiences() {
    Trusting byHand = new Trusting().set("clients.north.audiences", "urn:our-cds,urn:other");

    assertThat(
            trusting.refusal(
                north.token(URL, NOW, c -> c.audience(List.of("https://x.example.org", URL)))))
        .isNull();
    assertThat(byHand.refusal(north.token("urn:our-cds", NOW))).isNull();
    assertThat(byHand.refusal(north.token("urn:third", NOW))).isEqualTo(Reason.AUDIENCE);
    assertThat(trusting.refusal(north.token("urn:our-cds", NOW))).isEqualTo(Reason.AUDIENCE);
  }

  /** Checklist: 47. Safety: 27. */
  @ParameterizedTest(name = "iat {0} s, nbf {1} s, exp {2} s, leeway {3}, life {4}: {5}")
  @CsvSource({
    "0, , 300, 60s, 5m, ",
    "0, , 301, 60s, 5m, LIVES_TOO_LONG",
    "-300, -300, 0, 60s, 5m, ",
    "-359, , -59, 60s, 5m, ",
    "-360, , -60, 60s, 5m, EXPIRED",
    "-300, , -1, 0s, 5m, EXPIRED",
    "-300, , 0, 0s, 5m, EXPIRED",
    "-299, , 1, 0s, 5m, ",
    "60, , 300, 60s, 5m, ",
    "61, , 300, 60s, 5m, NOT_YET_VALID",
    "1, , 300, 0s, 5m, NOT_YET_VALID",
    "0, 60, 300, 60s, 5m, ",
    "0, 61, 300, 60s, 5m, NOT_YET_VALID",
    "0, -300, 300, 60s, 5m, ",
    "-300, -300, 600, 60s, 5m, LIVES_TOO_LONG",
    "-300, -300, 600, 60s, 15m, ",
    "-300, -300, 601, 60s, 15m, LIVES_TOO_LONG",
    "10, , 10, 60s, 5m, CLAIM",
    "10, , 5, 60s, 5m, CLAIM",
    "-100000000, , 100000000, 60s, 1h, LIVES_TOO_LONG"
  })
  @DisplayName("47: life and clocks, on both sides of each limit of this client")
  void times(long issued, Long notBefore, long expires, String leeway, String life, Reason reason) {
    Trusting one =
        new Trusting().set("clients.north.leeway", leeway).set("clients.north.longest-life", life);
    String token =
        north.token(
            URL,
            NOW,
            c ->
                c.issueTime(Date.from(NOW.plusSeconds(issued)))
                    .notBeforeTime(notBefore == null ? null : Date.from(NOW.plusSeconds(notBefore)))
                    .expirationTime(Date.from(NOW.plusSeconds(expires))));

    assertThat(one.refusal(token)).isEqualTo(reason);
  }

  /** Checklist: 49. */
  @Test
  @DisplayName("49: a token counts once; for each issuer apart; a fresh jti is welcome")
  void replay() {
    String token = north.token(URL, NOW, c -> c.jwtID("same"));

    assertThat(trusting.refusal(token)).isNull();
    assertThat(trusting.refusal(token)).isEqualTo(Reason.REPLAYED);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.jwtID("same"))))
        .isEqualTo(Reason.REPLAYED);
    assertThat(trusting.refusal(north.token(URL, NOW))).isNull();
    assertThat(
            Trusting.reason(
                at(
                    "default",
                    Endpoint.SERVICE,
                    south.token(BELOW + "/cvd-risk", NOW, c -> c.jwtID("same")))))
        .isNull();
    assertThat(Trusting.reason(trusting.verifier(trusting.ledger).verify(north(token))))
        .as("on another node")
        .isEqualTo(Reason.REPLAYED);
  }

  private static Attempt north(String token) {
    return Trusting.attempt("north", Endpoint.SERVICE, "Bearer " + token);
  }

  @Test
  @DisplayName("calls beyond the agreed rate get 429, wait, and may bring the same token")
  void tooOften() {
    trusting.set("clients.north.calls-per-second", "2");
    for (int i = 0; i < 4; i++) {
      assertThat(trusting.refusal(north.token(URL, NOW))).isNull();
    }
    String token = north.token(URL, NOW);

    assertThat(trusting.atNorth(token))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.TOO_OFTEN);
              assertThat(refused.reason().status()).isEqualTo(429);
              assertThat(refused.retryAfter())
                  .isBetween(Duration.ofMillis(1), Duration.ofMillis(500));
            });
    assertThat(
            Trusting.reason(at("default", Endpoint.SERVICE, south.token(BELOW + "/cvd-risk", NOW))))
        .as("another client's calls are not counted")
        .isNull();
    trusting.clock.move(Duration.ofMillis(500));
    assertThat(trusting.refusal(token)).isNull();
    assertThat(trusting.refusal(north.token(URL, NOW))).isEqualTo(Reason.TOO_OFTEN);
  }

  /** Checklist: 50, 64. */
  @Test
  @DisplayName("50, 64: keys at a jku that is listed, and at no other; none without it")
  void keysAtAJku() {
    String address = "https://north.example.org/keys";
    trusting
        .without("clients.north.keys")
        .set("clients.north.jku", address + ",https://north.example.org/other");
    trusting.documents.put(address, Ehr.set(Ehr.EC));
    trusting.documents.put("https://evil.example.org/keys", Ehr.set(Ehr.EC));

    assertThat(trusting.refusal(withHeader(north, h -> h.jwkURL(URI.create(address))))).isNull();
    for (String other :
        List.of(
            "https://evil.example.org/keys",
            address + "/",
            address + "?x",
            address + "#x",
            "http://north.example.org/keys",
            "https://north.example.org@evil.example.org/keys")) {
      assertThat(trusting.refusal(withHeader(north, h -> h.jwkURL(URI.create(other)))))
          .isEqualTo(Reason.KEY_ADDRESS);
    }
    assertThat(trusting.refusal(withHeader(north, h -> h))).isEqualTo(Reason.UNKNOWN_KEY);
    assertThat(
            trusting.refusal(
                withHeader(north, h -> h.jwkURL(URI.create("https://north.example.org/other")))))
        .as("listed, and it cannot be reached")
        .isEqualTo(Reason.NO_KEYS);
  }

  /** Checklist: 51, 64. */
  @Test
  @DisplayName("51, 64: keys at one configured address; a jku that says the same is fine")
  void keysAtAUrl() {
    String address = "https://north.example.org/keys";
    trusting.without("clients.north.keys").set("clients.north.keys-url", address);
    assertThat(trusting.atNorth(north.token(URL, NOW)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.NO_KEYS);
              assertThat(refused.reason().status()).isEqualTo(503);
              assertThat(refused.retryAfter()).isEqualTo(RemoteKeys.PAUSE_AFTER_FAILURE);
            });
    trusting.documents.put(address, Ehr.set(Ehr.EC));
    trusting.clock.move(RemoteKeys.PAUSE_AFTER_FAILURE);

    assertThat(trusting.refusal(north.token(URL, NOW))).isNull();
    assertThat(trusting.refusal(withHeader(north, h -> h.jwkURL(URI.create(address))))).isNull();
    assertThat(
            trusting.refusal(
                withHeader(north, h -> h.jwkURL(URI.create("https://evil.example.org/keys")))))
        .isEqualTo(Reason.KEY_ADDRESS);
  }

  /** Checklist: 50, 51. */
  @Test
  @DisplayName(
      "50, 51: the sandbox's jku may be listed while its key is in hand: nothing is fetched")
  void aJkuBesideKeysInHand() {
    String address = "https://sandbox.example.org/.well-known/jwks.json";
    trusting.set("clients.north.jku", address);

    assertThat(trusting.refusal(withHeader(north, h -> h.jwkURL(URI.create(address))))).isNull();
    assertThat(trusting.refusal(withHeader(north, h -> h.jwkURL(URI.create(address)).keyID("new"))))
        .isEqualTo(Reason.UNKNOWN_KEY);
  }
}
