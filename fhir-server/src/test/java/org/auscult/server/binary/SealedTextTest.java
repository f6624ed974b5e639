package org.auscult.server.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.auscult.server.keys.FakeKeyRing;
import org.junit.jupiter.api.Test;

class SealedTextTest {
  private static final String PLAIN = "{\"resourceType\":\"Binary\",\"data\":\"R3Lk\",\"x\":\"é\"}";

  private final SealedText sealing = new SealedText(new FakeKeyRing());

  @Test
  void whatWasSealedIsOpenedAsItWas() {
    String stored = sealing.seal(PLAIN, 17, 2);

    assertThat(stored).startsWith(SealedText.MARK).doesNotContain("resourceType");
    assertThat(sealing.open(stored, 17, 2)).isEqualTo(PLAIN);
  }

  @Test
  void itIsOfNoOtherResourceAndNoOtherVersion() {
    String stored = sealing.seal(PLAIN, 17, 2);

    assertThatIllegalArgumentException().isThrownBy(() -> sealing.open(stored, 18, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> sealing.open(stored, 17, 1));
  }

  @Test
  void textFromBeforeIsGivenAsItIs() {
    assertThat(sealing.open(PLAIN, 17, 2)).isEqualTo(PLAIN);
  }
}
