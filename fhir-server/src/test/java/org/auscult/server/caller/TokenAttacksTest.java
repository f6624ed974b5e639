package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Reason;
import org.auscult.cds.client.CallerVerdict.Refused;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tokens of those who are not who they say: each is refused, and none of them costs an honest
 * caller anything.
 *
 * <p>Safety: 27.
 */
class TokenAttacksTest {
  private static final Instant NOW = Trusting.NOW;
  private static final String URL = Trusting.NORTH_SERVICE;
  private static final String BELOW = Trusting.ROOT + "/cds-services";

  private final Trusting trusting = new Trusting();
  private final Ehr north = Ehr.of(Trusting.NORTH, Ehr.EC);
  private final Ehr south = Ehr.of(Trusting.SOUTH, Ehr.RSA, JWSAlgorithm.RS384);

  private CallerVerdict at(String client, Endpoint endpoint, String token) {
    return trusting.verifier().verify(Trusting.attempt(client, endpoint, "Bearer " + token));
  }

  /** Checklist: 46, 47. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer opaque",
        "Bearer a.b",
        "Bearer a.b.c",
        "Bearer a.b.c.d.e",
        "Bearer TOKEN, Bearer TOKEN",
        "Bearer TOKEN TOKEN",
        "Bearer TOKEN\r\nX-Role: admin",
        "Bearer TOKEN\n",
        "Bearer TOKEN;",
        "TOKEN"
      })
  @DisplayName("46: what is no single signed JWT is refused, injected headers too")
  void noSignedJwt(String header) {
    String authorization = header.replace("TOKEN", north.token(URL, NOW));
    CallerVerdict verdict =
        trusting.verifier().verify(Trusting.attempt("north", Endpoint.SERVICE, authorization));

    assertThat(Trusting.reason(verdict)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  @DisplayName("an oversized token is refused before it is parsed")
  void oversized() {
    String token = north.token(URL, NOW, c -> c.claim("x", "a".repeat(10_000)));

    assertThat(trusting.refusal(token)).isEqualTo(Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "1", "\"a\"", "{", "{\"iss\":1,\"exp\":\"x\"}", ""})
  @DisplayName("header and claims are JSON objects, or it is no token")
  void otherJson(String json) {
    String right = north.token(URL, NOW);
    String[] parts = right.split("\\.");
    String other = Base64URL.encode(json).toString();

    assertThat(trusting.refusal(other + "." + parts[1] + "." + parts[2]))
        .isEqualTo(Reason.MALFORMED);
    assertThat(trusting.refusal(parts[0] + "." + other + "." + parts[2]))
        .isIn(Reason.MALFORMED, Reason.UNKNOWN_ISSUER);
  }

  @Test
  @DisplayName("claims nested deeply are refused, not followed")
  void deeplyNested() {
    String header = north.header().build().toBase64URL().toString();
    String deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);

    assertThat(trusting.refusal(header + "." + Base64URL.encode(deep) + ".AAAA"))
        .isIn(Reason.MALFORMED, Reason.UNKNOWN_ISSUER);
  }

  /** Checklist: 52. */
  @Test
  @DisplayName("52: none is refused, signed or not, in any spelling")
  void none() {
    String claims = north.claims(URL, NOW).build().toPayload().toBase64URL().toString();
    for (String name : List.of("none", "None", "NONE", "nOnE")) {
      String header =
          Base64URL.encode("{\"alg\":\"" + name + "\",\"typ\":\"JWT\",\"kid\":\"ec\"}").toString();
      assertThat(trusting.refusal(header + "." + claims + "."))
          .isIn(Reason.MALFORMED, Reason.ALGORITHM);
      assertThat(trusting.refusal(header + "." + claims + ".AAAA"))
          .isIn(Reason.MALFORMED, Reason.ALGORITHM);
    }
  }

  /** Checklist: 53. */
  @ParameterizedTest
  @ValueSource(strings = {"HS256", "HS384", "HS512"})
  @DisplayName("53: a public key is never taken for a shared secret")
  void algorithmConfusion(String name) throws JOSEException {
    JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
    for (byte[] secret :
        List.of(
            Ehr.RSA.toRSAPublicKey().getEncoded(),
            Ehr.RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            ("-----BEGIN PUBLIC KEY-----\n"
                    + Base64.encode(Ehr.RSA.toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.UTF_8))) {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID("rsa").build(),
              south.claims(BELOW + "/cvd-risk", NOW).build());
      jwt.sign(new MACSigner(secret));

      assertThat(Trusting.reason(at("default", Endpoint.SERVICE, jwt.serialize())))
          .isEqualTo(Reason.ALGORITHM);
    }
  }

