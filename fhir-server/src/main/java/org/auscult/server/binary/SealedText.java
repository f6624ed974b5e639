package org.auscult.server.binary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.auscult.server.keys.KeyRing;

/**
 * A version of a resource as it lies in the database: compressed, encrypted under the data key of
 * this installation, in base64, behind a mark that says so. It is bound to its resource and to its
 * version: elsewhere it cannot be opened.
 *
 * <p>Text without the mark was stored before there was any, and is given as it is. JSON begins with
 * a brace, so nobody can write text that looks sealed.
 */
record SealedText(KeyRing keys) {
  static final String MARK = "auscult-sealed:1:";

  /**
   * Seals it.
   *
   * @param resource the database's number of the resource
   */
  String seal(String plain, long resource, long version) {
    byte[] sealed = keys.encrypt(packed(plain), context(resource, version));
    return MARK + Base64.getEncoder().encodeToString(sealed);
  }

  /**
   * The plain text.
   *
   * @throws IllegalArgumentException if it was altered, or sealed as another version
   */
  String open(String stored, long resource, long version) {
    if (!stored.startsWith(MARK)) {
      return stored;
    }
    byte[] sealed = Base64.getDecoder().decode(stored.substring(MARK.length()));
    return unpacked(keys.decrypt(sealed, context(resource, version)));
  }

  private static String context(long resource, long version) {
    return "binary|" + resource + "|" + version;
  }

  /** What lies in base64 within is a quarter smaller, and exports much more. */
  private static byte[] packed(String plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length());
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return packed.toByteArray();
  }

  private static String unpacked(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("What was opened was packed here", e);
    }
  }
}
