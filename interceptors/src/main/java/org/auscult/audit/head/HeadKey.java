package org.auscult.audit.head;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.audit.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * A public key for tree heads, and when it signed.
 *
 * <p>Source: JWK of RFC 8037 section 2 (OKP, Ed25519), with {@code nbf} and {@code exp} in seconds
 * since 1970.
 *
 * @param id {@code kid}
 * @param publicKey Ed25519
 * @param from when it began to sign; null if that is not said
 * @param until when another took its place; null if it signs still, or that is not said
 */
public record HeadKey(
    String id, PublicKey publicKey, @Nullable Instant from, @Nullable Instant until) {
  /** As Java and JWK name it. */
  static final String ALGORITHM = "Ed25519";

  /** What stands before the 32 bytes of such a key in X.509: RFC 8410 section 4. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int LENGTH = 32;

  public HeadKey {
    byte[] encoded = publicKey.getEncoded();
    if (encoded.length != X509_PREFIX.length + LENGTH
        || !Arrays.equals(encoded, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
      throw new IllegalArgumentException("The key " + id + " is not of Ed25519");
    }
  }

  /** The key as the fields of a JWK. */
  public Map<String, Object> jwk() {
    byte[] encoded = publicKey.getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, X509_PREFIX.length, encoded.length);
    Map<String, Object> jwk = new TreeMap<>();
    jwk.put("kty", "OKP");
    jwk.put("crv", ALGORITHM);
    jwk.put("alg", "EdDSA");
    jwk.put("use", "sig");
    jwk.put("kid", id);
    jwk.put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(x));
    if (from != null) {
      jwk.put("nbf", from.getEpochSecond());
    }
    if (until != null) {
      // The second is rounded up: what was signed within it is valid.
      jwk.put("exp", until.plusSeconds(1).minusNanos(1).getEpochSecond());
    }
    return jwk;
  }

  /**
   * Reads a JWK.
   *
   * @throws IllegalArgumentException if it is no public key of Ed25519
   */
  public static HeadKey from(JsonFields jwk) {
    if (!jwk.text("kty").equals("OKP") || !jwk.text("crv").equals(ALGORITHM)) {
      throw new IllegalArgumentException("Tree heads are signed by Ed25519 alone");
    }
    if (jwk.has("d")) {
      throw new IllegalArgumentException("This holds a private key: keep it, and give the public");
    }
    return new HeadKey(
        jwk.text("kid"), publicKey(jwk.text("x")), instant(jwk, "nbf"), instant(jwk, "exp"));
  }

  private static PublicKey publicKey(String x) {
    byte[] bytes = Base64.getUrlDecoder().decode(x);
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A public key of Ed25519 has 32 bytes");
    }
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + bytes.length);
    System.arraycopy(bytes, 0, encoded, X509_PREFIX.length, bytes.length);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("This is no public key of Ed25519", e);
    }
  }

  private static @Nullable Instant instant(JsonFields jwk, String name) {
    return jwk.has(name) ? Instant.ofEpochSecond(jwk.whole(name)) : null;
  }

  /** Whether this key made the signature. */
  boolean signed(SignedTreeHead signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(signed.head().signedBytes());
      return signature.verify(Base64.getUrlDecoder().decode(signed.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Of a wrong length or alphabet, or no point of the curve: not its signature.
      return false;
    }
  }
}
