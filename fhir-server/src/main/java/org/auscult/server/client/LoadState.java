package org.auscult.server.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.auscult.server.client.Loader.Nature;
import org.jspecify.annotations.Nullable;

/** Remembers how far each file, by its content, was loaded into which server. */
final class LoadState {
  private final @Nullable Path journal;
  private final String suffix;
  private final Map<String, Progress> known = new HashMap<>();

  /**
   * How far one file was loaded.
   *
   * @param lines its leading lines that were loaded whole; 1 for a bundle
   * @param witness a resource that the server has if it is still the same store; may be empty
   */
  record Progress(long lines, String witness) {
    static final Progress NONE = new Progress(0, "");
  }

  /**
   * @param journal the file that remembers; null remembers nothing
   */
  LoadState(@Nullable Path journal, String server, Nature nature) throws IOException {
    this.journal = journal;
    this.suffix = "\t" + server.replaceAll("/+$", "") + "\t" + nature;
    if (journal != null && Files.exists(journal)) {
      for (String line : Files.readAllLines(journal)) {
        read(line.split("\t", -1));
      }
    }
  }

  /** A line that was cut off when the process was killed is left out. */
  private void read(String[] cells) {
    if (cells.length == 6 && cells[5].equals(".") && cells[3].matches("\\d+")) {
      known.put(
          String.join("\t", cells[0], cells[1], cells[2]),
          new Progress(Long.parseLong(cells[3]), cells[4]));
    }
  }

  Progress progress(String key) {
    return known.getOrDefault(key, Progress.NONE);
  }

  void record(String key, Progress progress) throws IOException {
    if (journal != null) {
      known.put(key, progress);
      Files.createDirectories(journal.toAbsolutePath().getParent());
      String line =
          String.join("\t", key, Long.toString(progress.lines()), progress.witness(), ".");
      Files.write(journal, List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** The ids for a file's resources; they depend on its content alone. */
  static GivenId givenId(String key) {
    return new GivenId(key.replaceFirst("\t.*", ""));
  }

  /** What names a file's content, the server, and whether it was loaded as history. */
  String key(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest()) + suffix;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
