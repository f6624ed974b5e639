package org.auscult.server.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key of a pseudonym map: 256 random bits in a file that its owner alone may read. */
final class MapKey {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private MapKey() {}

  /** Makes a key and its file, which must not exist. */
  static SecretKey make(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    Files.createFile(file, ownersAlone());
    Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    return new SecretKeySpec(key, "AES");
  }

  /**
   * Reads a key.
   *
   * @throws IOException if it is no key, or others than its owner may read it
   */
  static SecretKey read(Path file) throws IOException {
    if (isPosix() && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(file + " can be read by others than its owner; chmod 600 it");
    }
    try {
      byte[] key =
          Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).trim());
      if (key.length == BYTES) {
        return new SecretKeySpec(key, "AES");
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IOException(file + " holds no key of a pseudonym map");
  }

  /** For files that hold a secret. */
  static FileAttribute<?>[] ownersAlone() {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
