package org.auscult.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyAgeingTest {
  private static final Duration AGE = Duration.ofDays(90);

  private final FakeKeyRing ring = new FakeKeyRing();

  /** Governance: 11.300. */
  @Test
  void replacesAKeyThatHasSignedLongEnough() {
    String first = ring.signing(KeyPurpose.RECORD_SIGNATURE).id();
    Instant due = ring.verifying(KeyPurpose.RECORD_SIGNATURE).get(0).from().plus(AGE);

    try (KeyAgeing ageing = new KeyAgeing(ring, AGE, () -> due)) {
      ageing.look();
    }
    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id()).isEqualTo(first);

    try (KeyAgeing ageing = new KeyAgeing(ring, AGE, () -> due.plusMillis(1))) {
      ageing.look();
    }
    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id()).isNotEqualTo(first);
    assertThat(ring.verifying(KeyPurpose.RECORD_SIGNATURE)).hasSize(2);
  }

  @Test
  void makesNoKeyThatNobodyAskedFor() {
    try (KeyAgeing ageing = new KeyAgeing(ring, AGE, Instant::now)) {
      ageing.look();
    }

    for (KeyPurpose purpose : KeyPurpose.values()) {
      assertThat(ring.verifying(purpose)).isEmpty();
    }
  }
}
