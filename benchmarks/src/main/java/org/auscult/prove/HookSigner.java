package org.auscult.prove;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/**
 * An EHR that signs each of its calls of hooks, with a key of its own.
 *
 * <p>With RS384: on the machine where proofs are made a server verifies it in 0.03 ms, ES384 in 1.4
 * ms; to sign takes 0.7 ms with either.
 */
public final class HookSigner {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final int BITS = 2048;

  private final String client;
  private final String issuer;
  private final RSAKey key;
  private final JWSSigner signer;
  private final Duration life;

  private HookSigner(String client, RSAKey key, JWSSigner signer, Duration life) {
    this.client = client;
    this.issuer = "https://" + client + ".ehr.example.org";
    this.key = key;
    this.signer = signer;
    this.life = life;
  }

  /**
   * One with a new key.
   *
   * @param client its id at the server: {@code /ehr/ID/cds-services} is its path
   */
  public static HookSigner of(String client) {
    return of(client, LIFE);
  }

  /** The same, whose tokens count longer than is usual, so that they can be signed ahead. */
  public static HookSigner of(String client, Duration life) {
    try {
      RSAKey key =
          new RSAKeyGenerator(BITS)
              .keyID(UUID.randomUUID().toString())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS384)
              .generate();
      return new HookSigner(client, key, new RSASSASigner(key), life);
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  /** With these a server knows it. */
  public Map<String, String> settings() {
    String client = "auscult.clients." + this.client;
    return Map.of(
        client + ".issuer",
        issuer,
        client + ".keys",
        new JWKSet(key.toPublicJWK()).toString(),
        client + ".longest-life",
        life.toSeconds() + "s");
  }

  /** Its id at the server. */
  String client() {
    return client;
  }

  /**
   * A fresh token for one call.
   *
   * @param url that is called, as the server knows it
   */
  public String token(String url) {
    Instant now = Instant.now();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS384)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(url)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("Every Java signs with RSA", e);
    }
    return jwt.serialize();
  }
}
