package org.auscult.server.audit;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/** Signs heads with one key, and encrypts with another. */
final class OneKey implements KeyRing {
  private final KeyPair pair;
  private final Aead aead;

  OneKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      AeadConfig.register();
      aead =
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
              .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SigningKey signing(KeyPurpose purpose) {
    return new SigningKey("one", purpose, pair.getPrivate(), pair.getPublic());
  }

  @Override
  public List<VerifyingKey> verifying(KeyPurpose purpose) {
    return List.of(new VerifyingKey("one", purpose, pair.getPublic(), Instant.EPOCH, null));
  }

  @Override
  public SigningKey rotate(KeyPurpose purpose) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] encrypt(byte[] plain, String context) {
    try {
      return aead.encrypt(plain, context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] decrypt(byte[] encrypted, String context) {
    try {
      return aead.decrypt(encrypted, context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
