package org.auscult.server.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Teaches the embedded database the scheme {@code aes256:}. Its own encryption has keys of 128
 * bits, so its files are encrypted below it. It makes objects of this class itself, which is why
 * the keys stand here, by folder.
 */
public final class EncryptedPath extends FilePathWrapper {
  /** Before the path of a file. */
  static final String SCHEME = "aes256";

  private static final Map<Path, byte[]> KEYS = new ConcurrentHashMap<>();

  static {
    FilePath.register(new EncryptedPath());
  }

  /** For the database alone. */
  public EncryptedPath() {}

  /** Files of this folder are encrypted with this key from now on. */
  static void allow(Path folder, byte[] key) {
    KEYS.put(folder, key.clone());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    String file = getBase().toString();
    FileChannel channel = getBase().open(mode);
    try {
      return new EncryptedFile(channel, key(file), file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static byte[] key(String file) throws IOException {
    @Nullable Path folder = Path.of(file).toAbsolutePath().normalize().getParent();
    byte[] key = folder == null ? null : KEYS.get(folder);
    if (key == null) {
      throw new IOException("There is no key for " + file);
    }
    return key;
  }

  @Override
  public long size() {
    return Math.max(0, getBase().size() - FileHeader.LENGTH);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return Channels.newInputStream(open("r"));
  }

  @Override
  public OutputStream newOutputStream(boolean append) throws IOException {
    return newFileChannelOutputStream(open("rw"), append);
  }
}
