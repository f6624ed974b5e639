package org.auscult.server.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.auscult.server.config.DataFolder;
import org.auscult.server.config.Database;
import org.auscult.server.config.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded database in a folder, encrypted. */
public final class EncryptedDatabase {
  /** Bytes of its key. */
  public static final int KEY = 32;

  private static final Logger LOG = LoggerFactory.getLogger(EncryptedDatabase.class);
  private static final String NAME = "auscult";
  private static final String FILE = NAME + ".mv.db";

  /** How H2 begins its own files. */
  private static final byte[] PLAIN = "H:".getBytes(US_ASCII);

  private static final int PIECE = 1 << 20;

  private EncryptedDatabase() {}

  /** Whether an encrypted database lies in the folder. */
  public static boolean isIn(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) && FileHeader.begins(start(file, FileHeader.LENGTH));
  }

  /**
   * Where to connect to. One that an earlier version left in the clear is encrypted first.
   *
   * @param key {@link #KEY} bytes
   * @throws StartRefused if what lies there is no database, is in use, or cannot be encrypted
   */
  public static Database at(Path folder, byte[] key) {
    if (key.length != KEY) {
      throw new IllegalArgumentException("The key has " + key.length + " bytes, not " + KEY);
    }
    Path whole = folder.toAbsolutePath().normalize();
    EncryptedPath.allow(whole, key);
    Path file = whole.resolve(FILE);
    try {
      if (isPlain(file)) {
        encrypt(file, key);
      }
    } catch (IOException e) {
      throw new StartRefused(
          "auscult.data-dir: " + file + " could not be read or encrypted: " + e.getMessage());
    }
    return Database.embedded(EncryptedPath.SCHEME, whole.resolve(NAME));
  }

  private static boolean isPlain(Path file) throws IOException {
    return Files.exists(file) && Arrays.equals(start(file, PLAIN.length), PLAIN);
  }

  private static byte[] start(Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    }
  }

  private static void encrypt(Path file, byte[] key) throws IOException {
    LOG.info("{} is not encrypted yet: it is being encrypted now", file);
    Path draft = file.resolveSibling(FILE + ".encrypting");
    Files.deleteIfExists(draft);
    DataFolder.createFile(draft);
    try (FileChannel from =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        EncryptedFile to =
            new EncryptedFile(
                FileChannel.open(draft, StandardOpenOption.READ, StandardOpenOption.WRITE),
                key,
                draft.toString())) {
      lock(from);
      copy(from, to);
      to.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    LOG.warn(
        "{} is encrypted now. The disk, its snapshots and backups may still hold what was there"
            + " before.",
        file);
  }

  private static void lock(FileChannel file) throws IOException {
    try {
      if (file.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // This process uses it itself.
    }
    throw new IOException("it is in use");
  }

  private static void copy(FileChannel from, EncryptedFile to) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = 0; from.read(piece.clear(), at) > 0; at += piece.limit()) {
      to.write(piece.flip(), at);
    }
  }

  /**
   * All bytes of the database's file, decrypted: for who looks whether something stands in it.
   *
   * @throws IOException if there is none, or the key is another
   */
  public static byte[] plain(Path folder, byte[] key) throws IOException {
    Path file = folder.resolve(FILE);
    try (EncryptedFile encrypted =
        new EncryptedFile(FileChannel.open(file, StandardOpenOption.READ), key, file.toString())) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(encrypted.size()));
      encrypted.read(bytes, 0);
      return bytes.array();
    }
  }
}