  /** Checklist: 47, 50. */
  @Test
  @DisplayName("47, 50: no token brings its own key along")
  void keyInjection() {
    ECKey evil = Ehr.ec(Curve.P_384, "ec");
    Ehr attacker = Ehr.of(Trusting.NORTH, evil);

    assertThat(trusting.refusal(withHeader(attacker, h -> h.jwk(evil.toPublicJWK()))))
        .isEqualTo(Reason.HEADER);
    assertThat(
            trusting.refusal(
                withHeader(attacker, h -> h.x509CertURL(URI.create("https://evil.example.org/c")))))
        .isEqualTo(Reason.HEADER);
    assertThat(
            trusting.refusal(
                withHeader(attacker, h -> h.x509CertChain(List.of(Base64.encode("c"))))))
        .isEqualTo(Reason.HEADER);
    assertThat(
            trusting.refusal(
                withHeader(attacker, h -> h.jwkURL(URI.create("https://evil.example.org/k")))))
        .isEqualTo(Reason.KEY_ADDRESS);
    assertThat(trusting.refusal(withHeader(attacker, h -> h))).isEqualTo(Reason.SIGNATURE);
    assertThat(trusting.refusal(withHeader(north, h -> h.jwk(Ehr.EC.toPublicJWK()))))
        .as("not even the right one")
        .isEqualTo(Reason.HEADER);
  }

