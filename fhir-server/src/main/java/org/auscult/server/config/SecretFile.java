package org.auscult.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A file that holds a secret: only its owner, and a group that may read, have access to it. */
public final class SecretFile {
  private static final Set<PosixFilePermission> TOO_MUCH =
      Set.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SecretFile() {}

  /**
   * The text of the file.
   *
   * @param setting by which the operator knows it
   * @throws StartRefused if it cannot be read, or others can
   */
  public static String read(Path file, String setting) {
    problem(file, setting)
        .ifPresent(
            problem -> {
              throw new StartRefused(problem);
            });
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartRefused(unreadable(file, setting));
    }
  }

  /** What is wrong with the file, and what to do; empty if nothing is. */
  public static Optional<String> problem(Path file, String setting) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return Optional.of(unreadable(file, setting));
    }
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view == null) {
        return Optional.empty();
      }
      boolean isOpen = view.readAttributes().permissions().stream().anyMatch(TOO_MUCH::contains);
      return isOpen
          ? Optional.of(
              setting + ": others can read or change " + file + "; take that away (chmod 600)")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(unreadable(file, setting));
    }
  }

  /**
   * Makes a file with a secret, whole or not at all, for its owner alone. It is written under
   * another name first, so that nobody ever reads half a secret.
   *
   * @throws FileAlreadyExistsException if there is one of this name
   */
  public static void create(Path file, String text) throws IOException {
    Path draft = draft(file, text);
    try {
      Files.createLink(file, draft);
    } finally {
      Files.delete(draft);
    }
  }

  /** Puts another secret in the place of the one that is there, whole or not at all. */
  public static void replace(Path file, String text) throws IOException {
    Files.move(
        draft(file, text),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path draft(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
    DataFolder.createFile(draft);
    try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    } catch (IOException e) {
      Files.delete(draft);
      throw e;
    }
    return draft;
  }

  private static String unreadable(Path file, String setting) {
    return setting + ": " + file + " is not a file that this server can read";
  }
}
