package org.auscult.server.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The first sector of an encrypted file, in the clear: what it is, a salt, and a mark by which a
 * wrong key is known. Each file has keys of its own, derived (HKDF, SHA-256) from the database's
 * key and the salt; so equal sectors of two files look different.
 *
 * @param salt random, of this file
 * @param keys for {@link SectorCipher}
 */
record FileHeader(byte[] salt, byte[] keys) {
  /** Bytes in the file. */
  static final int LENGTH = SectorCipher.SECTOR;

  private static final byte[] MAGIC = "Auscult file, AES-256-XTS, form 1\n".getBytes(US_ASCII);
  private static final int SALT = 32;
  private static final int MARK = 16;

  /** Whether a file begins as an encrypted one. */
  static boolean begins(byte[] start) {
    return start.length >= MAGIC.length && beginsWith(start, MAGIC.length);
  }

  private static boolean beginsWith(byte[] start, int length) {
    return Arrays.equals(start, 0, length, MAGIC, 0, length);
  }

  /** The header of a file; an empty one, or one whose making was cut short, gets one. */
  static FileHeader of(FileChannel file, byte[] databaseKey, String name) throws IOException {
    byte[] start = new byte[LENGTH];
    int read = readFully(file, ByteBuffer.wrap(start));
    boolean wasCutShort = read < LENGTH && beginsWith(start, Math.min(read, MAGIC.length));
    if (wasCutShort || isBlank(start)) {
      return write(file, databaseKey);
    }
    if (!begins(start)) {
      throw new IOException(name + " is no encrypted file");
    }
    byte[] salt = Arrays.copyOfRange(start, MAGIC.length, MAGIC.length + SALT);
    byte[] mark = Arrays.copyOfRange(start, MAGIC.length + SALT, MAGIC.length + SALT + MARK);
    if (!MessageDigest.isEqual(mark, derived(databaseKey, salt, "mark", MARK))) {
      throw new IOException(name + " is encrypted under another key");
    }
    return header(databaseKey, salt);
  }

  private static FileHeader write(FileChannel file, byte[] databaseKey) throws IOException {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    ByteBuffer header =
        ByteBuffer.allocate(LENGTH)
            .put(MAGIC)
            .put(salt)
            .put(derived(databaseKey, salt, "mark", MARK))
            .rewind();
    for (long at = 0; header.hasRemaining(); ) {
      at += file.write(header, at);
    }
    file.force(true);
    return header(databaseKey, salt);
  }

  private static FileHeader header(byte[] databaseKey, byte[] salt) {
    return new FileHeader(salt, derived(databaseKey, salt, "sectors", SectorCipher.KEY));
  }

  private static byte[] derived(byte[] key, byte[] salt, String use, int length) {
    try {
      byte[] info = ("auscult/file/" + use).getBytes(US_ASCII);
      return Hkdf.computeHkdf("HMACSHA256", key, salt, info, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF with SHA-256 is not to be had", e);
    }
  }

  private static int readFully(FileChannel file, ByteBuffer into) throws IOException {
    for (int read = 0; into.hasRemaining() && read >= 0; ) {
      read = file.read(into, into.position());
    }
    return into.position();
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "FileHeader";
  }
}
