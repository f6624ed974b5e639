package org.auscult.server.auth.ehr;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/**
 * Proves to EHRs that it is this server that asks, by ES384.
 *
 * <p>Source: SMART App Launch 2.2, client authentication (asymmetric).
 */
final class EhrAssertions {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final Duration LIFE = Duration.ofMinutes(4);

  private final KeyRing keys;
  private final InstantSource clock;

  EhrAssertions(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** An assertion for one request to a token endpoint. */
  String sign(String client, URI tokenEndpoint) {
    SigningKey key = keys.signing(KeyPurpose.EHR_LAUNCH);
    Instant now = clock.instant();
    SignedJWT assertion =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(tokenEndpoint.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      assertion.sign(new ECDSASigner((ECPrivateKey) key.privateKey()));
      return assertion.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Our own key signs by ES384", e);
    }
  }

  /** The public halves, for EHRs to fetch: the one that signs and those that have. */
  String publicKeys() {
    keys.signing(KeyPurpose.EHR_LAUNCH);
    List<JWK> all = new ArrayList<>();
    for (VerifyingKey key : keys.verifying(KeyPurpose.EHR_LAUNCH)) {
      all.add(
          new ECKey.Builder(Curve.P_384, (ECPublicKey) key.publicKey())
              .keyID(key.id())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES384)
              .build());
    }
    return new JWKSet(all).toString();
  }
}
