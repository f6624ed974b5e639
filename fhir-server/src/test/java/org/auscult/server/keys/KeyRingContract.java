package org.auscult.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every key ring does. */
abstract class KeyRingContract {
  abstract KeyRing ring();

  @ParameterizedTest
  @EnumSource(KeyPurpose.class)
  void signsWithAKeyThatVerifies(KeyPurpose purpose) throws Exception {
    KeyRing ring = ring();
    SigningKey signing = ring.signing(purpose);

    List<VerifyingKey> verifying = ring.verifying(purpose);

    assertThat(verifying).hasSize(1);
    assertThat(verifying.get(0).id()).isEqualTo(signing.id());
    assertThat(verifying.get(0).until()).isNull();
    assertThat(ring.signing(purpose).id()).isEqualTo(signing.id());
    byte[] signature = signature(purpose, signing.privateKey());
    assertThat(verifies(purpose, verifying.get(0).publicKey(), signature)).isTrue();
    signature[signature.length - 1] ^= 1;
    assertThat(verifies(purpose, verifying.get(0).publicKey(), signature)).isFalse();
  }

  @Test
  void hasNoKeyBeforeItIsAskedForOne() {
    assertThat(ring().verifying(KeyPurpose.TOKEN)).isEmpty();
  }

  @Test
  void keepsPurposesApart() {
    KeyRing ring = ring();

    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id())
        .isNotEqualTo(ring.signing(KeyPurpose.DEMONSTRATION_EHR).id());
  }

  /** Governance: 11.70. */
  @Test
  void verifiesAfterRotationWhatTheFormerKeySigned() throws Exception {
    KeyRing ring = ring();
    SigningKey first = ring.signing(KeyPurpose.RECORD_SIGNATURE);
    byte[] signature = signature(KeyPurpose.RECORD_SIGNATURE, first.privateKey());

    SigningKey second = ring.rotate(KeyPurpose.RECORD_SIGNATURE);
    SigningKey third = ring.rotate(KeyPurpose.RECORD_SIGNATURE);

    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id()).isEqualTo(third.id());
    List<VerifyingKey> verifying = ring.verifying(KeyPurpose.RECORD_SIGNATURE);
    assertThat(verifying)
        .extracting(VerifyingKey::id)
        .containsExactly(third.id(), second.id(), first.id());
    assertThat(verifying.get(1).until()).isEqualTo(verifying.get(0).from());
    assertThat(verifying.get(2).until()).isEqualTo(verifying.get(1).from());
    PublicKey old = verifying.get(2).publicKey();
    assertThat(verifies(KeyPurpose.RECORD_SIGNATURE, old, signature)).isTrue();
  }

  @Test
  void makesTheFirstKeyByRotation() {
    KeyRing ring = ring();

    SigningKey made = ring.rotate(KeyPurpose.TREE_HEAD);

    assertThat(ring.signing(KeyPurpose.TREE_HEAD).id()).isEqualTo(made.id());
    assertThat(ring.verifying(KeyPurpose.TREE_HEAD)).hasSize(1);
  }

  @Test
  void decryptsInTheSameContextOnly() {
    KeyRing ring = ring();
    byte[] plain = "a secret".getBytes(UTF_8);

    byte[] encrypted = ring.encrypt(plain, "client/1");

    assertThat(ring.decrypt(encrypted, "client/1")).isEqualTo(plain);
    assertThatThrownBy(() -> ring.decrypt(encrypted, "client/2"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ring.decrypt(encrypted, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysNothingOfAKeyAsText() {
    SigningKey key = ring().signing(KeyPurpose.TOKEN);
    String secret = Base64.getEncoder().encodeToString(key.privateKey().getEncoded());

    assertThat(key.toString()).contains(key.id()).doesNotContain(secret.substring(40, 80));
    assertThat(key.toString()).hasSizeLessThan(120);
  }

  static byte[] signature(KeyPurpose purpose, PrivateKey key) throws Exception {
    Signature signature = Signature.getInstance(jcaName(purpose));
    signature.initSign(key);
    signature.update("text".getBytes(UTF_8));
    return signature.sign();
  }

  static boolean verifies(KeyPurpose purpose, PublicKey key, byte[] bytes) throws Exception {
    Signature signature = Signature.getInstance(jcaName(purpose));
    signature.initVerify(key);
    signature.update("text".getBytes(UTF_8));
    return signature.verify(Arrays.copyOf(bytes, bytes.length));
  }

  private static String jcaName(KeyPurpose purpose) {
    return switch (purpose.algorithm()) {
      case "RS256" -> "SHA256withRSA";
      case "Ed25519" -> "Ed25519";
      case "ES384" -> "SHA384withECDSAinP1363Format";
      default -> throw new IllegalArgumentException(purpose.algorithm());
    };
  }
}