  /** Checklist: 47. */
  @Test
  @DisplayName("47: crit, b64 and zip change nothing, since they are refused")
  void extensionsOfTheHeader() {
    assertThat(
            trusting.refusal(
                withHeader(north, h -> h.criticalParams(Set.of("exp")).customParam("exp", 1))))
        .isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.customParam("zip", "DEF"))))
        .isEqualTo(Reason.HEADER);
    assertThat(trusting.refusal(withHeader(north, h -> h.customParam("b64x", "ok")))).isNull();
  }

  /** Checklist: 47, 51. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../dev/null",
        "' or '1'='1",
        "rsa",
        "EC",
        "ec ",
        "https://evil.example.org/key",
        "a\u0000b"
      })
  @DisplayName(
      "47, 51: kid is compared with the issuer's own keys, and nothing else is done with it")
  void kidGames(String kid) {
    assertThat(trusting.refusal(withHeader(north, h -> h.keyID(kid))))
        .isEqualTo(kid.contains("\u0000") ? Reason.HEADER : Reason.UNKNOWN_KEY);
  }

  /** Checklist: 50. */
  @Test
  @DisplayName("50: an issuer that is not registered, or another's key, is refused")
  void issuers() {
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.issuer("https://evil.example.org"))))
        .isEqualTo(Reason.UNKNOWN_ISSUER);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.issuer(Trusting.NORTH + "/"))))
        .isEqualTo(Reason.UNKNOWN_ISSUER);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.issuer(null))))
        .isEqualTo(Reason.UNKNOWN_ISSUER);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.issuer(Trusting.SOUTH))))
        .as("north's key under south's name")
        .isEqualTo(Reason.UNKNOWN_KEY);
  }

  /** Checklist: 46, 50. */
  @Test
  @DisplayName("50: a known issuer may call its own path and the plain one only: else 403")
  void anothersPath() {
    String url = Trusting.ROOT + "/ehr/south/cds-services/cvd-risk";
    CallerVerdict verdict = at("south", Endpoint.SERVICE, north.token(url, NOW));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.NOT_ALLOWED);
              assertThat(refused.reason().status()).isEqualTo(403);
              assertThat(refused.client()).isEqualTo("north");
            });
    assertThat(
            Trusting.reason(
                at(
                    "none",
                    Endpoint.SERVICE,
                    north.token(Trusting.ROOT + "/ehr/none/cds-services/cvd-risk", NOW))))
        .isEqualTo(Reason.NOT_ALLOWED);
  }

  /** Checklist: 47. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0007b", "LONG"})
  @DisplayName("47: names are printable and short, so that none writes lines into a log")
  void spoiltNames(String text) {
    String value = text.equals("LONG") ? "a".repeat(257) : text;

    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.jwtID(value))))
        .isEqualTo(Reason.CLAIM);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.subject(value))))
        .isEqualTo(Reason.CLAIM);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.claim("tenant", value))))
        .isEqualTo(Reason.CLAIM);
  }

  /** Checklist: 48. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.org/ehr/north/cds-services",
        "https://hooks.example.org/ehr/north/cds-services/other",
        "https://hooks.example.org/ehr/north/cds-services/cvd-risk/",
        "https://hooks.example.org/ehr/north/cds-services/cvd-risk/feedback",
        "https://hooks.example.org/ehr/north/cds-services/cvd-risk?x=1",
        "https://hooks.example.org/cds-services/cvd-risk",
        "http://hooks.example.org/ehr/north/cds-services/cvd-risk",
        "https://hooks.example.org:443/ehr/north/cds-services/cvd-risk",
        "https://HOOKS.example.org/ehr/north/cds-services/cvd-risk",
        "https://evil.example.org/ehr/north/cds-services/cvd-risk",
        "https://hooks.example.org",
        "*"
      })
  @DisplayName("48: a token for anything but exactly this URL is refused")
  void audienceSwap(String audience) {
    assertThat(trusting.refusal(north.token(audience, NOW))).isEqualTo(Reason.AUDIENCE);
  }

  /** Checklist: 49. */
  @Test
  @DisplayName("49: who cannot sign spends nobody's jti")
  void aForgedTokenSpendsNothing() {
    Ehr attacker = Ehr.of(Trusting.NORTH, Ehr.ec(Curve.P_384, "ec"));

    assertThat(trusting.refusal(attacker.token(URL, NOW, c -> c.jwtID("j"))))
        .isEqualTo(Reason.SIGNATURE);
    assertThat(trusting.refusal(north.token(BELOW, NOW, c -> c.jwtID("j"))))
        .isEqualTo(Reason.AUDIENCE);
    assertThat(trusting.refusal(north.token(URL, NOW, c -> c.jwtID("j")))).isNull();
  }

  /** Checklist: 46. */
  @Test
  @DisplayName("46: a signature is of all of header and claims")
  void alteredTokens() {
    String[] parts = north.token(URL, NOW).split("\\.");
    String other = north.claims(URL, NOW).subject("admin").build().toPayload().toBase64URL() + "";
    String zeros = Base64URL.encode(new byte[96]).toString();

    assertThat(trusting.refusal(parts[0] + "." + other + "." + parts[2]))
        .isEqualTo(Reason.SIGNATURE);
    assertThat(trusting.refusal(parts[0] + "." + parts[1] + "." + zeros))
        .as("the psychic signature of CVE-2022-21449")
        .isEqualTo(Reason.SIGNATURE);
    assertThat(trusting.refusal(parts[0] + "." + parts[1] + "."))
        .isIn(Reason.MALFORMED, Reason.SIGNATURE);
    assertThat(trusting.refusal(parts[0] + "." + parts[1] + "." + parts[2].substring(4)))
        .isEqualTo(Reason.SIGNATURE);
  }

  /** Checklist: 22. */
  @Test
  @DisplayName("22: no refusal repeats anything of the token")
  void refusalsRepeatNothing() {
    String secret = "s3cret" + UUID.randomUUID();
    JWTClaimsSet.Builder claims =
        north.claims(secret, NOW).subject(secret).jwtID(secret).claim("tenant", secret);
    for (String token :
        List.of(
            north.sign(north.header().build(), claims.build()),
            north.sign(north.header().build(), claims.issuer(secret).build()),
            north.sign(north.header().keyID(secret).build(), claims.build()))) {
      CallerVerdict verdict = trusting.atNorth(token);
      assertThat(verdict).isInstanceOf(Refused.class);
      assertThat(verdict.toString()).doesNotContain(secret).doesNotContain(token.substring(0, 20));
    }
  }

  @Test
  @DisplayName("who cannot sign uses up nobody's calls")
  void strangersUseUpNobodysCalls() {
    trusting.set("clients.north.calls-per-second", "1");
    Ehr attacker = Ehr.of(Trusting.NORTH, Ehr.ec(Curve.P_384, "ec"));
    for (int i = 0; i < 10; i++) {
      assertThat(trusting.refusal(attacker.token(URL, NOW))).isEqualTo(Reason.SIGNATURE);
    }

    assertThat(trusting.refusal(north.token(URL, NOW))).isNull();
  }

  private String withHeader(Ehr ehr, UnaryOperator<JWSHeader.Builder> changed) {
    return ehr.sign(changed.apply(ehr.header()).build(), north.claims(URL, NOW).build());
  }
}
