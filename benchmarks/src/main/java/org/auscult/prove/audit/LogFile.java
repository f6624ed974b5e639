package org.auscult.prove.audit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.auscult.audit.export.ExportHeader;
import org.auscult.audit.export.LogExportWriter;
import org.auscult.audit.head.HeadKey;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.head.TreeHead;
import org.auscult.audit.tree.Frontier;
import org.auscult.audit.tree.Hash;

/** An exported log on the disk, of which each part between two heads can be had by itself. */
final class LogFile {
  private static final String LOG = "proof-log";

  private final Path file;
  private final HeadKeys keys;
  private final List<Part> parts;
  private final SignedTreeHead last;
  private final SignedTreeHead middle;

  private LogFile(
      Path file, HeadKeys keys, List<Part> parts, SignedTreeHead middle, SignedTreeHead last) {
    this.file = file;
    this.keys = keys;
    this.parts = parts;
    this.middle = middle;
    this.last = last;
  }

  /**
   * The leaves between two heads.
   *
   * @param header that of a partial export which holds just these
   * @param offset in the file of its first leaf's line, in bytes
   * @param length in bytes, up to and with the line of its head
   */
  record Part(ExportHeader header, long offset, int length) {
    int leaves() {
      return (int) (header.size() - header.first());
    }
  }

  /** Writes one. Both numbers in leaves, and the first a multiple of the second. */
  static LogFile write(Path file, SyntheticEvents events, int size, int headEvery)
      throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    HeadKeys keys = HeadKeys.of(List.of(new HeadKey("k1", pair.getPublic(), events.now(), null)));
    List<Part> parts = new ArrayList<>();
    List<SignedTreeHead> heads = new ArrayList<>();
    try (CountingStream out = new CountingStream(Files.newOutputStream(file))) {
      ExportHeader whole = new ExportHeader(LOG, 0, size, List.of(), keys, events.now());
      LogExportWriter writer = LogExportWriter.begin(out, whole);
      Frontier tree = Frontier.empty();
      while (tree.size() < size) {
        long offset = out.count;
        long first = tree.size();
        List<Hash> edge = tree.hashes();
        for (int i = 0; i < headEvery; i++) {
          byte[] leaf = events.next();
          writer.leaf(leaf);
          tree.add(Hash.ofLeaf(leaf));
        }
        SignedTreeHead head =
            new TreeHead(LOG, tree.size(), tree.root(), events.now(), "k1").sign(pair.getPrivate());
        writer.head(head, tree.hashes());
        heads.add(head);
        parts.add(
            new Part(
                new ExportHeader(LOG, first, tree.size(), edge, keys, events.now()),
                offset,
                Math.toIntExact(out.count - offset)));
      }
      writer.end();
    }
    return new LogFile(file, keys, parts, heads.get(heads.size() / 2), heads.get(heads.size() - 1));
  }

  Path path() {
    return file;
  }

  HeadKeys keys() {
    return keys;
  }

  List<Part> parts() {
    return parts;
  }

  /** A head from the midst, as an auditor would have kept it. */
  SignedTreeHead middle() {
    return middle;
  }

  SignedTreeHead last() {
    return last;
  }

  /** The lines of a part: its leaves, and last its head. */
  List<String> lines(Part part) throws IOException {
    byte[] bytes = new byte[part.length()];
    try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
      from.seek(part.offset());
      from.readFully(bytes);
    }
    return Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n"));
  }

  /** A file of its own of a part with these lines. */
  static byte[] export(Part part, List<String> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogExportWriter.begin(out, part.header());
    for (String line : lines) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
    String end = "{\"end\":" + part.header().size() + "}\n";
    out.write(end.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** A copy of the whole with other lines in the place of one part's. */
  void copy(Path to, Part part, List<String> lines) throws IOException {
    try (InputStream from = Files.newInputStream(file);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16)) {
      transfer(from, out, part.offset());
      for (String line : lines) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
      from.skipNBytes(part.length());
      from.transferTo(out);
    }
  }

  private static void transfer(InputStream from, OutputStream to, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int read = from.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  private static final class CountingStream extends FilterOutputStream {
    private long count;

    CountingStream(OutputStream out) {
      super(new BufferedOutputStream(out, 1 << 16));
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
