package org.auscult.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** By which a client proves that it has its private key: SMART's asymmetric authentication. */
final class ClientAssertion {
  private static final Duration LIFE = Duration.ofMinutes(2);

  private ClientAssertion() {}

  /**
   * The form that asks for a token as a backend service.
   *
   * @param audience the token endpoint, as the server knows it
   * @throws IOException if the key signs neither with ES384 nor with RS384
   */
  static Map<String, String> form(String client, JWK key, String scope, String audience)
      throws IOException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("scope", scope);
    form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    form.put("client_assertion", signed(client, key, audience));
    return form;
  }

  private static String signed(String client, JWK key, String audience) throws IOException {
    Instant now = Instant.now();
    try {
      SignedJWT assertion =
          new SignedJWT(
              new JWSHeader.Builder(algorithm(key))
                  .keyID(key.getKeyID())
                  .type(JOSEObjectType.JWT)
                  .build(),
              new JWTClaimsSet.Builder()
                  .issuer(client)
                  .subject(client)
                  .audience(audience)
                  .issueTime(Date.from(now))
                  .expirationTime(Date.from(now.plus(LIFE)))
                  .jwtID(UUID.randomUUID().toString())
                  .build());
      assertion.sign(signer(key));
      return assertion.serialize();
    } catch (JOSEException e) {
      // Its message may hold parts of the key.
      throw new IOException("The key of " + client + " cannot sign");
    }
  }

  private static JWSAlgorithm algorithm(JWK key) throws IOException {
    if (key instanceof ECKey ec && Curve.P_384.equals(ec.getCurve()) && key.isPrivate()) {
      return JWSAlgorithm.ES384;
    }
    if (key instanceof RSAKey && key.isPrivate()) {
      return JWSAlgorithm.RS384;
    }
    throw new IOException("A client's key is a private one, of P-384 or RSA");
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
  }
}
