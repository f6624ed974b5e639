package org.auscult.server.auth.user;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app: six digits, a new one each 30 s, by HMAC-SHA-1.
 *
 * <p>Source: RFC 6238 (TOTP), RFC 4226 (HOTP), RFC 4648 (base 32).
 */
public final class Totp {
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;
  private static final int DIGITS = 6;

  /** RFC 4226 asks for 128 bits at least. */
  private static final int LEAST_BYTES = 16;

  private final byte[] secret;

  private Totp(byte[] secret) {
    this.secret = secret;
  }

  /**
   * The codes of a secret in base 32.
   *
   * @throws IllegalArgumentException if it is not base 32, or shorter than 128 bits
   */
  public static Totp of(String base32) {
    byte[] secret = decode(base32);
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException("A secret of a second factor has 128 bits at least");
    }
    return new Totp(secret);
  }

  /** The code at a time. */
  public String at(Instant time) {
    return code(time.getEpochSecond() / STEP_SECONDS);
  }

  /**
   * The step whose code this is, if it is of now, or of the step before or after, and later than
   * the one that was used last. Time: the same work for each code.
   */
  public OptionalLong accept(String code, Instant now, long lastUsed) {
    long current = now.getEpochSecond() / STEP_SECONDS;
    OptionalLong accepted = OptionalLong.empty();
    for (long step = current - 1; step <= current + 1; step++) {
      if (MessageDigest.isEqual(code(step).getBytes(US_ASCII), code.getBytes(US_ASCII))
          && step > lastUsed) {
        accepted = OptionalLong.of(step);
      }
    }
    return accepted;
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "RAW"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0x0f) & 0x7fffffff;
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA-1", e);
    }
  }

  /** A secret in base 32, without padding. */
  public static String encode(byte[] secret) {
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : secret) {
      buffer = buffer << 8 | b & 0xff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE_32.charAt(buffer >> bits & 31));
      }
    }
    return bits == 0 ? text.toString() : text.append(BASE_32.charAt(buffer << 5 - bits & 31)) + "";
  }

  private static byte[] decode(String base32) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (char c : base32.toUpperCase(Locale.ROOT).replaceAll("[ =]", "").toCharArray()) {
      int value = BASE_32.indexOf(c);
      if (value < 0) {
        throw new IllegalArgumentException("A secret of a second factor is base 32");
      }
      buffer = buffer << 5 | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }
}
