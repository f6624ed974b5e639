package org.auscult.audit.export;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.JsonFields;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;
import org.jspecify.annotations.Nullable;

/** Reads an export from front to back, one line in memory at a time. Threads: not safe. */
public final class LogExportReader {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;

  /** A leaf in base64, and what stands around it. */
  private static final int LONGEST_LINE = AuditLeaf.MOST_BYTES / 3 * 4 + 1_000;

  private final LineInput lines;
  private final ExportHeader header;

  private LogExportReader(LineInput lines, ExportHeader header) {
    this.lines = lines;
    this.header = header;
  }

  /**
   * Reads the header. The file may be compressed by gzip.
   *
   * @throws UnreadableExportException if this is no export
   */
  public static LogExportReader open(InputStream file) throws IOException {
    try {
      LineInput lines = new LineInput(plain(file), LONGEST_LINE);
      byte[] first = lines.next();
      if (first == null) {
        throw new UnreadableExportException("The file is empty", null);
      }
      return new LogExportReader(lines, ExportHeader.read(first));
    } catch (IllegalArgumentException | EOFException | ZipException e) {
      throw new UnreadableExportException("The first line is no header of an audit log", e);
    }
  }

  private static InputStream plain(InputStream file) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(file, BUFFER);
    buffered.mark(1);
    int first = buffered.read();
    buffered.reset();
    return first == GZIP_FIRST ? new GZIPInputStream(buffered, BUFFER) : buffered;
  }

  /** The first line. */
  public ExportHeader header() {
    return header;
  }

  /** Reads all the rest. What breaks off, or cannot be unpacked, is told as unreadable. */
  public void read(ExportContent content) throws IOException {
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        read(line, content);
      }
    } catch (EOFException | ZipException e) {
      content.unreadable(lines.number() + 1, "The file breaks off or cannot be unpacked here");
    }
  }

  private void read(byte[] line, ExportContent content) {
    Line read;
    try {
      read = parse(line);
    } catch (IllegalArgumentException e) {
      content.unreadable(lines.number(), String.valueOf(e.getMessage()));
      return;
    }
    read.tell(content);
  }

  /** What the verifier does with a line is no longer the line's fault. */
  private interface Line {
    void tell(ExportContent content);
  }

  private static Line parse(byte[] line) {
    if (line.length > LONGEST_LINE) {
      throw new IllegalArgumentException("A line is longer than any leaf can be");
    }
    JsonFields json = JsonFields.of(line);
    if (json.has("leaf")) {
      long index = json.whole("index");
      byte[] leaf = Base64.getDecoder().decode(json.text("leaf"));
      return content -> content.leaf(index, leaf);
    }
    if (json.has("head")) {
      SignedTreeHead head = SignedTreeHead.from(json.object("head"));
      List<Hash> edge = json.texts("edge").stream().map(Hash::parse).toList();
      return content -> content.head(head, edge);
    }
    long size = json.whole("end");
    return content -> content.end(size);
  }

  /** Lines of bytes, each with its end in the file, none kept longer than allowed. */
  private static final class LineInput {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long number;

    LineInput(InputStream in, int longest) {
      this.in = in;
      this.longest = longest;
    }

    /** How many lines were read. */
    long number() {
      return number;
    }

    /**
     * The next line, without its end; null after the last. Of one that is too long, only as much as
     * shows that.
     *
     * @throws EOFException if the file ends within a line
     */
    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
      boolean isBegun = false;
      while (from < to || fill()) {
        isBegun = true;
        int end = from;
        while (end < to && buffer[end] != '\n') {
          end++;
        }
        line.write(buffer, from, Math.min(end - from, longest + 1 - line.size()));
        from = end + 1;
        if (end < to) {
          number++;
          return line.toByteArray();
        }
        from = to;
      }
      if (isBegun) {
        throw new EOFException("The file ends within a line");
      }
      return null;
    }

    private boolean fill() throws IOException {
      from = 0;
      to = Math.max(0, in.read(buffer));
      return to > 0;
    }
  }
}
