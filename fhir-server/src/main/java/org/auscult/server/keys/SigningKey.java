package org.auscult.server.keys;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * A key that signs.
 *
 * @param id unique, public: {@code kid}
 */
public record SigningKey(
    String id, KeyPurpose purpose, PrivateKey privateKey, PublicKey publicKey) {
  /** Never the private key. */
  @Override
  public String toString() {
    return "SigningKey[" + purpose + " " + id + "]";
  }
}
