package org.auscult.server.audit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/** Signs heads with one key, and does nothing else. */
final class OneKey implements KeyRing {
  private final KeyPair pair;

  OneKey() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] decrypt(byte[] encrypted, String context) {
    throw new UnsupportedOperationException();
  }
}
