package org.auscult.server.notification.signed;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/**
 * Signs notifications by a JWT (ES384): {@code iss} is this server, {@code aud} the URL that is
 * called, {@code jti} the delivery, which stays the same when it is tried again, and {@code
 * body_sha256} the hash of the body in hexadecimal digits.
 *
 * <p>Source: RFC 7519, RFC 7515.
 */
public final class NotificationSignatures {
  /** How long a receiver may take one; each attempt has a new one. */
  static final Duration LIFE = Duration.ofMinutes(5);

  private final KeyRing keys;

  public NotificationSignatures(KeyRing keys) {
    this.keys = keys;
  }

  /**
   * The JWT of one attempt.
   *
   * @param issuer the root of this server, as others know it
   * @param called the URL, exactly
   * @param delivery by which a receiver knows doubles
   * @param body empty if there is none
   */
  public String sign(String issuer, URI called, String delivery, byte[] body, Instant now) {
    SigningKey key = keys.signing(KeyPurpose.NOTIFICATION);
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(called.toString())
                .jwtID(delivery)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .claim("body_sha256", hash(body))
                .build());
    try {
      signed.sign(new ECDSASigner((ECPrivateKey) key.privateKey()));
      return signed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Our own key signs by ES384", e);
    }
  }

  /** The public halves, as a JWK set: of the key that signs, and of those that have. */
  public String publicKeys() {
    keys.signing(KeyPurpose.NOTIFICATION);
    List<JWK> all = new ArrayList<>();
    for (VerifyingKey key : keys.verifying(KeyPurpose.NOTIFICATION)) {
      all.add(
          new ECKey.Builder(Curve.P_384, (ECPublicKey) key.publicKey())
              .keyID(key.id())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES384)
              .build());
    }
    return new JWKSet(all).toString();
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
