package org.auscult.server.encryption;

import static org.auscult.server.encryption.SectorCipher.SECTOR;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.h2.store.fs.FileBaseDefault;
import org.jspecify.annotations.Nullable;

/**
 * A file whose sectors are encrypted one by one behind a header. The database writes whole sectors;
 * what is written in pieces is read, changed and written back. A file ends with a whole sector, so
 * one that was written in pieces is longer, by zeros, when it is opened again.
 *
 * <p>Threads: any; readers do not wait for each other.
 */
final class EncryptedFile extends FileBaseDefault {
  private final FileChannel file;
  private final String name;
  private final byte[] keys;
  private final ConcurrentLinkedQueue<SectorCipher> ciphers = new ConcurrentLinkedQueue<>();
  private volatile long size;

  /**
   * Reads the header, or makes it if the file is empty.
   *
   * @throws IOException if it is no encrypted file, or under another key
   */
  EncryptedFile(FileChannel file, byte[] databaseKey, String name) throws IOException {
    this.file = file;
    this.name = name;
    this.keys = FileHeader.of(file, databaseKey, name).keys();
    this.size = Math.max(0, file.size() - FileHeader.LENGTH) / SECTOR * SECTOR;
  }

  @Override
  public long size() throws IOException {
    if (!file.isOpen()) {
      throw new ClosedChannelException();
    }
    return size;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int length = (int) Math.min(into.remaining(), size - position);
    if (length <= 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    long first = position / SECTOR;
    int count = (int) ((position + length - 1) / SECTOR - first) + 1;
    byte[] sectors = readSectors(first, count);
    into.put(sectors, (int) (position - first * SECTOR), length);
    return length;
  }

  @Override
  public synchronized int write(ByteBuffer from, long position) throws IOException {
    int length = from.remaining();
    if (length == 0) {
      return 0;
    }
    long first = position / SECTOR;
    int count = (int) ((position + length - 1) / SECTOR - first) + 1;
    byte[] sectors = new byte[Math.multiplyExact(count, SECTOR)];
    int offset = (int) (position - first * SECTOR);
    if (offset > 0) {
      keep(first, sectors, 0);
    }
    if ((position + length) % SECTOR > 0 && (count > 1 || offset == 0)) {
      keep(first + count - 1, sectors, (count - 1) * SECTOR);
    }
    from.get(sectors, offset, length);
    writeSectors(sectors, first, count);
    size = Math.max(size, position + length);
    return length;
  }

  /** What stands in a sector that is written in part. */
  private void keep(long sector, byte[] sectors, int offset) throws IOException {
    if (sector * SECTOR < size) {
      System.arraycopy(readSectors(sector, 1), 0, sectors, offset, SECTOR);
    }
  }

  private byte[] readSectors(long first, int count) throws IOException {
    byte[] sectors = new byte[Math.multiplyExact(count, SECTOR)];
    ByteBuffer into = ByteBuffer.wrap(sectors);
    long from = FileHeader.LENGTH + first * SECTOR;
    while (into.hasRemaining()) {
      int read = file.read(into, from + into.position());
      if (read < 0) {
        throw new IOException(name + " ends within a sector");
      }
    }
    SectorCipher cipher = cipher();
    for (int i = 0; i < count; i++) {
      cipher.decrypt(sectors, i * SECTOR, first + i);
    }
    ciphers.add(cipher);
    return sectors;
  }

  private void writeSectors(byte[] sectors, long first, int count) throws IOException {
    SectorCipher cipher = cipher();
    for (int i = 0; i < count; i++) {
      cipher.encrypt(sectors, i * SECTOR, first + i);
    }
    ciphers.add(cipher);
    ByteBuffer from = ByteBuffer.wrap(sectors);
    long to = FileHeader.LENGTH + first * SECTOR;
    while (from.hasRemaining()) {
      file.write(from, to + from.position());
    }
  }

  private SectorCipher cipher() {
    SectorCipher cipher = ciphers.poll();
    return cipher == null ? new SectorCipher(keys) : cipher;
  }

  @Override
  protected synchronized void implTruncate(long length) throws IOException {
    if (length < size) {
      file.truncate(FileHeader.LENGTH + (length + SECTOR - 1) / SECTOR * SECTOR);
      size = length;
    }
  }

  @Override
  public void force(boolean metadata) throws IOException {
    file.force(metadata);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long length, boolean isShared)
      throws IOException {
    return file.tryLock(position, length, isShared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
