package org.auscult.server.notification.signed;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.jwt.JwtSigner;

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

  private final JwtSigner signer;

  public NotificationSignatures(KeyRing keys) {
    this.signer = new JwtSigner(keys, KeyPurpose.NOTIFICATION);
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
    return signer.sign(
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(called.toString())
            .jwtID(delivery)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .claim("body_sha256", hash(body))
            .build());
  }

  /** The public halves, as a JWK set: of the key that signs, and of those that have. */
  public String publicKeys() {
    return signer.publicKeys();
  }

  private static String hash(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
