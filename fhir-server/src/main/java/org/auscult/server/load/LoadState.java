package org.auscult.server.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers which files, by content, were loaded whole into which server. */
final class LoadState {
  private final @Nullable Path journal;
  private final String server;
  private final Set<String> done = new HashSet<>();

  /**
   * @param journal the file that remembers; null remembers nothing
   */
  LoadState(@Nullable Path journal, String server) throws IOException {
    this.journal = journal;
    this.server = server;
    if (journal != null && Files.exists(journal)) {
      done.addAll(Files.readAllLines(journal));
    }
  }

  boolean isDone(Path file) throws IOException {
    return journal != null && done.contains(key(file));
  }

  void done(Path file) throws IOException {
    if (journal != null) {
      Files.createDirectories(journal.toAbsolutePath().getParent());
      Files.write(
          journal, List.of(key(file)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private String key(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest()) + " " + server;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
