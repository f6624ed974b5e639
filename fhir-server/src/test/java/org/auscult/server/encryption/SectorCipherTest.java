package org.auscult.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The key, place and text of vector 10 of IEEE 1619 (annex B), the text gone on to a whole sector;
 * the digests of whole sectors are OpenSSL's.
 */
class SectorCipherTest {
  private static final byte[] KEY =
      HexFormat.of()
          .parseHex(
              "2718281828459045235360287471352662497757247093699959574966967627"
                  + "3141592653589793238462643383279502884197169399375105820974944592");

  private static byte[] text() {
    byte[] text = new byte[SectorCipher.SECTOR];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) i;
    }
    return text;
  }

  private static byte[] encrypted(long sector) {
    byte[] bytes = text();
    new SectorCipher(KEY).encrypt(bytes, 0, sector);
    return bytes;
  }

  private static String digest(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void encryptsAsTheStandardSays() throws Exception {
    assertThat(HexFormat.of().formatHex(Arrays.copyOf(encrypted(0xff), 64)))
        .isEqualTo(
            "1c3b3a102f770386e4836c99e370cf9bea00803f5e482357a4ae12d414a3e63b"
                + "5d31e276f8fe4a8d66b317f9ac683f44680a86ac35adfc3345befecb4bb188fd");
    assertThat(digest(encrypted(0xff)))
        .isEqualTo("d74aad83ceba041c9697f0cd1a0f94a1efd98cb9740ce630724e964be6b85436");
    assertThat(digest(encrypted(0xffffffffffL)))
        .isEqualTo("b32997818ba24404221b00bd0a4d3b85606aadb3488d22a118d2f7cd94364691");
  }

  @Test
  void decryptsWhatItEncrypted() {
    byte[] two = new byte[2 * SectorCipher.SECTOR];
    System.arraycopy(text(), 0, two, SectorCipher.SECTOR, SectorCipher.SECTOR);
    byte[] before = two.clone();
    SectorCipher cipher = new SectorCipher(KEY);

    cipher.encrypt(two, SectorCipher.SECTOR, 7);

    assertThat(Arrays.copyOf(two, SectorCipher.SECTOR)).containsOnly(0);
    assertThat(two).isNotEqualTo(before);
    cipher.decrypt(two, SectorCipher.SECTOR, 7);
    assertThat(two).isEqualTo(before);
  }

  @Test
  void equalTextLooksDifferentElsewhere() {
    assertThat(encrypted(1)).isNotEqualTo(encrypted(2));
    byte[] blank = new byte[SectorCipher.SECTOR];
    new SectorCipher(KEY).encrypt(blank, 0, 1);
    assertThat(Arrays.copyOf(blank, 16)).isNotEqualTo(Arrays.copyOfRange(blank, 16, 32));
  }
}
