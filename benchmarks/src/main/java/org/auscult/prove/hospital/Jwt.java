package org.auscult.prove.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.auscult.prove.FhirCalls;

/**
 * A JWT in its parts, right or wrong: no library would make the wrong ones.
 *
 * @param header as text, so that it may be no JSON
 * @param claims as text
 */
public record Jwt(String header, String claims, byte[] signature) {
  private static final byte[] NONE = {};

  /** How the text of header and claims becomes a signature. */
  public interface Signer {
    byte[] sign(byte[] text) throws GeneralSecurityException;
  }

  /** No signature at all. */
  public static final Signer UNSIGNED = text -> NONE;

  /** Signed. */
  public static Jwt of(String header, String claims, Signer signer) {
    try {
      String text = encode(header.getBytes(UTF_8)) + "." + encode(claims.getBytes(UTF_8));
      return new Jwt(header, claims, signer.sign(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Each Java signs so", e);
    }
  }

  /** The parts of a token. */
  public static Jwt parse(String token) {
    String[] parts = token.split("\\.", 3);
    return new Jwt(
        new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8),
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8),
        Base64.getUrlDecoder().decode(parts[2]));
  }

  /** By a private key, such as {@code SHA384withECDSAinP1363Format}. */
  public static Signer by(PrivateKey key, String algorithm) {
    return text -> {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    };
  }

  /** By a shared secret, with {@code HS256} and so on. */
  public static Signer hmac(byte[] secret, String algorithm) {
    return text -> {
      Mac mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
      // Java takes no empty key; a zero byte is padded to the same one.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HMAC"));
      return mac.doFinal(text);
    };
  }

  /** Its claims, to be changed. */
  public ObjectNode claimsTree() {
    return tree(claims);
  }

  /** Its header, to be changed. */
  public ObjectNode headerTree() {
    return tree(header);
  }

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) FhirCalls.JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("This part was made as JSON", e);
    }
  }

  /** With another signature. */
  public Jwt signed(byte[] other) {
    return new Jwt(header, claims, other);
  }

  /** As it is sent. */
  public String compact() {
    return encode(header.getBytes(UTF_8))
        + "."
        + encode(claims.getBytes(UTF_8))
        + "."
        + encode(signature);
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
