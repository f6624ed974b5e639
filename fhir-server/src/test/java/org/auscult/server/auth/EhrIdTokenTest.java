package org.auscult.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks on the id token by which an EHR says who signed in.
 *
 * <p>Safety: 28.
 */
class EhrIdTokenTest extends EhrLaunchSteps {
  /** An attack on the id token. */
  interface Attack {
    String on(String idToken) throws ParseException, JOSEException;
  }

  private static Arguments attack(String name, Attack attack) {
    return Arguments.of(name, attack);
  }

  private static JWTClaimsSet.Builder claims(String token) throws ParseException {
    return new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet());
  }

  private static String again(JWTClaimsSet.Builder claims) throws JOSEException {
    return LaunchingEhr.signed(LAUNCHING.key(), claims.build());
  }

  static Stream<Arguments> attacksOnTheIdToken() {
    return Stream.of(
        attack(
            "expired",
            token ->
                again(claims(token).expirationTime(Date.from(Instant.now().minusSeconds(120))))),
        attack(
            "old",
            token -> again(claims(token).issueTime(Date.from(Instant.now().minusSeconds(3_600))))),
        attack(
            "of the future",
            token -> again(claims(token).issueTime(Date.from(Instant.now().plusSeconds(300))))),
        attack("endless", token -> again(claims(token).expirationTime(null))),
        attack("another issuer", token -> again(claims(token).issuer(LAUNCHING_TOO.root()))),
        attack("another audience", token -> again(claims(token).audience("another-app"))),
        attack(
            "a second audience",
            token -> again(claims(token).audience(List.of(LaunchingEhr.CLIENT, "another-app")))),
        attack("another party", token -> again(claims(token).claim("azp", "another-app"))),
        attack("another nonce", token -> again(claims(token).claim("nonce", "abc"))),
        attack("no nonce", token -> again(claims(token).claim("nonce", null))),
        attack("nobody", token -> again(claims(token).subject(null))),
        attack("alg none", token -> new PlainJWT(claims(token).build()).serialize()),
        attack("no signature", token -> token.replaceFirst("[^.]+$", "")),
        attack(
            "HS256 with the public key as secret",
            token -> {
              SignedJWT bent =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.HS256)
                          .keyID(LAUNCHING.key().getKeyID())
                          .build(),
                      claims(token).build());
              bent.sign(
                  new MACSigner(
                      LAUNCHING
                          .key()
                          .toPublicJWK()
                          .toJSONString()
                          .getBytes(StandardCharsets.UTF_8)));
              return bent.serialize();
            }),
        attack(
            "a foreign key under the EHR's key id",
            token -> LaunchingEhr.signed(LaunchingEhr.newKey("ehr-key"), claims(token).build())),
        attack(
            "a foreign key that the token brings along",
            token -> {
              var foreign = LaunchingEhr.newKey("foreign");
              SignedJWT bent =
                  new SignedJWT(
                      new JWSHeader.Builder(JWSAlgorithm.ES384)
                          .keyID("foreign")
                          .jwk(foreign.toPublicJWK())
                          .build(),
                      claims(token).build());
              bent.sign(new ECDSASigner(foreign));
              return bent.serialize();
            }),
        attack("no JWT", token -> "hello"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacksOnTheIdToken")
  void anIdTokenThatDoesNotHoldSignsNobodyIn(String name, Attack attack) throws Exception {
    LAUNCHING.session.idToken =
        token -> {
          try {
            return attack.on(token);
          } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
          }
        };

    assertRefused(launch(browser(), "launched-app", LAUNCHING), 403, "wrong-id-token");
  }
}
