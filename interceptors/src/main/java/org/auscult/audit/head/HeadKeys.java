package org.auscult.audit.head;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.audit.JsonFields;
import org.jspecify.annotations.Nullable;

/** The public keys by which heads are verified. */
public final class HeadKeys {
  /** How far the clocks of nodes may lie apart when a key is changed. */
  public static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

  /** What came of a signature. */
  public enum Check {
    VALID,
    /** None of these keys has the id that the head names. */
    UNKNOWN_KEY,
    /** The head was not signed by its key, or changed since. */
    BAD_SIGNATURE,
    /** The key signed it, but says that it did not sign at that time. */
    KEY_NOT_IN_USE
  }

  private final Map<String, HeadKey> byId = new LinkedHashMap<>();

  private HeadKeys(List<HeadKey> keys) {
    for (HeadKey key : keys) {
      if (byId.put(key.id(), key) != null) {
        throw new IllegalArgumentException("Two keys have the id " + key.id());
      }
    }
  }

  /**
   * These keys.
   *
   * @throws IllegalArgumentException if two have the same id
   */
  public static HeadKeys of(List<HeadKey> keys) {
    return new HeadKeys(keys);
  }

  /**
   * Reads one JWK, or a JWK set (RFC 7517 section 5).
   *
   * @throws IllegalArgumentException if it is neither, or one of the keys is not of Ed25519
   */
  public static HeadKeys read(byte[] json) {
    JsonFields fields = JsonFields.of(json);
    return of(
        fields.has("keys")
            ? fields.objects("keys").stream().map(HeadKey::from).toList()
            : List.of(HeadKey.from(fields)));
  }

  /** All of them. */
  public List<HeadKey> all() {
    return List.copyOf(byId.values());
  }

  /** Verifies a head's signature, and that its key was in use at the head's time. */
  public Check check(SignedTreeHead signed) {
    HeadKey key = byId.get(signed.head().key());
    if (key == null) {
      return Check.UNKNOWN_KEY;
    }
    if (!key.signed(signed)) {
      return Check.BAD_SIGNATURE;
    }
    return isInUse(key, signed.head().time()) ? Check.VALID : Check.KEY_NOT_IN_USE;
  }

  private static boolean isInUse(HeadKey key, Instant time) {
    return !isBefore(time.plus(CLOCK_SLACK), key.from())
        && !isBefore(key.until(), time.minus(CLOCK_SLACK));
  }

  private static boolean isBefore(@Nullable Instant one, @Nullable Instant other) {
    return one != null && other != null && one.isBefore(other);
  }
}
