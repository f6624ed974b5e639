package org.auscult.server.audit;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.JsonFields;
import org.auscult.server.keys.KeyRing;

/**
 * An archive of the log: an export, compressed, and encrypted by AES-256-GCM under a key of its
 * own. The first line names what it holds, and holds that key, encrypted under the key of this
 * installation. Whoever is given the file's own key can read it without this server.
 */
public final class ArchiveFile {
  private static final String TYPE = "auscult-audit-archive";
  private static final int FORM = 1;
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Header header;

  private ArchiveFile(Path file, Header header) {
    this.file = file;
    this.header = header;
  }

  /**
   * What a file holds.
   *
   * @param first index of its first leaf
   * @param size of the log up to its last leaf
   */
  record Header(String log, long first, long size) {
    private Map<String, Object> json() {
      Map<String, Object> json = new TreeMap<>();
      json.put("type", TYPE);
      json.put("form", FORM);
      json.put("log", log);
      json.put("first", first);
      json.put("size", size);
      return json;
    }

    /** Bound to the content: it is of no other part, and of no other log. */
    private byte[] bound() {
      return CanonicalJson.write(json());
    }

    private String context() {
      return "audit-archive|" + new String(bound(), StandardCharsets.UTF_8);
    }
  }

  /** Writes the plain content. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, forces it to the disk, and puts it in its place: it is there whole, or not at
   * all.
   */
  static void write(Path file, Header header, KeyRing keys, Content content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel channel =
        FileChannel.open(
            part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner())) {
      OutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER) {
            @Override
            public void close() throws IOException {
              // The channel is forced before it is closed.
              flush();
            }
          };
      write(out, header, keys, content);
      out.flush();
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  private static void write(OutputStream out, Header header, KeyRing keys, Content content)
      throws IOException {
    try {
      StreamingAeadConfig.register();
      KeysetHandle key =
          KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB);
      byte[] plainKey = TinkProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get());
      Map<String, Object> json = header.json();
      json.put("key", Base64.getEncoder().encodeToString(keys.encrypt(plainKey, header.context())));
      out.write(CanonicalJson.write(json));
      out.write('\n');
      try (OutputStream encrypted = aead(key).newEncryptingStream(out, header.bound());
          GZIPOutputStream packed = new GZIPOutputStream(encrypted, BUFFER)) {
        content.to(
            new FilterOutputStream(packed) {
              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
              }
            });
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  private static StreamingAead aead(KeysetHandle key) throws GeneralSecurityException {
    return key.getPrimitive(RegistryConfiguration.get(), StreamingAead.class);
  }

  private static FileAttribute<?>[] owner() {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** That a name is there is durable only when its folder is forced too, where that can be done. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders: there the move itself must do.
      return;
    }
  }

  /**
   * Reads the first line.
   *
   * @throws IOException if this is no archive
   */
  public static ArchiveFile of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      JsonFields json = JsonFields.of(firstLine(in));
      if (!json.text("type").equals(TYPE) || json.integer("form") != FORM) {
        throw new IOException("This is no archive of an audit log in a known form");
      }
      return new ArchiveFile(
          file, new Header(json.text("log"), json.whole("first"), json.whole("size")));
    } catch (IllegalArgumentException e) {
      throw new IOException("The first line is not that of an archive of an audit log", e);
    }
  }

  private static byte[] firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() > LONGEST_HEADER) {
        throw new IOException("The first line is not that of an archive of an audit log");
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  Header header() {
    return header;
  }

  /**
   * The file's own key, for whoever may read the log.
   *
   * @throws IOException if the first line was altered, or is of another installation
   */
  String key(KeyRing keys) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      byte[] sealed = Base64.getDecoder().decode(JsonFields.of(firstLine(in)).text("key"));
      return Base64.getEncoder().encodeToString(keys.decrypt(sealed, header.context()));
    } catch (IllegalArgumentException e) {
      throw new IOException("The archive's first line was altered, or is of another server", e);
    }
  }

  /**
   * The export within. Reading fails where the file was altered or cut off.
   *
   * @param key the file's own, as {@code $audit-archive-key} gives it
   */
  public InputStream open(String key) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      StreamingAeadConfig.register();
      KeysetHandle keyset =
          TinkProtoKeysetFormat.parseKeyset(
              Base64.getDecoder().decode(key.strip()), InsecureSecretKeyAccess.get());
      firstLine(in);
      return aead(keyset).newDecryptingStream(in, header.bound());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      in.close();
      throw new IOException("This is not the key of an archive", e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** SHA-256 of the whole file. */
  String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
