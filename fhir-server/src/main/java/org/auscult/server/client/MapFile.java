package org.auscult.server.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.auscult.deidentification.PseudonymMap;

/**
 * A pseudonym map in a file: AES-256-GCM under the key of another file, written anew as a whole.
 *
 * <p>It also holds the head of its re-identification log, so that a log from which the last entries
 * were taken does not pass for whole. One command uses it at a time.
 */
final class MapFile implements AutoCloseable {
  private static final byte[] FORM = "auscult-map-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Path file;
  private final SecretKey key;
  private final SecureRandom random;
  private final FileChannel lockFile;
  private ReidentificationLog.Head head = ReidentificationLog.Head.NONE;

  private MapFile(Path file, SecretKey key, SecureRandom random, FileChannel lockFile) {
    this.file = file;
    this.key = key;
    this.random = random;
    this.lockFile = lockFile;
  }

  /**
   * Opens a map, and keeps others from it until closed. Neither file need exist: a key is made for
   * a map that is not there yet.
   *
   * @throws IOException if another command has it, or its key is missing
   */
  static MapFile open(Path file, Path keyFile, SecureRandom random) throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            Path.of(file + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lockFile.tryLock();
      if (lock == null) {
        throw new IOException(file + " is in use by another command");
      }
      SecretKey key;
      if (Files.exists(keyFile)) {
        key = MapKey.read(keyFile);
      } else if (Files.exists(file)) {
        throw new IOException("There is no " + keyFile + ", the key of " + file);
      } else {
        key = MapKey.make(keyFile, random);
      }
      return new MapFile(file, key, random, lockFile);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
  }

  /** The map as it was last written; empty if it never was. */
  PseudonymMap read() throws IOException {
    PseudonymMap map = new PseudonymMap(random);
    if (Files.exists(file)) {
      for (String line : decrypt(Files.readAllBytes(file)).split("\n", -1)) {
        take(line.split(" ", -1), map);
      }
    }
    return map;
  }

  private void take(String[] words, PseudonymMap map) throws IOException {
    switch (words[0]) {
      case "log" -> head = new ReidentificationLog.Head(Long.parseLong(words[1]), words[2]);
      case "pseudonym" -> map.restore(words[1], words[2]);
      case "shift" -> map.restoreShift(words[1], Integer.parseInt(words[2]));
      case "" -> {
        // The end.
      }
      default -> throw new IOException(file + " was written by a later version");
    }
  }

  /** The log's head when the map was last written. */
  ReidentificationLog.Head head() {
    return head;
  }

  /** Writes the map in the place of the former, as a whole or not at all. */
  void write(PseudonymMap map, ReidentificationLog.Head newHead) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("log ").append(newHead.count()).append(' ').append(newHead.hash()).append('\n');
    map.eachPseudonym(
        (original, pseudonym) ->
            text.append("pseudonym ").append(original).append(' ').append(pseudonym).append('\n'));
    map.eachShift(
        (original, days) ->
            text.append("shift ").append(original).append(' ').append(days).append('\n'));
    Path fresh = Path.of(file + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            MapKey.ownersAlone())) {
      ByteBuffer bytes = ByteBuffer.wrap(encrypt(text.toString()));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    head = newHead;
  }

  private byte[] encrypt(String text) throws IOException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(FORM);
    out.write(nonce);
    out.write(crypt(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8)));
    return out.toByteArray();
  }

  private String decrypt(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] form = new byte[FORM.length];
    byte[] nonce = new byte[NONCE_BYTES];
    if (in.remaining() > form.length + nonce.length) {
      in.get(form).get(nonce);
    }
    if (!Arrays.equals(form, FORM)) {
      throw new IOException(file + " is no pseudonym map");
    }
    byte[] encrypted = new byte[in.remaining()];
    in.get(encrypted);
    return new String(crypt(Cipher.DECRYPT_MODE, nonce, encrypted), StandardCharsets.UTF_8);
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] text) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(FORM);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " was altered, or this is not its key", e);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
