package org.auscult.server.keys;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key that encrypts the data key and nothing else: AES-256-GCM. It is never in the database.
 */
final class MasterKey {
  static final int BYTES = 32;

  private final Aead aead;

  private MasterKey(Aead aead) {
    this.aead = aead;
  }

  /**
   * Reads the text form: base64 of 32 bytes, as {@code openssl rand -base64 32} prints it.
   *
   * @param source named when the text is none; the text itself never is
   * @throws IllegalArgumentException if it is something else
   */
  static MasterKey parse(String text, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw notAKey(source);
    }
    if (bytes.length != BYTES) {
      throw notAKey(source);
    }
    return of(bytes);
  }

  private static IllegalArgumentException notAKey(String source) {
    return new IllegalArgumentException(
        source
            + " holds no master key: it takes "
            + BYTES
            + " random bytes in base64, as 'openssl rand -base64 32' prints them");
  }

  @AccessesPartialKey
  static MasterKey of(byte[] bytes) {
    try {
      AeadConfig.register();
      AesGcmParameters parameters =
          AesGcmParameters.builder()
              .setKeySizeBytes(BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
      AesGcmKey key =
          AesGcmKey.builder()
              .setParameters(parameters)
              .setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
              .build();
      KeysetHandle handle =
          KeysetHandle.newBuilder()
              .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
              .build();
      return new MasterKey(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  /** The text form of a new key. */
  static String generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  Aead aead() {
    return aead;
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "MasterKey";
  }
}
