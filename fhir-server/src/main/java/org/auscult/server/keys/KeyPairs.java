package org.auscult.server.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Pairs of keys: made, named, and read back from their standard encodings. */
final class KeyPairs {
  private static final int RSA_BITS = 2048;

  private KeyPairs() {}

  /** A new pair of the kind that the purpose asks for. */
  static KeyPair generate(KeyPurpose purpose) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family(purpose));
      switch (purpose) {
        case TOKEN -> generator.initialize(RSA_BITS);
        case RECORD_SIGNATURE, DEMONSTRATION_EHR, EHR_LAUNCH, NOTIFICATION ->
            generator.initialize(new ECGenParameterSpec("secp384r1"));
        case TREE_HEAD -> {
          // Ed25519 has one size.
        }
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot make a key for " + purpose, e);
    }
  }

  /** Unique, since it follows from the key: SHA-256 of the public half, in base64url. */
  static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  static PublicKey publicKey(KeyPurpose purpose, byte[] encoded) {
    try {
      return KeyFactory.getInstance(family(purpose))
          .generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stored public key is not one for " + purpose, e);
    }
  }

  static PrivateKey privateKey(KeyPurpose purpose, byte[] encoded) {
    try {
      return KeyFactory.getInstance(family(purpose))
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stored private key is not one for " + purpose, e);
    }
  }

  private static String family(KeyPurpose purpose) {
    return switch (purpose) {
      case TOKEN -> "RSA";
      case TREE_HEAD -> "Ed25519";
      case RECORD_SIGNATURE, DEMONSTRATION_EHR, EHR_LAUNCH, NOTIFICATION -> "EC";
    };
  }
}
