package org.auscult.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.auscult.server.config.DataFolder;
import org.auscult.server.config.SecretFile;
import org.auscult.server.config.StartRefused;
import org.auscult.server.encryption.EncryptedDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The key of the embedded database's files: random, in a file beside them, encrypted under the
 * master key (AES-256-GCM). So a change of the master key writes this file anew, and not the
 * database.
 */
public final class DatabaseKey {
  private static final String FILE = "database.key";
  private static final byte[] CONTEXT = "auscult/embedded-database".getBytes(UTF_8);

  private DatabaseKey() {}

  /** Whether the folder's database has a key. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /**
   * The key of the database in this folder; made if there is none.
   *
   * @param former the master key before the present one; if the key is still encrypted under it, it
   *     is encrypted anew
   * @return {@link EncryptedDatabase#KEY} bytes
   * @throws StartRefused if neither master key opens it, or it can be neither read nor written
   */
  static byte[] open(Path folder, MasterKey master, @Nullable MasterKey former) {
    Path whole = folder.toAbsolutePath().normalize();
    Path file = whole.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        if (EncryptedDatabase.isIn(whole)) {
          throw new StartRefused(
              "The database in " + whole + " cannot be read: its key, " + FILE + ", is missing.");
        }
        DataFolder.create(whole);
        make(file, master);
      }
      String stored = SecretFile.read(file, FILE).strip();
      Optional<byte[]> key = opened(stored, master);
      if (key.isPresent()) {
        return key.get();
      }
      byte[] old =
          Optional.ofNullable(former)
              .flatMap(f -> opened(stored, f))
              .orElseThrow(() -> new StartRefused(anotherMasterKey(file)));
      SecretFile.replace(file, sealed(old, master));
      return old;
    } catch (IOException e) {
      throw new StartRefused("The database's key could not be written to " + file);
    }
  }

  /**
   * The same for who has the master key's text: the file of this name, as it lies beside a
   * demonstration's data.
   */
  public static byte[] read(Path folder, String masterKey) {
    return open(folder, MasterKey.parse(masterKey, "The text"), null);
  }

  private static void make(Path file, MasterKey master) throws IOException {
    byte[] key = new byte[EncryptedDatabase.KEY];
    new SecureRandom().nextBytes(key);
    try {
      SecretFile.create(file, sealed(key, master));
    } catch (FileAlreadyExistsException e) {
      // Another process made one at the same moment: that one counts.
    }
  }

  private static String sealed(byte[] key, MasterKey master) {
    try {
      return Base64.getEncoder().encodeToString(master.aead().encrypt(key, CONTEXT)) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Encrypting failed", e);
    }
  }

  private static Optional<byte[]> opened(String stored, MasterKey master) {
    try {
      byte[] key = master.aead().decrypt(Base64.getDecoder().decode(stored), CONTEXT);
      return key.length == EncryptedDatabase.KEY ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String anotherMasterKey(Path file) {
    return "The master key is not the one under which the database's key is encrypted: "
        + file
        + ". Give the key that was there when it was made; after a change of key, give the old one"
        + " once as auscult.keys.former-master-key-file.";
  }
}
