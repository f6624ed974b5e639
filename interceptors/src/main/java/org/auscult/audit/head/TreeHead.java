package org.auscult.audit.head;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.tree.Hash;

/**
 * The state of a log at one moment: its size and its root, which bind every leaf in its place.
 *
 * <p>Source: RFC 6962 section 3.5, in a JSON form of our own.
 *
 * @param log id of the log, the same for all of its life
 * @param size how many leaves there are
 * @param root of the tree of these leaves
 * @param time when it was made, in whole milliseconds
 * @param key id ({@code kid}) of the key that signs it
 */
public record TreeHead(String log, long size, Hash root, Instant time, String key) {
  /** What is signed begins with this type, so that the signature fits nothing else. */
  static final String TYPE = "auscult-tree-head";

  static final int FORM = 1;

  private static final Pattern NAME = Pattern.compile("\\p{Graph}{1,200}");

  public TreeHead {
    if (!NAME.matcher(log).matches() || !NAME.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "A tree head names its log and its key in 1 to 200 printable ASCII characters");
    }
    if (size < 0) {
      throw new IllegalArgumentException("A log has no " + size + " leaves");
    }
    time = time.truncatedTo(ChronoUnit.MILLIS);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new TreeMap<>();
    json.put("type", TYPE);
    json.put("form", FORM);
    json.put("log", log);
    json.put("size", size);
    json.put("root", root.hex());
    json.put("time", CanonicalJson.time(time));
    json.put("key", key);
    return json;
  }

  /** The bytes that are signed: canonical JSON of type, form, log, size, root, time and key. */
  byte[] signedBytes() {
    return CanonicalJson.write(json());
  }

  /**
   * Signs it.
   *
   * @param privateKey Ed25519, of {@link #key}
   * @throws IllegalArgumentException if that key cannot sign by Ed25519
   */
  public SignedTreeHead sign(PrivateKey privateKey) {
    try {
      Signature signature = Signature.getInstance(HeadKey.ALGORITHM);
      signature.initSign(privateKey);
      signature.update(signedBytes());
      return new SignedTreeHead(
          this, Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The key " + key + " cannot sign a tree head", e);
    }
  }
}
