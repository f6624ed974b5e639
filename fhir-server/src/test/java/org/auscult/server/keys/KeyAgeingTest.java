package org.auscult.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.junit.jupiter.api.Test;

class KeyAgeingTest {
  private static final Duration AGE = Duration.ofDays(90);

  private final FakeKeyRing ring = new FakeKeyRing();
  private final List<AuditEntry> recorded = new ArrayList<>();

  /** Governance: 11.300. */
  @Test
  void replacesAKeyThatHasSignedLongEnough() {
    String first = ring.signing(KeyPurpose.RECORD_SIGNATURE).id();
    Instant due = ring.verifying(KeyPurpose.RECORD_SIGNATURE).get(0).from().plus(AGE);

    try (KeyAgeing ageing = new KeyAgeing(ring, recorded::add, AGE, () -> due)) {
      ageing.look();
    }
    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id()).isEqualTo(first);
    assertThat(recorded).isEmpty();

    try (KeyAgeing ageing = new KeyAgeing(ring, recorded::add, AGE, () -> due.plusMillis(1))) {
      ageing.look();
    }
    assertThat(ring.signing(KeyPurpose.RECORD_SIGNATURE).id()).isNotEqualTo(first);
    assertThat(ring.verifying(KeyPurpose.RECORD_SIGNATURE)).hasSize(2);
    assertThat(recorded).hasSize(1);
    assertThat(recorded.get(0).kind()).isEqualTo(AuditKind.CONFIGURATION);
    assertThat(recorded.get(0).details())
        .containsEntry("key", ring.signing(KeyPurpose.RECORD_SIGNATURE).id());
  }

  @Test
  void makesNoKeyThatNobodyAskedFor() {
    try (KeyAgeing ageing = new KeyAgeing(ring, recorded::add, AGE, Instant::now)) {
      ageing.look();
    }

    for (KeyPurpose purpose : KeyPurpose.values()) {
      assertThat(ring.verifying(purpose)).isEmpty();
    }
  }
}
