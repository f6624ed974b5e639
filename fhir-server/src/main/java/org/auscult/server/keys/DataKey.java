package org.auscult.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import org.auscult.server.config.StartRefused;
import org.jspecify.annotations.Nullable;

/**
 * The key that encrypts everything else of this installation, AES-256-GCM: made once, stored as a
 * Tink keyset encrypted under the master key.
 */
final class DataKey {
  private static final byte[] CONTEXT = "auscult/data-key".getBytes(UTF_8);

  private final Aead aead;

  private DataKey(KeysetHandle keyset) throws GeneralSecurityException {
    this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /**
   * Reads the data key, or makes it if there is none. Of several nodes that make one at once, one
   * succeeds and the others read it.
   *
   * @param former the master key before the present one; if the data key is still encrypted under
   *     it, it is encrypted anew
   * @throws StartRefused if neither master key opens it
   */
  static DataKey open(KeyRows rows, MasterKey master, @Nullable MasterKey former) {
    try {
      AeadConfig.register();
      Optional<String> stored = rows.dataKey();
      if (stored.isEmpty()) {
        String made = wrap(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), master);
        stored = Optional.of(rows.insertDataKey(made) ? made : rows.dataKey().orElseThrow());
      }
      return new DataKey(unwrap(stored.get(), rows, master, former));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  private static KeysetHandle unwrap(
      String stored, KeyRows rows, MasterKey master, @Nullable MasterKey former)
      throws GeneralSecurityException {
    Optional<KeysetHandle> opened = opened(stored, master);
    if (opened.isPresent()) {
      return opened.get();
    }
    KeysetHandle keyset =
        Optional.ofNullable(former)
            .flatMap(f -> opened(stored, f))
            .orElseThrow(
                () ->
                    new StartRefused(
                        "The master key is not the one under which this database's keys are"
                            + " encrypted. Give the key that was there when they were made; after a"
                            + " change of key, give the old one once as"
                            + " auscult.keys.former-master-key-file."));
    rows.replaceDataKey(stored, wrap(keyset, master));
    return keyset;
  }

  private static String wrap(KeysetHandle keyset, MasterKey master)
      throws GeneralSecurityException {
    byte[] wrapped = TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, master.aead(), CONTEXT);
    return Base64.getEncoder().encodeToString(wrapped);
  }

  private static Optional<KeysetHandle> opened(String stored, MasterKey master) {
    try {
      byte[] wrapped = Base64.getDecoder().decode(stored);
      return Optional.of(
          TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, master.aead(), CONTEXT));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  byte[] encrypt(byte[] plain, String context) {
    try {
      return aead.encrypt(plain, context.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Encrypting failed", e);
    }
  }

  /**
   * The plain bytes.
   *
   * @throws IllegalArgumentException if they were altered, or encrypted in another context
   */
  byte[] decrypt(byte[] encrypted, String context) {
    try {
      return aead.decrypt(encrypted, context.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "It was altered, or encrypted in another context or by another installation");
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "DataKey";
  }
}
