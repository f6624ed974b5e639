package org.auscult.audit.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;

/**
 * Writes an export: lines of canonical JSON. First the header; then each leaf with its index,
 * {@code {"index":0,"leaf":"base64"}}; after the leaf that completes a signed head, this head with
 * the tree's edge at its size, {@code {"edge":[…],"head":{…}}}; last {@code {"end":size}}.
 *
 * <p>The last head must cover the last leaf, so whoever exports makes a head first, and exports up
 * to it. A head that stands at the first index, before any leaf, may come first.
 *
 * <p>Threads: not safe.
 */
public final class LogExportWriter {
  private final OutputStream out;
  private final ExportHeader header;
  private long next;

  private LogExportWriter(OutputStream out, ExportHeader header) {
    this.out = out;
    this.header = header;
    this.next = header.first();
  }

  /**
   * Begins a file.
   *
   * @param out buffered, through a {@link java.util.zip.GZIPOutputStream} if wanted; the caller
   *     closes it
   */
  public static LogExportWriter begin(OutputStream out, ExportHeader header) throws IOException {
    LogExportWriter writer = new LogExportWriter(out, header);
    writer.line(header.write());
    return writer;
  }

  /** The next leaf, as it is stored. */
  public void leaf(byte[] leaf) throws IOException {
    String start = "{\"index\":" + next + ",\"leaf\":\"";
    out.write(start.getBytes(StandardCharsets.US_ASCII));
    out.write(Base64.getEncoder().encode(leaf));
    out.write("\"}\n".getBytes(StandardCharsets.US_ASCII));
    next++;
  }

  /**
   * A head of the tree of all leaves so far.
   *
   * @param edge of the tree at the head's size, as it is stored: lets the verifier go on behind a
   *     part that was altered
   * @throws IllegalArgumentException if the head is of another size
   */
  public void head(SignedTreeHead head, List<Hash> edge) throws IOException {
    if (head.head().size() != next) {
      throw new IllegalArgumentException(
          "A head of " + head.head().size() + " leaves does not stand after " + next);
    }
    line(
        CanonicalJson.write(
            Map.of("head", head.json(), "edge", edge.stream().map(Hash::hex).toList())));
  }

  /**
   * Ends the file, and flushes it.
   *
   * @throws IllegalStateException if leaves are missing that the header promised
   */
  public void end() throws IOException {
    if (next != header.size()) {
      throw new IllegalStateException("The export ends at " + next + ", not " + header.size());
    }
    line(CanonicalJson.write(Map.of("end", next)));
    out.flush();
  }

  private void line(byte[] json) throws IOException {
    out.write(json);
    out.write('\n');
  }
}
