package org.auscult.audit.head;

import java.util.Map;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.JsonFields;
import org.auscult.audit.tree.Hash;

/**
 * A tree head with its signature. Who keeps one elsewhere can show later that the log was
 * rewritten, even if its operator signs all of it anew.
 *
 * @param signature Ed25519 (RFC 8032), in base64url without padding
 */
public record SignedTreeHead(TreeHead head, String signature) {
  /** The form in which it is stored, exported and handed out: one canonical JSON object. */
  public byte[] write() {
    return CanonicalJson.write(json());
  }

  /** The same as fields, to be put into a larger object. */
  public Map<String, Object> json() {
    Map<String, Object> json = head.json();
    json.put("signature", signature);
    return json;
  }

  /**
   * Reads what {@link #write} gave.
   *
   * @throws IllegalArgumentException if it is no signed tree head
   */
  public static SignedTreeHead read(byte[] bytes) {
    return from(JsonFields.of(bytes));
  }

  /**
   * Reads it out of a larger object. Whether the signature is valid, {@link HeadKeys#check} tells.
   *
   * @throws IllegalArgumentException if it is no signed tree head
   */
  public static SignedTreeHead from(JsonFields json) {
    if (!json.text("type").equals(TreeHead.TYPE) || json.whole("form") != TreeHead.FORM) {
      throw new IllegalArgumentException("This is no tree head of a form that is known here");
    }
    return new SignedTreeHead(
        new TreeHead(
            json.text("log"),
            json.whole("size"),
            Hash.parse(json.text("root")),
            json.time("time"),
            json.text("key")),
        json.text("signature"));
  }
}
