package org.auscult.audit.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A SHA-256 hash in the tree: 32 bytes.
 *
 * <p>Source: RFC 6962 section 2.1, <a
 * href="https://www.rfc-editor.org/rfc/rfc6962#section-2.1">Merkle hash trees</a>. Leaves and inner
 * nodes are hashed under different prefixes, so that neither can pass for the other.
 */
public final class Hash {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** 32 zero bytes: what stands where there is no former leaf. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  /** The root of a tree without leaves: the hash of nothing. */
  public static final Hash EMPTY_ROOT = new Hash(sha256().digest());

  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a hash.
   *
   * @throws IllegalArgumentException unless there are 32 bytes
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("A hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /**
   * Reads what {@link #hex} gives.
   *
   * @throws IllegalArgumentException unless there are 64 hexadecimal digits, in lower case
   */
  public static Hash parse(String hex) {
    if (hex.length() != 2 * LENGTH || hex.chars().anyMatch(c -> c >= 'A' && c <= 'F')) {
      throw new IllegalArgumentException("A hash has 64 hexadecimal digits in lower case");
    }
    return new Hash(HexFormat.of().parseHex(hex));
  }

  /** The hash of a leaf: SHA-256(0x00 ‖ leaf). */
  public static Hash ofLeaf(byte[] leaf) {
    MessageDigest digest = sha256();
    digest.update(LEAF_PREFIX);
    return new Hash(digest.digest(leaf));
  }

  /** The hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
  public static Hash ofNode(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update(NODE_PREFIX);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** The 32 bytes; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 hexadecimal digits, in lower case. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
