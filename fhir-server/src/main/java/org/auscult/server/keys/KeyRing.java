package org.auscult.server.keys;

import java.util.List;

/** Port: this installation's keys, the same on all its nodes. Threads: safe. */
public interface KeyRing {
  /** The key that signs now; made when it is first asked for. */
  SigningKey signing(KeyPurpose purpose);

  /** All keys of a purpose, the newest first: what an old one signed still verifies. */
  List<VerifyingKey> verifying(KeyPurpose purpose);

  /** Puts a new key in the place of the one that signs. */
  SigningKey rotate(KeyPurpose purpose);

  /**
   * Encrypts with AES-256-GCM under the data key of this installation.
   *
   * @param context bound to the text: decrypting with another one fails
   */
  byte[] encrypt(byte[] plain, String context);

  /**
   * Decrypts what {@link #encrypt} gave.
   *
   * @throws IllegalArgumentException if it was altered, or encrypted in another context
   */
  byte[] decrypt(byte[] encrypted, String context);
}
