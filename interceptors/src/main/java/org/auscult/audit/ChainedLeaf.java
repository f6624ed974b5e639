package org.auscult.audit;

import org.auscult.audit.tree.Hash;

/** A leaf with the bytes that are stored for good, and their hash. */
public final class ChainedLeaf {
  private final AuditLeaf leaf;
  private final byte[] bytes;
  private final Hash hash;

  private ChainedLeaf(AuditLeaf leaf, byte[] bytes) {
    this.leaf = leaf;
    this.bytes = bytes;
    this.hash = Hash.ofLeaf(bytes);
  }

  /** Writes a leaf, once. */
  static ChainedLeaf of(AuditLeaf leaf) {
    return new ChainedLeaf(leaf, leaf.write());
  }

  /** What it says. */
  public AuditLeaf leaf() {
    return leaf;
  }

  /** The bytes to store; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The hash of the bytes: its leaf in the tree, and what the chain's next leaf holds. */
  public Hash hash() {
    return hash;
  }
}
