package org.auscult.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Who asked for the person behind a pseudonym, when and why: lines of JSON, each with the hash of
 * the one before it. It names pseudonyms, never whom they stand for.
 */
final class ReidentificationLog {
  private final Path file;

  /**
   * How far a log reaches.
   *
   * @param hash of its last line
   */
  record Head(long count, String hash) {
    static final Head NONE = new Head(0, "0".repeat(64));
  }

  /** One question. */
  record Question(Instant at, String by, String reason, String pseudonym) {}

  ReidentificationLog(Path file) {
    this.file = file;
  }

  /**
   * Checks every line.
   *
   * @param known the head that the map remembers; a run that was killed may have left one line more
   * @return the head
   * @throws IOException if a line was altered or taken away
   */
  Head verify(Head known) throws IOException {
    Head head = Head.NONE;
    boolean met = known.equals(head);
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (String line : lines) {
      head = new Head(head.count() + 1, checked(line, head));
      met |= known.equals(head);
    }
    if (!met) {
      throw new IOException(file + " is not whole: the map knows of entries that it does not hold");
    }
    return head;
  }

  private String checked(String line, Head before) throws IOException {
    try {
      if (FhirHttp.JSON.readTree(line) instanceof ObjectNode entry) {
        String hash = entry.path("hash").asText();
        entry.remove("hash");
        if (entry.path("number").asLong() == before.count() + 1
            && entry.path("previous").asText().equals(before.hash())
            && hash.equals(hash(entry))) {
          return hash;
        }
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new IOException(file + " was altered at line " + (before.count() + 1));
  }

  /** Writes down a question; it is on the disk when this returns. */
  Head append(Head head, Question question, String outcome) throws IOException {
    ObjectNode entry =
        FhirHttp.JSON
            .createObjectNode()
            .put("number", head.count() + 1)
            .put("at", question.at().toString())
            .put("by", question.by())
            .put("reason", question.reason())
            .put("pseudonym", question.pseudonym())
            .put("outcome", outcome)
            .put("previous", head.hash());
    String hash = hash(entry);
    entry.put("hash", hash);
    byte[] line = (entry + "\n").getBytes(StandardCharsets.UTF_8);
    Set<StandardOpenOption> append =
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try (FileChannel out = FileChannel.open(file, new HashSet<>(append), MapKey.ownersAlone())) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    return new Head(head.count() + 1, hash);
  }

  private static String hash(ObjectNode entry) {
    try {
      byte[] bytes = entry.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
