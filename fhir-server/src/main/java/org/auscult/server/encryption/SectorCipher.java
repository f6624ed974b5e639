package org.auscult.server.encryption;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in XTS mode (IEEE 1619) over sectors of 4,096 bytes: what disks are encrypted with. Equal
 * sectors look different, each can be read and written alone, and none grows. It hides; it does not
 * prove that nobody altered a sector.
 *
 * <p>Threads: one at a time.
 */
final class SectorCipher {
  /** Bytes of a sector. */
  static final int SECTOR = 4096;

  /** Bytes of a key: one for the data, one for the place. */
  static final int KEY = 64;

  private static final int BLOCK = 16;

  /** What leaves GF(2^128) on the left comes back so: x^128 = x^7 + x^2 + x + 1. */
  private static final long REDUCTION = 0x87;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Cipher encryption;
  private final Cipher decryption;
  private final Cipher place;
  private final byte[] tweak = new byte[BLOCK];
  private final byte[] mask = new byte[SECTOR];

  /**
   * @param key {@link #KEY} bytes
   */
  SectorCipher(byte[] key) {
    if (key.length != KEY) {
      throw new IllegalArgumentException("The key has " + key.length + " bytes, not " + KEY);
    }
    byte[] data = Arrays.copyOf(key, KEY / 2);
    byte[] sector = Arrays.copyOfRange(key, KEY / 2, KEY);
    encryption = cipher(Cipher.ENCRYPT_MODE, data);
    decryption = cipher(Cipher.DECRYPT_MODE, data);
    place = cipher(Cipher.ENCRYPT_MODE, sector);
  }

  /** AES alone, block by block: the mode is made of it here, since Java has none for sectors. */
  private static Cipher cipher(int direction, byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(direction, new SecretKeySpec(key, "AES"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256 is not to be had", e);
    }
  }

  /**
   * Encrypts one sector where it lies.
   *
   * @param number of the sector in its file, from 0
   */
  void encrypt(byte[] bytes, int offset, long number) {
    apply(encryption, bytes, offset, number);
  }

  /** Decrypts what {@link #encrypt} gave. */
  void decrypt(byte[] bytes, int offset, long number) {
    apply(decryption, bytes, offset, number);
  }

  private void apply(Cipher cipher, byte[] bytes, int offset, long number) {
    try {
      mask(number);
      mix(bytes, offset);
      cipher.doFinal(bytes, offset, SECTOR, bytes, offset);
      mix(bytes, offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A sector could not be encrypted or decrypted", e);
    }
  }

  /** The encrypted number of the sector, times x for each further block. */
  private void mask(long number) throws GeneralSecurityException {
    Arrays.fill(tweak, (byte) 0);
    LONGS.set(tweak, 0, number);
    place.doFinal(tweak, 0, BLOCK, tweak, 0);
    long low = (long) LONGS.get(tweak, 0);
    long high = (long) LONGS.get(tweak, 8);
    for (int i = 0; i < SECTOR; i += BLOCK) {
      LONGS.set(mask, i, low);
      LONGS.set(mask, i + 8, high);
      long carry = high >>> 63;
      high = (high << 1) | (low >>> 63);
      low = (low << 1) ^ (carry * REDUCTION);
    }
  }

  private void mix(byte[] bytes, int offset) {
    for (int i = 0; i < SECTOR; i += 8) {
      long mixed = (long) LONGS.get(bytes, offset + i) ^ (long) LONGS.get(mask, i);
      LONGS.set(bytes, offset + i, mixed);
    }
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "SectorCipher";
  }
}
