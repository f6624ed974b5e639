package org.auscult.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.auscult.server.config.DataFolder;
import org.jspecify.annotations.Nullable;

/**
 * A file of this node that takes leaves while the database does not (safety rule 22): appended, and
 * on the disk before {@link #append} returns. It is made when it is first needed.
 *
 * <p>Each leaf is encrypted, and stands behind its length and a checksum. A torn end, from a crash
 * within an append, was never promised to anybody and is passed over.
 *
 * <p>Threads: safe.
 */
public final class Spool {
  private static final int HEADER = 2 * Integer.BYTES;
  private static final int LARGEST = 64_000_000;

  private final Path file;
  private final Seal seal;
  private boolean isTornAtTheEnd;

  /** Port: how leaves are encrypted before they reach the disk. */
  public interface Seal {
    byte[] seal(byte[] leaf);

    /**
     * The leaf again.
     *
     * @throws IllegalArgumentException if it was altered, or sealed by another installation
     */
    byte[] open(byte[] sealed);
  }

  /**
   * @param file of this node alone; need not be there
   */
  public Spool(Path file, Seal seal) {
    this.file = file;
    this.seal = seal;
  }

  /** Takes leaves, all or none. */
  synchronized void append(List<byte[]> leaves) throws IOException {
    if (isTornAtTheEnd) {
      cutTornEnd();
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      DataFolder.create(folder);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        channel.position(end);
        for (byte[] leaf : leaves) {
          write(channel, seal.seal(leaf));
        }
        channel.force(true);
      } catch (IOException e) {
        isTornAtTheEnd = true;
        channel.truncate(end);
        isTornAtTheEnd = false;
        throw e;
      }
    }
  }

  /**
   * What it holds, in the order in which it came.
   *
   * @throws IOException also if a leaf was altered: nothing of it is passed over
   */
  synchronized List<byte[]> read() throws IOException {
    List<byte[]> leaves = new ArrayList<>();
    wholeLength(leaves);
    try {
      leaves.replaceAll(seal::open);
    } catch (IllegalArgumentException e) {
      throw new IOException("A spooled leaf was altered, or is of another installation", e);
    }
    return leaves;
  }

  /** Forgets what it holds, once that is in the database. */
  synchronized void clear() throws IOException {
    Files.deleteIfExists(file);
    isTornAtTheEnd = false;
  }

  /** Bytes that wait. */
  synchronized long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** A crash may have left an end that is torn: what is appended must not stand behind it. */
  synchronized void cutTornEnd() throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(wholeLength(new ArrayList<>()));
        channel.force(true);
      }
    }
    isTornAtTheEnd = false;
  }

  private static void write(FileChannel channel, byte[] leaf) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + leaf.length);
    buffer.putInt(leaf.length).putInt(checksum(leaf)).put(leaf).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads up to the first that is not whole; says where that begins. */
  private long wholeLength(List<byte[]> into) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long whole = 0;
      for (byte[] leaf = next(channel); leaf != null; leaf = next(channel)) {
        into.add(leaf);
        whole = channel.position();
      }
      return whole;
    }
  }

  private static byte @Nullable [] next(FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!filled(channel, header)) {
      return null;
    }
    int length = header.getInt(0);
    if (length < 0 || length > LARGEST || length > channel.size() - channel.position()) {
      return null;
    }
    ByteBuffer leaf = ByteBuffer.allocate(length);
    boolean whole = filled(channel, leaf) && checksum(leaf.array()) == header.getInt(Integer.BYTES);
    return whole ? leaf.array() : null;
  }

  private static boolean filled(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int checksum(byte[] leaf) {
    CRC32 crc = new CRC32();
    crc.update(leaf);
    return (int) crc.getValue();
  }
}
